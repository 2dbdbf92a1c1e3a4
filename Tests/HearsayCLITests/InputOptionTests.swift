import Foundation
import Hearsay
import TestSupport
import Testing

@Suite("What is read of the inputs")
struct InputOptionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Binary.Result {
    try Binary.run(["stage", "deduplicate"] + arguments, environment: environment, folder: folder.url)
  }

  private func ids(_ result: Binary.Result) throws -> [String?] {
    try result.output.split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8))["id"]?.stringValue }
  }

  @Test func linksOutOfAFolderAreLeftOutUnlessFollowed() throws {
    try folder.file("corpus/a.txt", "one")
    try folder.file("other/b.txt", "two")
    try folder.file("other/c.txt", "three")
    for (name, target) in [("b.txt", "../other/b.txt"), ("c.txt", "../other/c.txt"), ("d", "../other")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appendingPathComponent("corpus/\(name)").path, withDestinationPath: target)
    }
    let without = try run("corpus")
    #expect(without.status == 0)
    #expect(try ids(without) == ["corpus/a.txt"])
    let notice = "corpus: 3 links lead out of the folder and were left out; --follow reads them"
    #expect(without.errors.components(separatedBy: notice).count == 2, "\(without.errors)")
    let with = try run("corpus", "--follow")
    #expect(try ids(with) == ["corpus/a.txt", "corpus/b.txt", "corpus/c.txt"])
    #expect(with.status == 0 && !with.errors.contains("left out"), "\(with.errors)")
  }

  @Test("Names in archives are kept in any locale", arguments: ["C", "POSIX", "C.UTF-8"])
  func archives(_ locale: String) throws {
    let pack = """
      import tarfile, zipfile
      with open("in.csv", "w") as f: f.write("text\\none\\n")
      with zipfile.ZipFile("a.zip", "w") as z: z.write("in.csv", "größe/日本.csv")
      with tarfile.open("b.tar", "w", format=tarfile.PAX_FORMAT) as t: t.add("in.csv", "größe/日本.csv")
      with tarfile.open("c.tar", "w", format=tarfile.GNU_FORMAT) as t: t.add("in.csv", "größe/日本.csv")
      """
    let script = try folder.file("pack.py", pack).path
    let packer = Process("python3", "-X", "utf8", script)
    packer.currentDirectoryURL = folder.url
    try #require(packer.finish().status == 0)
    let environment = ["LC_ALL": locale, "LANG": locale]
    for name in ["a.zip", "b.tar", "c.tar"] {
      let result = try run(name, environment: environment)
      #expect(try ids(result) == ["\(name)/größe/日本.csv#0"], "\(result.errors)")
    }
  }

  @Test func deletedEntriesAreNotRead() throws {
    // The newer version is appended, and the directory names only that one.
    let pack = """
      import zipfile
      with zipfile.ZipFile("a.zip", "w") as z:
          z.writestr("a.txt", "old")
          z.writestr("b.txt", "kept")
      with zipfile.ZipFile("a.zip", "a") as z:
          z.NameToInfo.pop("a.txt"); z.filelist = [i for i in z.filelist if i.filename != "a.txt"]
          z.writestr("a.txt", "new")
      """
    let script = try folder.file("pack.py", pack).path
    let packer = Process("python3", script)
    packer.currentDirectoryURL = folder.url
    try #require(packer.finish().status == 0)
    let result = try run("a.zip")
    #expect(try ids(result) == ["a.zip/b.txt", "a.zip/a.txt"])
    #expect(!result.output.contains("old") && result.output.contains("new"))
  }
}
