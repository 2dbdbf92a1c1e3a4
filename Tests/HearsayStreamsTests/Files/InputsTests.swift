import Foundation
import Hearsay
import HearsayStreams
import Testing

@Suite("Paths, patterns and folders become files")
struct InputsTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "a.txt", "c.md", "x[1].txt", ".hidden.txt", "n/d.txt", "n/.h/e.txt", "n/m/f.txt", "o/d.txt"] {
      try folder.write(name, name)
    }
    return folder
  }

  @Test(arguments: [
    (["b.txt"], ["b.txt"]),
    (["b.txt", "a.txt"], ["b.txt", "a.txt"]),
    (["n"], ["n/d.txt", "n/m/f.txt"]),
    (["n/"], ["n/d.txt", "n/m/f.txt"]),
    (["*.txt"], ["a.txt", "b.txt", "x[1].txt"]),
    (["?.md"], ["c.md"]),
    (["[ab].*"], ["a.txt", "b.txt"]),
    (["[!a].txt"], ["b.txt"]),
    (["[a-b].t[x]t"], ["a.txt", "b.txt"]),
    (["x[1].txt"], ["x[1].txt"]),
    ([".h*"], [".hidden.txt"]),
    (["*/d.txt"], ["n/d.txt", "o/d.txt"]),
    (["**/d.txt"], ["n/d.txt", "o/d.txt"]),
    (["**/f.txt"], ["n/m/f.txt"]),
    (["n/**"], ["n/d.txt", "n/m/f.txt"]),
    (["**/**/m/**/*.txt"], ["n/m/f.txt"]),
    (["**/*.txt"], ["a.txt", "b.txt", "n/d.txt", "n/m/f.txt", "o/d.txt", "x[1].txt"]),
    (["[no"], []),
  ])
  func areFoundInOrder(_ inputs: [String], _ files: [String]) throws {
    let folder = try folder()
    let reading = folder.read(inputs)
    #expect(reading.documents.map { String($0.id.dropFirst(folder.path.count + 1)) } == files)
    #expect(reading.failures.isEmpty == !files.isEmpty)
    // Which files an input leads to is also determined without a walk.
    for name in ["b.txt", "a.txt", "c.md", "x[1].txt", ".hidden.txt", "n/d.txt", "n/.h/e.txt", "n/m/f.txt", "o/d.txt"] {
      let input =
        InputSettings.input(among: inputs.map { folder($0) }, naming: folder(name))
        ?? InputSettings.input(among: inputs.map { folder($0) }, leadingTo: folder(name))
      #expect((input != nil) == files.contains(name), "\(name)")
    }
  }

  @Test(
    "An input leads to files that do not exist yet",
    arguments: [
      ("n", "n/new.txt", true), ("n", "n/new/new.txt", true), ("n", "n/.new.txt", false), ("n", "o/new.txt", false),
      ("n", "./o/../n/./new.txt", true), ("n", "nn/new.txt", false), ("link", "n/new.txt", true),
      ("n", "link/new.txt", true), ("a.txt", "a.txt", false), ("a.txt", "new.txt", false),
      ("*.txt", "new.txt", true), ("*.txt", "n/new.txt", false), ("*", "n/new.txt", true),
      ("**/*.txt", "p/q/new.txt", true),
      ("*.txt", "{source}.txt", true), ("*.txt", "{source}.md", false), ("a*.txt", "{source}-{shard}.txt", true),
      ("2024-*.txt", "{month}.txt", true), ("a*.txt", "b-{source}.txt", false), ("n", "n/{source}/new.txt", true),
      ("n/**/x.txt", "n/{source}/x.txt", true), ("[ab].txt", "{source}b.txt", true),
      ("[ab].txt", "{source}c.txt", false),
    ])
  func leadTo(_ input: String, _ path: String, _ isReached: Bool) throws {
    let folder = try folder()
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "n")
    let found = InputSettings.input(among: ["-", folder(input)], leadingTo: folder(path))
    #expect(found == (isReached ? folder(input) : nil))
  }

  @Test func theirLengthIsKnownUnlessTheyArePipes() throws {
    let folder = try folder()
    #expect(InputSettings.byteCount(of: [folder("a.txt"), folder("n"), folder("gone")]) == 5 + 7 + 9)
    #expect(InputSettings.byteCount(of: ["-"]) == nil)
    try folder.write("o/packed.JSONL.GZ", "")
    #expect(InputSettings.byteCount(of: [folder("o")]) == nil)
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    #expect(InputSettings.byteCount(of: [folder("pipe")]) == nil)
  }

  @Test func aPatternOfManyStarsIsQuick() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "a", count: 200), "x")
    let reading = folder.read([String(repeating: "*a", count: 60) + "b"])
    #expect(reading.failures.map(\.code) == [.notFound])
  }

  @Test func whatIsMissingIsNamedWithAHint() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "fine")
    try folder.link("gone.txt", to: "nowhere")
    let lines = folder.read(["nix.txt", "a.txt", "gone.txt", "*.csv", "a.txt/b"]).lines
    #expect(
      lines == [
        "! nix.txt: there is no such file or folder; check the spelling and the current folder", "a.txt=fine",
        "! gone.txt: the symbolic link leads to nothing; remove it or mend it",
        "! *.csv: no file matches this pattern; check the spelling and the current folder",
        "! a.txt/b: there is no such file or folder; check the spelling and the current folder",
      ])
  }

  @Test func aFolderNamedLikeAFileIsAFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("x.txt/y.txt", "inside")
    #expect(folder.read(["x.txt"]).lines == ["x.txt/y.txt=inside"])
  }

  @Test func linksThatLeadBackEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write("n/a.txt", "a")
    try folder.link("n/back", to: "..")
    try folder.link("n/self", to: ".")
    try folder.link("same", to: "n")
    let reading = folder.read([""])
    #expect(reading.documents.map(\.text) == ["a"])
    #expect(Set(reading.failures.map(\.code)) == [.folderLoop])
    #expect(reading.failures.count == 2)
  }

  /// `corpus` with links into itself and out of it.
  private func corpusWithLinks() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["corpus/a.txt", "corpus/n/b.txt", "secret/s.txt", "secret/m/t.txt", "corpus-2/u.txt"] {
      try folder.write(name, name)
    }
    try folder.link("corpus/in.txt", to: "n/b.txt")
    try folder.link("corpus/n/up.txt", to: "../a.txt")
    try folder.link("corpus/out.txt", to: "../secret/s.txt")
    try folder.link("corpus/n/out", to: "../../secret")
    try folder.link("corpus/n/twice.txt", to: "../out.txt")
    try folder.link("corpus/near", to: "../corpus-2")
    try folder.link("also", to: "corpus")
    try folder.link("single.txt", to: "secret/s.txt")
    return folder
  }

  @Test(
    "Links in a folder do not lead out of it",
    arguments: [
      ("corpus", 4, ["a.txt", "in.txt", "n/b.txt", "n/up.txt"]),
      ("corpus/", 4, ["a.txt", "in.txt", "n/b.txt", "n/up.txt"]),
      ("also", 4, ["a.txt", "in.txt", "n/b.txt", "n/up.txt"]),
      ("corpus/n", 3, ["b.txt"]),
      ("[c]orpus", 4, ["a.txt", "in.txt", "n/b.txt", "n/up.txt"]),
      // These are named by the user, or match.
      ("single.txt", 0, [""]), ("corpus/out.txt", 0, [""]), ("corpus/*.txt", 0, ["a.txt", "in.txt", "out.txt"]),
      ("corpus/n/out", 0, ["m/t.txt", "s.txt"]),
    ])
  func linksStayInside(_ input: String, _ leftOut: Int, _ files: [String]) throws {
    let folder = try corpusWithLinks()
    let reading = folder.read([input, "secret/m/t.txt"])
    #expect(reading.failures.isEmpty)
    #expect(reading.documents.count == files.count + 1)
    let suffixes = files.map { $0.isEmpty ? input : $0 }
    #expect(zip(reading.documents, suffixes).allSatisfy { $0.id.hasSuffix($1) })
    let name = (input == "[c]orpus" ? "corpus" : input)
    #expect(
      reading.notices
        == (leftOut == 0
          ? [] : ["\(name): \(leftOut) links lead out of the folder and were left out; --follow reads them"]))
    #expect(
      InputSettings.byteCount(of: [folder(input), folder("secret/m/t.txt")])
        == reading.documents.reduce(0) { $0 + $1.utf8.count })
  }

  @Test func linksAreFollowedWhereThatIsAskedFor() throws {
    let folder = try corpusWithLinks()
    let settings = InputSettings(followsLinks: true)
    let reading = folder.read(["corpus"], settings)
    #expect(
      reading.lines.map { String($0.prefix { $0 != "=" }.dropFirst("corpus/".count)) } == [
        "a.txt", "in.txt", "n/b.txt", "n/out/m/t.txt", "n/out/s.txt", "n/twice.txt", "n/up.txt", "near/u.txt",
        "out.txt",
      ])
    #expect(reading.notices.isEmpty && reading.failures.isEmpty)
    #expect(
      InputSettings.byteCount(of: [folder("corpus")], followsLinks: true)
        == reading.documents.reduce(0) { $0 + $1.utf8.count })
  }

  @Test("A reader resumes among links", arguments: [false, true])
  func resumedAmongLinks(followsLinks: Bool) throws {
    let folder = try corpusWithLinks()
    let settings = InputSettings(followsLinks: followsLinks)
    let inputs = [folder("corpus"), folder("secret"), folder("corpus/n")]
    let whole = Reading(inputs, settings).lines
    var taken = 0
    for batch in try Reading(inputs, settings, batchBytes: 1, from: nil).batches {
      taken += batch.count
      #expect(try Reading(inputs, settings, from: batch.end).lines == Array(whole[taken...]))
    }
    #expect(taken == whole.count)
  }

  @Test func aTooLongNameFails() throws {
    let name = String(repeating: "x", count: 5000)
    #expect(Reading([name]).failures.map(\.code) == [.unreadable])
  }

  @Test func aPipeIsReadWhereItIsNamedAndOnlyThere() throws {
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    #expect(folder.read([""]).failures.map(\.code) == [.unreadable])
    let path = folder("pipe")
    let writer = Thread {
      try? FileHandle(forWritingAtPath: path)?.write(contentsOf: Data("{\"text\":\"one\"}\n".utf8))
    }
    writer.start()
    #expect(folder.read(["pipe"]).documents.map(\.text) == ["one"])
  }
}
