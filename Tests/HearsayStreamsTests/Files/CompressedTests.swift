import Foundation
import Hearsay
@testable import HearsayStreams
import TestSupport
import Testing

@Suite("Compressed inputs are decompressed")
struct CompressedTests {
  @Test(arguments: [1, 5, 64, 524_288])
  func everyFormat(readBytes: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.jsonl.gz", gzip("{\"text\":\"one\"}\n{\"te") + gzip("xt\":\"two\"}"))
    try folder.write("b.CSV.zst", zstd("text\n\"a\nb\"\n") + zstd("c\n"))
    try folder.write("c.html.gz", gzip("<p>page"))
    // By the first bytes, whatever the name.
    try folder.write("d.txt", gzip("text"))
    try folder.write("e", zstd("{\"text\":\"e\"}"))
    try folder.write("f.txt.gz", "not compressed at all")
    try folder.write("g.gz", gzip(""))
    let reading = folder.read([""], readBytes: readBytes)
    #expect(
      reading.lines == [
        "a.jsonl.gz#0=one", "a.jsonl.gz#1=two", "b.CSV.zst#0=a\nb", "b.CSV.zst#1=c", "c.html.gz=<p>page", "d.txt=text",
        "e#0=e", "f.txt.gz=not compressed at all", "g.gz=",
      ])
    #expect(reading.documents[4].content == .html)
  }

  @Test("Records before the damage are read", arguments: ["gz", "zst"])
  func cutOff(_ kind: String) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 1)
    let lines = (0..<12_000).map { "{\"text\":\"\($0) \(random.next())\"}\n" }
    let packed = kind == "gz" ? try gzip(lines.joined()) : try zstd(lines.joined())
    try folder.write("a.jsonl.\(kind)", packed[..<(packed.count * 3 / 4)])
    try folder.write("b.jsonl", lines[0])
    try folder.write("c.txt.\(kind)", packed[..<(packed.count / 2)])
    let reading = folder.read([""], readBytes: 10_000)
    let count = reading.documents.count - 1
    #expect(count > 500 && count < 12_000)
    #expect(reading.documents.prefix(count).map(\.text.utf8.count) == lines.prefix(count).map { $0.utf8.count - 12 })
    #expect(reading.failures.map(\.code) == [.damaged, .damaged])
    #expect(reading.failures.first?.line == count + 1)
    #expect(reading.lines[count].contains("the \(kind == "gz" ? "gzip" : "Zstandard") data ends too early"))
    #expect(reading.lines[count + 1] == "b.jsonl#0=" + reading.documents[count].text)
  }

  @Test func aBombIsNotUnpackedAsAWhole() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt.gz", gzip(String(repeating: " ", count: 5_000_000)))
    try folder.write("b.txt", "fine")
    let reading = folder.read([""], InputSettings(maxDocumentBytes: 100_000), readBytes: 10_000)
    #expect(reading.failures.map(\.code) == [.tooLarge])
    #expect(reading.lines.last == "b.txt=fine")
  }
}
