import Export
import Foundation
import Hearsay
import Testing

@Suite("An output is parted by metadata and cut into shards")
struct PartitionTests {
  func exported(_ documents: [Document], to path: String, _ change: (inout Export.Options) -> Void = { _ in }) throws
    -> [String: [UInt8]]
  {
    let scratch = try Scratch()
    var options = Export.Options()
    options.path = scratch.path(path)
    change(&options)
    let export = try Export(options)
    try export.open()
    try export.take(documents)
    try export.close(.finished)
    return try scratch.files()
  }

  @Test(
    arguments: [
      (["source": "Wire"], "{source}", "Wire"), ([:], "{source}", "unknown"), (["source": nil], "{source}", "unknown"),
      (["source": "../../etc/passwd"], "a/{source}", "a/_.._etc_passwd"), (["source": "…"], "{source}", "unknown"),
      (["date": "2026-02-03T10:00:00Z"], "{date}/{month}/{year}", "2026-02-03/2026-02/2026"),
      (["date": "soon"], "{month}", "unknown"), (["n": 7, "x": "é 北"], "{n}{x}", "7é_北"),
      (["source": "a\u{0}b\n"], "{source}", "a_b_"), (["source": "{shard}"], "{source}", "_shard_"),
    ] as [(Metadata, String, String)])
  func placesAreFilledSafely(_ metadata: Metadata, _ template: String, _ name: String) throws {
    let files = try exported([Document(id: "a", text: "x", metadata: metadata)], to: template)
    #expect(Array(files.keys) == [name])
  }

  @Test func aNameIsNeverLongerThanFileSystemsTake() throws {
    let long = String(repeating: "北👍a", count: 500)
    let files = try exported([Document(id: "a", text: "x", metadata: ["source": .string(long)])], to: "{source}.jsonl")
    #expect((files.keys.first?.utf8.count ?? 999) < 200)
  }

  @Test func shardsAreCutByDocumentsOrBytesAndJoinToTheWhole() throws {
    let documents = someDocuments(100, seed: 1)
    let whole = try exported(documents, to: "out.jsonl")["out.jsonl"]
    let byCount = try exported(documents, to: "out-{shard}.jsonl") { $0.shardDocuments = 30 }
    #expect(byCount.keys.sorted() == (0...3).map { "out-0000\($0).jsonl" })
    #expect(byCount.keys.sorted().flatMap { byCount[$0] ?? [] } == whole)
    let bySize = try exported(documents, to: "out-{shard}.jsonl") { $0.shardBytes = 5000 }
    #expect(bySize.keys.sorted().flatMap { bySize[$0] ?? [] } == whole)
    #expect(bySize.count > 5 && bySize.values.allSatisfy { $0.count <= 5000 })
  }

  @Test func eachFileOfACSVHasItsHeader() throws {
    let files = try exported(someDocuments(50, seed: 2), to: "{source}-{shard}.csv") {
      $0.shardDocuments = 5
      $0.byteOrderMark = false
      $0.rows = .sentences
    }
    #expect(files.count > 6)
    for bytes in files.values { #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("id,date,title,")) }
  }

  @Test func moreFilesThanDescriptorsAreWrittenBitByBit() throws {
    let documents = (0..<2_000).map {
      Document(id: "\($0)", text: "text \($0)", metadata: ["source": .string("s\($0 % 400)")])
    }
    let files = try exported(documents, to: "{source}.jsonl")
    #expect(files.count == 400)
    #expect(files["s7.jsonl"]?.count(where: { $0 == UInt8(ascii: "\n") }) == 5)
  }

  @Test(
    arguments: [
      ("a{b", "does not close"), ("a{}", "names no metadata"), ("a-{shard}", "says where to cut"),
      ("", "path is empty"),
      ("a-{source}.db", "a database is one file"), ("{source}.part", "own do"),
    ])
  func aPathThatMakesNoSenseIsRefused(_ path: String, _ problem: String) throws {
    var options = Export.Options()
    options.path = path
    let error = #expect(throws: StageError.self) { try Export(options) }
    #expect(error?.description.contains(problem) == true)
  }

  @Test("A name that cannot be is the fault of its document, and the others are written")
  func namesThatCannotBe() throws {
    let scratch = try Scratch()
    var options = Export.Options()
    options.path = scratch.path("{source}-" + String(repeating: "x", count: 200))
    let export = try Export(options)
    try export.open()
    var ids: [String] = []
    for (number, source) in ["a", String(repeating: "b", count: 70), "c"].enumerated() {
      var document = Document(id: "d\(number)", text: "x", metadata: ["source": .string(source)])
      do {
        try export.process(&document)
        ids.append(document.id)
      } catch let error as DocumentError {
        #expect(error.description.contains("file name too long"))
      }
    }
    try export.close(.finished)
    #expect(ids == ["d0", "d2"])
    #expect(try scratch.files().count == 2)
  }
}
