import Foundation
import Hearsay
import HearsayCompression
@testable import HearsayStreams
import Testing

@Suite("Web archives")
struct WARCTests {
  private func record(
    _ type: String, _ body: [UInt8], _ content: String = "application/http; msgtype=response", id: Int = 0
  ) -> [UInt8] {
    let head = """
      WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Record-ID: <urn:uuid:\(id)>\r\nWARC-Target-URI: http://news.example/\(id)\r
      WARC-Date: 2024-05-01T12:00:00Z\r\nContent-Type: \(content)\r\nContent-Length: \(body.count)\r\n\r\n
      """
    return Array(head.replacingOccurrences(of: "\r\n\n", with: "\r\n").utf8) + body + Array("\r\n\r\n".utf8)
  }

  private func http(_ body: [UInt8], _ headers: String = "Content-Type: text/html", status: Int = 200) -> [UInt8] {
    Array("HTTP/1.1 \(status) X\r\n\(headers)\r\n\r\n".utf8) + body
  }

  private func archive() throws -> [[UInt8]] {
    let page = Array("<p>né".utf8)
    var cp1251: [UInt8] = Array("<p>".utf8)
    cp1251 += [0xC4, 0xE0]
    let packed = try gzip("<p>packed")
    let chunks = Array("3\r\n<p>\r\n7;x=y\r\nchunked\r\n0\r\n\r\n".utf8)
    return [
      record("warcinfo", Array("software: x\r\n".utf8), "application/warc-fields"),
      record("request", Array("GET / HTTP/1.1\r\n\r\n".utf8), "application/http; msgtype=request"),
      record("response", http(page), id: 1),
      record("metadata", Array("a: b".utf8), "application/warc-fields"),
      record("response", http(cp1251, "content-type: text/html; charset=windows-1251"), id: 2),
      record("response", http(packed, "Content-Type: text/html\r\nContent-Encoding: gzip"), id: 3),
      record("response", http(chunks, "Content-Type: text/html\r\nTransfer-Encoding: chunked"), id: 4),
      record("response", http(page, "Location: /x", status: 301), id: 5),
      record("response", http([0xFF, 0xD8, 0xFF], "Content-Type: image/jpeg"), id: 6),
      record("revisit", http([]), id: 7),
      record("resource", Array("plain".utf8), "text/plain", id: 8),
      record(
        "response", http(Array("<p>unchunked".utf8), "Content-Type: text/html\r\nTransfer-Encoding: chunked"), id: 9),
    ]
  }

  @Test("Pages that were fetched are documents", arguments: [false, true], [1, 100, 524_288])
  func pages(isPacked: Bool, readBytes: Int) throws {
    let folder = try TemporaryFolder()
    let records = try archive()
    let name = isPacked ? "a.warc.gz" : "a.warc"
    try folder.write(name, try records.flatMap { isPacked ? try gzip($0) : $0 })
    let reading = folder.read([name], readBytes: readBytes)
    #expect(
      reading.lines == [
        "urn:uuid:1=<p>né", "urn:uuid:2=<p>Да", "urn:uuid:3=<p>packed", "urn:uuid:4=<p>chunked", "urn:uuid:8=plain",
        "urn:uuid:9=<p>unchunked",
      ])
    #expect(reading.documents.map(\.content) == [.html, .html, .html, .html, .text, .html])
    #expect(
      reading.documents.first?.metadata == [
        "url": "http://news.example/1", "crawled": "2024-05-01T12:00:00Z", "content_type": "text/html",
      ])
    #expect(reading.documents[1].metadata["encoding"] == "windows-1251")
    #expect(
      reading.notices
        == [
          "1 records of image/jpeg", "1 records of type 'metadata'", "1 records of type 'request'",
          "1 records of type 'revisit'", "1 records of type 'warcinfo'", "1 responses with status 301",
        ].map { "\(name): \($0) were left out" })
  }

  @Test(
    "A reader resumes after any page, also where the file is truncated", arguments: [0, 2, 4, 5, 50], [1, 50, 100_000])
  func resumed(missing: Int, readBytes: Int) throws {
    let folder = try TemporaryFolder()
    let records = try archive().flatMap { $0 } + record("metadata", [UInt8](repeating: 0x61, count: 100), "text/plain")
    let path = try folder.write("a.warc", records.dropLast(missing))
    let whole = Reading([path])
    #expect(whole.failures.map(\.code) == (missing > 4 ? [.damaged] : []))
    #expect(Reading([path], readBytes: readBytes).lines == whole.lines)
    var reader = InputReader([path], readBytes: readBytes)
    reader.batchSize = BatchSize(bytes: 1)
    var taken = 0
    while let batch = reader.next() {
      taken += batch.count
      #expect(try Reading([path], from: batch.end).lines == Array(whole.lines[taken...]))
    }
    #expect(taken == whole.lines.count)
  }

  @Test func mistakesFailAlone() throws {
    let folder = try TemporaryFolder()
    let good = record("response", http(Array("<p>good".utf8)), id: 1)
    let noLength = Array("WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>lost\r\n\r\n".utf8)
    let large = record("response", http([UInt8](repeating: 0x61, count: 5000)), id: 2)
    let bomb = record(
      "response",
      http(try gzip(String(repeating: " ", count: 100_000)), "Content-Encoding: gzip\r\nContent-Type: text/html"))
    let brotli = record("response", http([0x8B, 0x80, 0, 1], "Content-Encoding: br\r\nContent-Type: text/html"), id: 3)
    let truncated = record("response", http(Array("<p>cut off".utf8)), id: 4).dropLast(8)
    try folder.write("a.warc", good + noLength + large + bomb + brotli + good + truncated)
    for readBytes in [1, 700, 524_288] {
      let reading = folder.read(["a.warc"], InputSettings(maxDocumentBytes: 2000), readBytes: readBytes)
      #expect(reading.documents.map(\.text) == ["<p>good", "<p>good"])
      #expect(reading.failures.map(\.code) == [.malformed, .tooLarge, .tooLarge, .malformed, .damaged])
    }
  }
}

/// One member of gzip.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var deflater = try Deflater()
  var packed: [UInt8] = []
  try deflater.compress(bytes.span, into: &packed)
  try deflater.finish(into: &packed)
  return packed
}
