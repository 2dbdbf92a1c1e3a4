import Foundation
import Hearsay
@testable import HearsayStreams
import TestSupport
import Testing

@Suite("Batches hold whole records, in bounded memory")
struct BatchTests {
  @Test("the size of the reads does not change the records", arguments: [1, 2, 3, 17, 100, 1000, 524_288])
  func anyReadSize(_ readBytes: Int) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: UInt64(readBytes))
    var expected: [String] = []
    for file in 0..<6 {
      let count = Int.random(in: 0..<30, using: &random)
      let texts = (0..<count).map { _ in String(repeating: "xé\n\"", count: Int.random(in: 0..<20, using: &random)) }
      if file % 2 == 0 {
        let lines = texts.map { JSONValue.object([.init("text", .string($0))]).json + "\n" }
        try folder.write("\(file).jsonl", lines.joined(separator: file == 2 ? "\n" : ""))
        expected += texts.enumerated().map { "\(file).jsonl#\($0.offset)=\($0.element)" }
      } else {
        let rows = texts.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\",1\r\n" }
        try folder.write("\(file).csv", "text,n\r\n" + rows.joined())
        expected += texts.enumerated().map { "\(file).csv#\($0.offset)=\($0.element)" }
      }
      try folder.write("\(file).txt", "text \(file)")
      expected.append("\(file).txt=text \(file)")
    }
    let reading = folder.read([""], readBytes: readBytes)
    #expect(reading.lines == expected)
  }

  @Test func blankLinesAreNotGathered() throws {
    let folder = try TemporaryFolder()
    let blank = String(repeating: "\n", count: 3_000_000)
    try folder.write("a.jsonl", "\(blank){\"text\":\"a\"}\n\(blank){\"text\":\"b\"}")
    try folder.write("b.txt", "")
    try folder.write("c.jsonl", blank)
    let reading = folder.read([""], readBytes: 65_536)
    #expect(reading.lines == ["a.jsonl#0=a", "a.jsonl#1=b", "b.txt="])
    #expect(reading.batches.first?.place(at: 0).line == 3_000_001)
    #expect(reading.batches.allSatisfy { $0.bytes.count <= 262_144 })
  }

  @Test func batchesAreOfTheSizeAskedFor() throws {
    let folder = try TemporaryFolder()
    let line = "{\"text\":\"\(String(repeating: "x", count: 1000))\"}\n"
    let path = try folder.write("a.jsonl", String(repeating: line, count: 2000))
    var reader = InputReader([path])
    reader.batchSize = BatchSize(bytes: 10_000)
    var counts: [Int] = []
    while let batch = reader.next() {
      counts.append(batch.count)
      reader.batchSize = BatchSize(bytes: 50_000)
    }
    #expect(counts.first == 10)
    #expect(counts.dropFirst().allSatisfy { $0 <= 50 })
    #expect(counts.reduce(0, +) == 2000)
  }

  @Test func theStandardInputIsReadAsItComes() throws {
    let pipe = Pipe()
    // The reader waits for its end: no program that another test starts meanwhile may hold it open.
    _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let saved = dup(STDIN_FILENO)
    dup2(pipe.fileHandleForReading.fileDescriptor, STDIN_FILENO)
    defer {
      dup2(saved, STDIN_FILENO)
      close(saved)
    }
    var reader = InputReader([])
    try pipe.fileHandleForWriting.write(contentsOf: Data("{\"text\":\"one\"}\n{\"te".utf8))
    var batch = reader.next()
    let first = try #require(batch)
    try pipe.fileHandleForWriting.write(contentsOf: Data("xt\":\"two\"}".utf8))
    try pipe.fileHandleForWriting.close()
    batch = reader.next()
    let second = try #require(batch)
    #expect(try [first.document(at: 0).id, second.document(at: 0).id] == ["stdin#0", "stdin#1"])
    #expect(try [first.document(at: 0).text, second.document(at: 0).text] == ["one", "two"])
    #expect(first.count == 1 && second.count == 1)
    let third = reader.next()
    #expect(third == nil && reader.isAtEnd)
  }

  @Test func smallFilesShareABatch() throws {
    let folder = try TemporaryFolder()
    for n in 100..<300 { try folder.write("\(n).txt", "text \(n)") }
    let reading = folder.read([""])
    #expect(reading.documents.count == 200)
    #expect(reading.batches.count == 1)
  }

  @Test("a record that is too large fails alone", arguments: [1, 64, 524_288])
  func tooLarge(_ readBytes: Int) throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "y", count: 5000)
    try folder.write("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"\(long)\"}\n{\"text\":\"b\"}\n{\"text\":\"\(long)\"}")
    try folder.write("b.csv", "text\na\n\"\(long)\n\n\nb\"\nc\n")
    try folder.write("c.txt", long)
    try folder.write("d.txt", "fine")
    try folder.write("e.csv", "text,\(long)\nno header,x\n")
    let reading = folder.read([""], InputSettings(maxDocumentBytes: 1000), readBytes: readBytes)
    let hint = "bytes; raise max_document_bytes, or split it"
    #expect(
      reading.lines == [
        "a.jsonl#0=a", "! a.jsonl:2: the record is larger than 1000 \(hint)", "a.jsonl#2=b",
        "! a.jsonl:4: the record is larger than 1000 \(hint)", "b.csv#0=a",
        "! b.csv:3: the record is larger than 1000 \(hint)", "b.csv#2=b\"", "b.csv#3=c",
        "! c.txt: the document is larger than 1000 \(hint)", "d.txt=fine",
        "! e.csv:1: the record is larger than 1000 \(hint)",
      ])
  }

  @Test func aVeryLongLineTakesLinearTime() throws {
    let folder = try TemporaryFolder()
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)
    try folder.write("a.txt", text)
    try folder.write("b.jsonl", Array("{\"text\":\"".utf8) + text + Array("\"}".utf8))
    let clock = ContinuousClock()
    var sizes: [Int] = []
    let time = clock.measure { sizes = folder.read(["a.txt", "b.jsonl"]).documents.map(\.utf8.count) }
    #expect(sizes == [10_000_000, 10_000_000])
    // A quadratic reader would take many minutes.
    #expect(time < .seconds(60))
  }
}
