import Foundation
import Hearsay
import Synchronization
import Testing

@testable import HearsayStreams

@Suite("A reader ends where it is cancelled")
struct CancellationTests {
  private final class Switch: Sendable {
    let isOn = Atomic(false)
    let asked = Atomic(0)
    /// Returns `true` after this many calls.
    func ask(_ most: Int) -> Bool { asked.add(1, ordering: .relaxed).newValue > most || isOn.load(ordering: .relaxed) }
  }

  @Test("within a record that keeps coming", arguments: ["a.jsonl", "a.csv", "a.txt", "a.warc"])
  func withinARecord(_ name: String) throws {
    let asked = Switch()
    let source = PieceSource(Array("text,by".utf8) + [UInt8](repeating: 0x61, count: 10_000_000)) { 1000 }
    var reader = InputReader(of: source, named: name) { asked.ask(50) }
    let batch = reader.next()
    #expect(batch == nil && !reader.isAtEnd)
    #expect(source.reads == 50)
    let again = reader.next()
    #expect(again == nil && !reader.isAtEnd)
  }

  @Test func whatIsWholeComesFirst() throws {
    let asked = Switch()
    let source = PieceSource(Array("{\"text\":\"one\"}\n{\"te".utf8), isSilent: true) { 1000 }
    var reader = InputReader(of: source, named: "a.jsonl") { asked.isOn.load(ordering: .relaxed) }
    let first = reader.next()
    #expect(first?.count == 1)
    asked.isOn.store(true, ordering: .relaxed)
    let second = reader.next()
    #expect(second == nil && !reader.isAtEnd)
  }

  @Test("in an archive that does not come to its end", arguments: ["zip", "tar", "tar.gz"], [true, false])
  func withinAnArchive(_ kind: String, isSilent: Bool) throws {
    let asked = Switch()
    var zip = ZipFile()
    zip.add("a.txt", "one")
    zip.add("b.txt", String(repeating: "two ", count: 100_000))
    var bytes =
      kind == "zip" ? zip.entries : TarFile.header("b.txt", size: 400_000) + [UInt8](repeating: 0x61, count: 9999)
    if kind == "tar.gz" { bytes = try gzip(bytes) }
    let source = PieceSource(Array(bytes.prefix(isSilent ? 9000 : 400_000)), isSilent: isSilent) { 600 }
    var reader = InputReader(of: source, named: "a.\(kind)") { asked.ask(isSilent ? 40 : kind == "tar.gz" ? 3 : 12) }
    var documents: [String] = []
    let start = ContinuousClock.now
    while let batch = reader.next() {
      for index in 0..<batch.count { documents.append(try batch.document(at: index).text) }
    }
    #expect(!reader.isAtEnd)
    #expect(documents == (kind == "zip" ? ["one"] : []))
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
