import Foundation
import Hearsay
import Testing

@Suite("An output is what its path stands for, and nothing else is replaced")
struct OutputTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }
  private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  @Test(arguments: [
    ("-", OutputPlace.standardOutput), ("/dev/stdout", .standardOutput), ("/dev/fd/1", .standardOutput),
    ("/proc/self/fd/1", .standardOutput), ("/dev/stderr", .descriptor(2)), ("/dev/fd/63", .descriptor(63)),
    ("/dev/null", .stream), ("/tmp", .folder), ("no/such/file", .file("no/such/file")),
    ("/dev/fd/x", .file("/dev/fd/x")), ("", .file("")),
  ])
  func placesAreTold(_ path: String, _ place: OutputPlace) { #expect(OutputPlace(path) == place) }

  @Test func linksAreFollowedToWhatTheyName() throws {
    try write("real", "old")
    try link("one", to: "real")
    try link("two", to: path("one"))
    try link("new", to: "later")
    try link("out", to: "/dev/stdout")
    try link("loop", to: "loop")
    #expect(OutputPlace(path("two")).filePath == path("real"))
    #expect(OutputPlace(path("new")).filePath == path("later"))
    #expect(OutputPlace(path("out")) == .standardOutput)
    #expect(throws: OutputError.self) { try OutputFile(new: path("loop"), registerOutput: { _ in }) }
    var file = try OutputFile(new: path("two"), registerOutput: { _ in })
    try file.write(Array("new".utf8))
    try file.finish(.finished)
    #expect(try text("real") == "new")
    #expect(OutputPlace(path("two")).filePath == path("real"), "the link is a link still")
  }

  @Test("What has the name of the part is not written to", arguments: ["file", "link", "folder"])
  func aPartIsMadeAnew(_ kind: String) throws {
    switch kind {
    case "file": try write("a.part", "precious")
    case "link":
      try write("precious", "precious")
      try link("a.part", to: "precious")
    default: try FileManager.default.createDirectory(atPath: path("a.part"), withIntermediateDirectories: true)
    }
    let error = #expect(throws: OutputError.self) { try OutputFile(new: path("a"), registerOutput: { _ in }) }
    #expect(error?.isOfName == true)
    if kind == "file" { #expect(try text("a.part") == "precious") }
    if kind == "link" { #expect(try text("precious") == "precious") }
  }

  @Test func aNameIsGivenToRegularFilesOnly() throws {
    var file = try OutputFile(new: path("a"), registerOutput: { _ in })
    try file.write([1])
    try FileManager.default.createDirectory(atPath: path("a"), withIntermediateDirectories: true)
    #expect(throws: OutputError.self) { try file.finish(.finished) }
    #expect(FileManager.default.fileExists(atPath: path("a.part")))
  }

  @Test func aFileGoesOnOnlyAsItWas() throws {
    func begun() throws -> OutputFile.Mark {
      OutputFile.removeUnfinished(path("a"))
      var file = try OutputFile(new: path("a"), registerOutput: { _ in })
      try file.write(Array("one ".utf8))
      let mark = file.mark
      try file.write(Array("torn".utf8))
      file.close()
      return mark
    }
    let mark = try begun()
    var again = try OutputFile(resuming: path("a"), at: mark)
    try again.write(Array("two".utf8))
    #expect(again.mark == OutputFile.Mark(byteCount: 7, hash: XXH64.hash(Array("one two".utf8).span)))
    try again.finish(.finished)
    #expect(try text("a") == "one two")
    // The run broke off when the file had its name.
    _ = try OutputFile(resuming: path("a"), at: mark)
    for (wrong, problem) in [("one", "has 3 bytes"), ("onE and more", "is not what it was"), (nil, "is gone")] {
      _ = try begun()
      OutputFile.removeUnfinished(path("a"))
      try? FileManager.default.removeItem(atPath: path("a"))
      if let wrong { try write("a", wrong) }
      let error = #expect(throws: StageError.self) { try OutputFile(resuming: path("a"), at: mark) }
      #expect(error?.description.contains(problem) == true)
      if let wrong { #expect(try text("a") == wrong, "an old output keeps its name and bytes") }
    }
  }

  @Test func aDescriptorIsWrittenTo() throws {
    let descriptor = unsafe open(path("d"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    var file = try OutputFile(new: "/dev/fd/\(descriptor)", registerOutput: { _ in Issue.record("it is no file") })
    try file.write(Array("x".utf8))
    try file.finish(.finished)
    #expect(try text("d") == "x")
  }
}
