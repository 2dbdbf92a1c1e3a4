import Hearsay
import HearsayCompression
import TestSupport
import Testing

@testable import HearsayStreams

@Suite("A record is read in linear time, in whatever pieces it arrives")
struct LongRecordTests {
  /// Records that are as long as the file.
  static let kinds: [(name: String, begin: String, unit: String)] = [
    ("line.jsonl", "{\"text\":\"", "word \\\" "),
    ("fields.csv", "text,by\n", "one, two, "),
    ("quotes.csv", "text,by\n\"", "say \"\"so\"\",\n"),
    ("page.warc", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999\r\n\r\n", "word\r\n\r\n"),
    ("nolength.warc", "WARC/1.0\r\nWARC-Type: resource\r\n\r\n", "word\r\n\r\n"),
    ("nohead.warc", "WARC/1.0 ", "word "),
  ]

  @Test("pieces of 512 bytes", arguments: LongRecordTests.kinds)
  func growsLinearly(_ kind: (name: String, begin: String, unit: String)) throws {
    let growth = growth(from: 400_000) { size in
      let bytes = Array((kind.begin + String(repeating: kind.unit, count: size / kind.unit.utf8.count)).utf8)
      var reader = InputReader(of: PieceSource(bytes) { 512 }, named: kind.name)
      while reader.next() != nil {}
      #expect(reader.isAtEnd)
    }
    #expect(growth < 8)
  }

  @Test("A record that is too long is not kept in memory", arguments: LongRecordTests.kinds)
  func isBounded(_ kind: (name: String, begin: String, unit: String)) throws {
    let bytes = Array((kind.begin + String(repeating: kind.unit, count: 4_000_000 / kind.unit.utf8.count)).utf8)
    var reader = InputReader(
      of: PieceSource(bytes) { 65_536 }, named: kind.name, InputSettings(maxDocumentBytes: 300_000))
    var failures: [InputError.Code] = []
    while let batch = reader.next() {
      #expect(reader.bytes.capacity < 900_000)
      for index in 0..<batch.count {
        do throws(InputError) { _ = try batch.document(at: index) } catch { failures.append(error.code) }
      }
    }
    #expect(reader.bytes.capacity < 900_000)
    #expect(failures.contains(.tooLarge))
  }

  @Test("The pieces do not change the records", arguments: 0..<60 as Range<UInt64>)
  func anyPieces(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (name, bytes) = Self.input(&random)
    let settings = InputSettings(maxDocumentBytes: [200, 1_000, 1_000_000].randomElement(using: &random) ?? 200)
    let whole = lines(InputReader(of: PieceSource(bytes) { bytes.count }, named: name, settings))
    let most = [1, 7, 60, 900].randomElement(using: &random) ?? 1
    for batchBytes in [1, 300, 262_144] {
      var lengths = random
      var reader = InputReader(
        of: PieceSource(bytes) { Int.random(in: 1...most, using: &lengths) }, named: name, settings)
      reader.batchSize = BatchSize(bytes: batchBytes)
      #expect(lines(reader) == whole)
    }
  }

  private func lines(_ reader: InputReader) -> [String] {
    var reader = reader
    var lines: [String] = []
    while let batch = reader.next() {
      for index in 0..<batch.count {
        do throws(InputError) {
          let document = try batch.document(at: index)
          lines.append("\(batch.place(at: index).line ?? 0) \(document.id)=\(document.text)")
        } catch {
          lines.append("! \(error)")
        }
      }
    }
    return lines
  }

  /// Records with quotation marks and line breaks anywhere, some of them wrong.
  private static func input(_ random: inout SplitMix) -> (name: String, bytes: [UInt8]) {
    let pieces: [String]
    let name: String
    let begin: String
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      (name, begin) = ("a.csv", "text,by\r\n")
      pieces = ["\"", "\"\"", ",", "\n", "\r\n", "a", "é", "\"a\",\"b\"\n", "\"x\"\"\n,\"\n", "\n\n", " ", "word"]
    case 1:
      (name, begin) = ("a.jsonl", "\n")
      pieces = ["{\"text\":\"", "\"}\n", "a", "\\n", "é", "\n", "\n\n", "\r\n", " ", "\\\"", "word"]
    default:
      (name, begin) = ("a.warc", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\na\r\n\r\n")
      pieces = [
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nab\n\nc\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 30\r\n\r\nHTTP/1.1 200 OK\r\n\r\nab\n\r\n\r\ndef\r\n\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nGET\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: resource\r\n\r\nno length\r\n\r\n", "\r\n\r\nWARC/",
      ]
    }
    let count = Int.random(in: 1..<120, using: &random)
    let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    return (name, Array((begin + text).utf8))
  }
}
