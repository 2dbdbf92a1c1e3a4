import Foundation
import Hearsay
import Testing

@Suite("What goes wrong with outputs is told, and costs nothing that is there")
struct OutputTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  func documents(_ count: Int) throws -> String {
    let lines = (0..<count).map {
      "{\"id\":\"d\($0)\",\"text\":\"\(String(repeating: "It rained. \($0) ", count: 99))\"}\n"
    }
    return try folder.file("in.jsonl", lines.joined()).path
  }

  @Test func anInputIsNotWrittenOver() throws {
    let input = try documents(3)
    let before = try String(contentsOfFile: input, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: path("link.jsonl"), withDestinationPath: input)
    for output in [input, path("./in.jsonl"), path("link.jsonl")] {
      let result = try Binary.run(["run", "pipelines/sentences.yaml", input, "-o", output])
      #expect(result.status == 2 && result.errors.contains("is an input"), "\(result.errors)")
    }
    #expect(try String(contentsOfFile: input, encoding: .utf8) == before)
  }

  @Test("What a run writes does not lie among what the next one reads")
  func nothingIsWrittenAmongTheInputs() throws {
    _ = try documents(3)
    let at = folder.url.path
    for (inputs, options, culprit) in [
      (at, ["-o", path("new.jsonl")], "new.jsonl"), ("\(at)/*.jsonl", ["-o", path("new.jsonl")], "new.jsonl"),
      ("\(at)/*.json", ["-o", path("new.jsonl")], "new.jsonl.run.json"),
      (at, ["-o", "-", "--set", "quarantine=\(path("q.jsonl"))"], "q.jsonl"),
      (at, ["-o", "-", "--metrics", path("metrics.txt")], "metrics.txt"),
    ] {
      let result = try Binary.run(["run", "pipelines/sentences.yaml", inputs] + options)
      #expect(result.status == 2, "\(culprit)")
      #expect(result.errors.contains("'\(path(culprit))' lies in the input '\(inputs)'"), "\(result.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: at) == ["in.jsonl"])
  }

  @Test func twoExportsToOneFileAreRefusedWhereTheyStand() throws {
    let file = try folder.file("p.yaml", "stages:\n  - export: { path: a.jsonl }\n  - export: { path: ./a.jsonl }\n")
    let result = try Binary.run(["run", file.path, "Examples/articles/harbour.txt"])
    #expect(result.status == 2)
    #expect(result.errors.contains("p.yaml:3:5: error: './a.jsonl' is written by 'export' on line 2 already"))
  }

  @Test(arguments: ["out.jsonl", "out.jsonl.zst", "out.jsonl.gz", "out.csv", "{source}-{shard}.jsonl", "out.sqlite"])
  func aFullDiskBreaksTheRunOffAndLeavesWhatWasThere(_ name: String) throws {
    let disk = path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    // Only root may; elsewhere /dev/full stands in, below.
    guard try Binary.shell("mount -t tmpfs -o size=256k tmpfs '\(disk)'").status == 0 else { return }
    defer { _ = try? Binary.shell("umount -l '\(disk)'") }
    try "old".write(toFile: "\(disk)/out.jsonl", atomically: false, encoding: .utf8)
    var random = SystemRandomNumberGenerator()
    let lines = (0..<3_000).map { number in
      let text = (0..<30).map { _ in String(UInt64.random(in: 0 ... .max, using: &random), radix: 36) + "." }
      return "{\"id\":\"d\(number)\",\"text\":\"\(text.joined(separator: " "))\"}\n"
    }
    let input = try folder.file("random.jsonl", lines.joined())
    let shards = name.contains("{shard}") ? ", shard_documents: 50" : ""
    let pipeline = try folder.file(
      "full.yaml",
      "stages:\n  - split-sentences\n  - export: { path: \"\(disk)/\(name)\", rows: sentences\(shards) }\n")
    let result = try Binary.run(["run", pipeline.path, input.path])
    #expect(result.status == 3, "\(result.errors)")
    #expect(result.errors.contains("no space left on device; make room there"), "\(result.errors)")
    #expect(try String(contentsOfFile: "\(disk)/out.jsonl", encoding: .utf8) == "old")
  }

  @Test func aFullDeviceAndAFolderAndAClosedPipe() throws {
    let input = try documents(2_000)
    let full = try Binary.run(["run", "pipelines/sentences.yaml", input, "-o", "/dev/full"])
    #expect(full.status == 3 && full.errors.contains("no space left on device"))
    for name in ["", ".sqlite"] {
      let place = path("place\(name)")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let pipeline = try folder.file("f.yaml", "stages: [export: { path: \"\(place)\" }]\n")
      let result = try Binary.run(["run", pipeline.path, input])
      #expect(result.status == 2 && result.errors.contains("is a directory"), "\(result.errors)")
    }
    let closed = try Binary.shell(
      "hearsay run pipelines/sentences.yaml '\(input)' -o - | head -1 >/dev/null; echo ${PIPESTATUS[0]}")
    #expect(closed.output == "0\n", "\(closed.output)\(closed.errors)")
  }
}
