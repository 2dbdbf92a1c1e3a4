import Foundation
import Hearsay
import HearsayCompression
@testable import HearsayStreams
import TestSupport
import Testing

@Suite("A reader resumes where another one was")
struct PositionTests {
  /// Files of every kind, some compressed, with mistakes among them.
  private func corpus() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 7)
    func texts() -> [String] {
      (0..<40).map { "\($0) " + String(repeating: "ä\"\n,", count: Int.random(in: 0..<40, using: &random)) }
    }
    let lines = texts().map { JSONValue.object([.init("text", .string($0))]).json }
    let long = "{\"text\":\"\(String(repeating: "y", count: 6000))\"}"
    try folder.write("a.jsonl", (lines + [long, "no json", ""] + lines).joined(separator: "\n"))
    let rows = texts().map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\",1\r\n" }
    try folder.write("b.csv", "\u{FEFF}\ntext,n\r\n" + rows.joined())
    try folder.write("c/d.jsonl.gz", gzip(lines.joined(separator: "\n")))
    try folder.write(
      "c/e.csv.zst", zstd("text;n\n" + rows.map { $0.replacingOccurrences(of: ",1", with: ";1") }.joined()))
    try folder.write("c/f.txt.gz", gzip("a text"))
    for n in 0..<5 { try folder.write("t/\(n).txt", "text \(n)") }
    try folder.write("u.jsonl", "")
    return folder
  }

  @Test("After every batch, whatever its size", arguments: [1, 300, 1500, 20_000], [64, 4096, 524_288])
  func everywhere(batchBytes: Int, readBytes: Int) throws {
    let folder = try corpus()
    let settings = InputSettings(maxDocumentBytes: 5000)
    let inputs = [folder("a.jsonl"), folder("gone"), folder("b.csv"), folder("c"), folder("[tu]*"), folder("t/1.txt")]
    let whole = try run(inputs, settings, batchBytes: 262_144, readBytes: 524_288, from: nil)
    #expect(whole.lines.count > 200)
    var taken = 0
    let parts = try run(inputs, settings, batchBytes: batchBytes, readBytes: readBytes, from: nil)
    #expect(parts.lines == whole.lines)
    for (index, (end, count)) in parts.ends.enumerated() {
      taken += count
      // One in some of the many positions after single records; all of the others.
      guard batchBytes > 1 || index % 9 == readBytes % 7 else { continue }
      // Through JSON and back, as in a journal.
      let position = try JSONDecoder().decode(InputPosition.self, from: JSONEncoder().encode(end))
      #expect(position == end && position.taken == taken)
      let rest = try run(inputs, settings, batchBytes: 700, readBytes: 1000, from: position)
      #expect(rest.lines == Array(whole.lines[taken...]), "after \(taken)")
      if rest.lines != Array(whole.lines[taken...]) { return }
    }
  }

  private func run(
    _ inputs: [String], _ settings: InputSettings, batchBytes: Int, readBytes: Int, from position: InputPosition?
  ) throws -> (lines: [String], ends: [(InputPosition, Int)]) {
    let reading = try Reading(inputs, settings, readBytes: readBytes, batchBytes: batchBytes, from: position)
    let places = reading.batches.flatMap { batch in (0..<batch.count).map { "\(batch.place(at: $0))" } }
    #expect(reading.isAtEnd)
    return (zip(places, reading.lines).map { "\($0) \($1)" }, reading.batches.map { ($0.end, $0.count) })
  }

  @Test("A changed input is refused", arguments: ["a.jsonl", "b.jsonl", "c.jsonl"])
  func changed(_ name: String) throws {
    let folder = try TemporaryFolder()
    for file in ["a", "b", "c"] {
      try folder.write("\(file).jsonl", (0..<20).map { "{\"text\":\"\(file)\($0)\"}\n" }.joined())
    }
    var reader = InputReader([folder("")])
    reader.batchSize = BatchSize(bytes: 200)
    var position = InputPosition()
    while position.item < 1 || position.record == 0 {
      let batch = reader.next()
      position = try #require(batch).end
    }
    #expect(position.item == 1 && position.input?.path == folder("") + "b.jsonl")
    var again = InputReader([folder("")])
    try again.resume(at: position)
    // The same length, and another date.
    try folder.write(name, (0..<20).map { "{\"text\":\"x\($0)\"}\n" }.joined())
    var changed = InputReader([folder("")])
    if name == "c.jsonl" {
      // It was not opened.
      try changed.resume(at: position)
    } else {
      #expect(throws: InputError.self) { try changed.resume(at: position) }
    }
  }

  @Test func inputsAreKnownByTheirBytes() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "{\"text\":\"a\"}\n", count: 20_000)
    try folder.write("a.jsonl", text)
    try folder.write("b.jsonl.gz", gzip(text))
    var begun: [InputFingerprint] = []
    var finished: [Int: InputDigest] = [:]
    for batch in folder.read([""]).batches {
      begun += batch.begun.map(\.input)
      for (item, digest) in batch.finished { finished[item] = digest }
    }
    #expect(begun.map(\.byteCount) == [text.utf8.count, try gzip(text).count])
    #expect(begun.allSatisfy { $0.edges != nil && $0.modified != nil })
    var hash = XXH64()
    hash.update(Array(text.utf8).span)
    #expect(finished[0] == InputDigest(byteCount: text.utf8.count, hash: hash.digest))
    #expect(finished[1]?.byteCount == begun[1].byteCount)
  }

  /// The vectors of the reference implementation.
  @Test(arguments: [
    ("", 0, "ef46db3751d8e999"), ("a", 0, "d24ec4f1a98c6e5b"), ("abc", 0, "44bc2cf5ad770999"),
    ("Nobody inspects the spammish repetition", 0, "fbcea83c8a378bf1"),
  ])
  func xxh64(_ text: String, _ seed: UInt64, _ expected: String) {
    for piece in [1, 3, 7, 100] {
      var hash = XXH64(seed: seed)
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: piece) {
        hash.update(bytes[start..<min(start + piece, bytes.count)].span)
      }
      #expect(hash.digest == expected)
    }
  }
}

/// One member of gzip.
func gzip(_ text: String) throws -> [UInt8] {
  var deflater = try Deflater()
  var bytes: [UInt8] = []
  try deflater.compress(Array(text.utf8).span, into: &bytes)
  try deflater.finish(into: &bytes)
  return bytes
}

/// One frame of Zstandard.
func zstd(_ text: String) throws -> [UInt8] {
  var encoder = try ZstdEncoder()
  var bytes: [UInt8] = []
  try encoder.compress(Array(text.utf8).span, into: &bytes)
  try encoder.finish(into: &bytes)
  return bytes
}
