import Export
import Foundation
import Hearsay
import HearsayCompression
import TestSupport
import Testing

@Suite("An export that broke off ends with the bytes of an unbroken one")
struct ResumeTests {
  enum Kind: String, CaseIterable, Sendable {
    case jsonl = "out.jsonl"
    case csv = "out.csv"
    case gzip = "out.jsonl.gz"
    case zstd = "out.jsonl.zst"
    case parted = "{source}/{month}-{shard}.jsonl.zst"
    case partedCSV = "{source}-{shard}.csv"

    func options(in scratch: Scratch) -> Export.Options {
      var options = Export.Options()
      options.path = scratch.path(rawValue)
      if rawValue.contains("{shard}") {
        options.shardDocuments = 7
        options.shardBytes = 20_000
      }
      return options
    }
  }

  /// Files of 1 MB and more, so that some have whole frames and a tail.
  static let documents = someDocuments(250, seed: 3) + someDocuments(30, seed: 4, size: 150_000)

  @Test(arguments: Kind.allCases)
  func atRandomPoints(_ kind: Kind) throws {
    let unbroken = try Scratch()
    let whole = try Export(kind.options(in: unbroken))
    try whole.open()
    try whole.take(Self.documents)
    try whole.close(.finished)
    let expected = try unbroken.files()
    #expect(!expected.isEmpty)

    var random = SplitMix(seed: 8)
    for keepsFolder in [false, true] {
      let scratch = try Scratch()
      let state = try Scratch()
      let context = StageContext(label: "export", folder: keepsFolder ? state.url.path : nil)
      let options = kind.options(in: scratch)
      var saved: (checkpoint: [UInt8], next: Int)?
      for _ in 0..<4 {
        let export = try Export(options)
        var next = saved?.next ?? 0
        if let saved { try export.resume(context, from: saved.checkpoint) } else { try export.open(context) }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let end = min(next + Int.random(in: 0...80, using: &random), Self.documents.count)
          try export.take(Self.documents[next..<end])
          next = end
          saved = (try export.checkpoint(), next)
        }
        // More is written after the checkpoint, some of it incomplete, and the run breaks off.
        let before = try scratch.files()
        try export.take(Self.documents[next..<min(next + 50, Self.documents.count)])
        var image = try scratch.files()
        for name in image.keys.sorted() where image[name] != before[name] || !kind.rawValue.contains("{shard}") {
          image[name]? += (0..<Int.random(in: 0...99, using: &random)).map { _ in 0xAA }
        }
        try scratch.restore(image)
      }
      let last = try #require(saved)
      for ends in 0..<2 {
        // The second time it broke off when the files had their names, before the run was known to be done.
        let export = try Export(options)
        try export.resume(context, from: last.checkpoint)
        try export.take(Self.documents[last.next...])
        try export.close(.finished)
        let found = try scratch.files()
        #expect(found.keys.sorted() == expected.keys.sorted(), "\(ends)")
        let different = expected.keys.filter { found[$0] != expected[$0] }
        #expect(different == [], "\(ends)")
      }
    }
  }

  @Test func compressedIsThePlainOutputInFrames() throws {
    let scratch = try Scratch()
    for kind in [Kind.jsonl, .gzip, .zstd] {
      let export = try Export(kind.options(in: scratch))
      try export.open()
      try export.take(Self.documents)
      try export.close(.finished)
    }
    let files = try scratch.files()
    let plain = try #require(files[Kind.jsonl.rawValue])
    let gzip = try #require(files[Kind.gzip.rawValue])
    let zstd = try #require(files[Kind.zstd.rawValue])
    var inflater = try Inflater()
    #expect(try unpacked(gzip, &inflater) == plain)
    var decoder = try ZstdDecoder()
    #expect(try unpacked(zstd, &decoder) == plain)
  }

  func unpacked<D: Decompressor & ~Copyable>(_ packed: [UInt8], _ decompressor: inout D) throws -> [UInt8] {
    var output: [UInt8] = []
    var taken = 0
    while true {
      let before = output.count
      let count = try decompressor.decompress(
        packed.span.extracting(taken..<packed.count), into: &output, atMost: 1 << 20)
      taken += count
      if count == 0, output.count == before { break }
    }
    let isAtEnd = decompressor.isAtEnd
    #expect(isAtEnd)
    return output
  }

  @Test func aFileThatLostBytesIsRefused() throws {
    let scratch = try Scratch()
    let options = Kind.jsonl.options(in: scratch)
    let export = try Export(options)
    try export.open()
    try export.take(Self.documents.prefix(5))
    let checkpoint = try export.checkpoint()
    try scratch.restore(["out.jsonl.part": [1, 2, 3]])
    let context = StageContext(label: "export")
    let error = #expect(throws: StageError.self) { try Export(options).resume(context, from: checkpoint) }
    #expect(error?.description.contains("has 3 bytes, but had") == true)
    try scratch.restore([:])
    #expect(throws: StageError.self) { try Export(options).resume(context, from: checkpoint) }
  }

  @Test("An output that was changed at the same length is refused", arguments: Kind.allCases + [nil])
  func changesAreSeen(_ kind: Kind?) throws {
    let scratch = try Scratch()
    var options = kind?.options(in: scratch) ?? Export.Options()
    if kind == nil { options.path = scratch.path("out.sqlite") }
    let export = try Export(options)
    try export.open()
    try export.take(Self.documents)
    let checkpoint = try export.checkpoint()
    let files = try scratch.files().filter { $0.key.hasSuffix(".part") && !$0.value.isEmpty }
    try export.close(.interrupted)
    let context = StageContext(label: "export")
    var refused = 0
    for (name, bytes) in files {
      var changed = bytes
      if kind == nil {
        // A letter of a text; elsewhere a byte may be of no row.
        let place = try #require(Data(bytes).range(of: Data("bridge".utf8)))
        changed[place.lowerBound] = UInt8(ascii: "f")
      } else {
        changed[bytes.count / 2] ^= 1
      }
      try scratch.restore(files.merging([name: changed]) { $1 })
      do {
        try Export(options).resume(context, from: checkpoint)
      } catch is StageError {
        refused += 1
      }
    }
    // What a compressed file is about to get is in the checkpoint until there is a frame of it.
    #expect(refused == files.count && (refused > 0 || kind == .gzip || kind == .zstd))
  }

  @Test(arguments: ["-", "/dev/null"]) func whatIsGoneIsRefused(_ path: String) throws {
    var options = Export.Options()
    options.path = path
    let export = try Export(options)
    try export.open()
    let checkpoint = try export.checkpoint()
    let error = #expect(throws: StageError.self) {
      try Export(options).resume(StageContext(label: "export"), from: checkpoint)
    }
    #expect(error?.description.contains("only a run into files can be resumed") == true)
  }

  @Test(arguments: [[], [0], [1, 2], Array("\u{0}[[]]\n".utf8), Array("\u{0}[[\"a\",false,1,1,1,1,9]]\nxy".utf8)])
  func aCheckpointThatMakesNoSenseIsRefused(_ checkpoint: [UInt8]) throws {
    for kind in ["out.jsonl", "out.sqlite"] {
      let scratch = try Scratch()
      var options = Export.Options()
      options.path = scratch.path(kind)
      #expect(throws: StageError.self) { try Export(options).resume(StageContext(label: "x"), from: checkpoint) }
    }
  }
}
