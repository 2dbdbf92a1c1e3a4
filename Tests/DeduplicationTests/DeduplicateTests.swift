import Foundation
import Hearsay
import TestSupport
import Testing

@testable import Deduplication

/// Texts of words from a small language, the same for the same seed.
private func words(_ count: Int, seed: UInt64) -> [String] {
  var random = SplitMix(seed: seed)
  return (0..<count).map { _ in "w\(Int.random(in: 0..<5_000, using: &random))" }
}

/// The words with a share of them replaced, each at its own place.
private func changed(_ words: [String], _ share: Double, seed: UInt64) -> [String] {
  var random = SplitMix(seed: seed)
  return words.map { Double.random(in: 0..<1, using: &random) < share ? "x\(random.next() % 9_999)" : $0 }
}

/// What `deduplicate` makes of the texts, one after the other: `nil` where the text stays.
private func reasons(_ texts: [String], similarity: Double = 0.8, window: Int = 1_000) throws -> [String?] {
  var options = Deduplicate.Options()
  options.similarity = similarity
  options.window = window
  let stage = Deduplicate(options)
  stage.open()
  defer { stage.close(.finished) }
  return texts.enumerated().map { number, text in
    var document = Document(id: "d\(number)", text: text)
    guard case .drop(let reason, let detail) = stage.commit(stage.prepare(document), &document) else { return nil }
    return [reason, detail].compactMap(\.self).joined(separator: " ")
  }
}

@Suite("deduplicate finds what was there before")
struct DeduplicateTests {
  @Test(
    arguments: [
      ("It rained. She left.", "It rained. She left."), ("It rained. She left.", " it  RAINED\n— “she” left!"),
      ("word", "Word."), ("东京都は雨。", "东京都は雨"), ("été à Paris", "été à paris"),
    ])
  func theSameWords(first: String, second: String) throws {
    for similarity in [0.8, 1] {
      #expect(try reasons([first, second], similarity: similarity) == [nil, "duplicate of d0"])
    }
  }

  @Test(
    arguments: [
      ("It rained.", "It snowed."), ("a b", "ab"), ("", ""), ("...", "—"), ("one two three", "three two one"),
      ("东京", "京东"), ("12", "1 2"),
    ])
  func otherWords(first: String, second: String) throws {
    #expect(try reasons([first, second]) == [nil, nil])
  }

  @Test(arguments: [150, 300, 3_000])
  func aFewWordsChangedAreNear(count: Int) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let text = words(count, seed: seed)
      // A changed word touches five runs: one in a hundred leaves most of them, one in seven less than half.
      let near = changed(text, 0.01, seed: seed + 99)
      let far = changed(text, 0.15, seed: seed + 99)
      let texts = [text, near, far].map { $0.joined(separator: " ") }
      let expected: [String?] = [nil, near == text ? "duplicate of d0" : "near duplicate of d0", nil]
      #expect(try reasons(texts, similarity: 0.6) == expected, "seed \(seed)")
      #expect(try reasons(texts, similarity: 1)[2] == nil)
    }
  }

  @Test("A signature estimates the share of common runs", arguments: [0, 0.005, 0.02, 0.05, 0.1])
  func theEstimateIsClose(share: Double) {
    func runs(_ words: [String]) -> Set<[String]> { Set((0...words.count - 5).map { Array(words[$0..<$0 + 5]) }) }
    for (seed, count) in zip(1..., [40, 150, 700, 5_000]) {
      let first = words(count, seed: UInt64(seed))
      let second = changed(first, share, seed: UInt64(seed) + 7)
      let (a, b) = (runs(first), runs(second))
      let truth = Double(a.intersection(b).count) / Double(a.union(b).count)
      let signatures = [first, second].map { Signature(of: Document(id: "", text: $0.joined(separator: " ")).bytes) }
      let estimate = Double(signatures[0].agreement(with: signatures[1].minima)) / Double(Signature.places)
      // Four standard deviations, and more for texts with fewer runs than places.
      #expect(abs(estimate - truth) < (count < 200 ? 0.25 : 0.16), "\(count) words: \(estimate), in truth \(truth)")
    }
  }

  @Test func theTablesFindWhatAPlainSearchFinds() throws {
    var texts: [[String]] = []
    var random = SplitMix(seed: 3)
    for number in 0..<400 {
      let isNew = texts.isEmpty || number % 3 == 0
      let model = isNew ? words(200, seed: UInt64(number)) : texts[Int.random(in: 0..<texts.count, using: &random)]
      texts.append(isNew ? model : changed(model, 0.02 * Double(number % 4), seed: UInt64(number)))
    }
    let signatures = texts.map { Signature(of: Document(id: "", text: $0.joined(separator: " ")).bytes) }
    var kept: [Int] = []
    var expected: [String?] = []
    for (number, signature) in signatures.enumerated() {
      if let same = kept.first(where: { signatures[$0].exact == signature.exact }) {
        expected.append("duplicate of d\(same)")
      } else if let near = kept.max(by: { agreement($0) < agreement($1) }), agreement(near) >= 103 {
        expected.append("near duplicate of d\(near)")
      } else {
        expected.append(nil)
        kept.append(number)
      }
      func agreement(_ other: Int) -> Int { signature.agreement(with: signatures[other].minima) }
    }
    #expect(try reasons(texts.map { $0.joined(separator: " ") }) == expected)
    #expect(expected.count { $0 == nil } > 100 && expected.count { $0?.hasPrefix("near") == true } > 50)
  }

  @Test func theWindowForgets() throws {
    let texts = (0..<5).map { "text number \($0) is here" } + ["text number 0 is here", "text number 4 is here"]
    #expect(try reasons(texts, window: 5).suffix(2) == ["duplicate of d0", "duplicate of d4"])
    #expect(try reasons(texts, window: 4).suffix(2) == [nil, "duplicate of d4"])
    #expect(try reasons(texts, window: 1).suffix(2) == [nil, nil])
  }

  @Test func manyDocumentsThroughASmallWindow() throws {
    let texts = (0..<5_000).map { "text \($0 % 40) of \($0 / 80) here" }
    let found = try reasons(texts, window: 50)
    for (number, reason) in found.enumerated() {
      #expect((reason != nil) == (number % 80 >= 40), "\(number)")
    }
  }

  @Test func aMarkedDuplicateStays() throws {
    var options = Deduplicate.Options()
    options.action = .mark
    let stage = Deduplicate(options)
    var documents = [Document(id: "a", text: "It rained."), Document(id: "b", text: "It rained.")]
    for index in documents.indices {
      #expect(stage.commit(stage.prepare(documents[index]), &documents[index]).isKept)
    }
    #expect(documents.map { $0.metadata["duplicate_of"] } == [nil, "a"])
  }

  @Test("A run that breaks off finds what an unbroken one finds", arguments: [5, 30, 1_000], [1, 0.7])
  func resumed(window: Int, similarity: Double) throws {
    var random = SplitMix(seed: 12)
    var texts: [[String]] = []
    for number in 0..<500 {
      let isNew = texts.isEmpty || Int.random(in: 0..<3, using: &random) == 0
      let model = isNew ? words(30, seed: UInt64(number)) : texts.suffix(40).randomElement(using: &random) ?? []
      texts.append(Bool.random(using: &random) ? model : changed(model, 0.02, seed: UInt64(number)))
    }
    let documents = texts.enumerated().map { Document(id: "d\($0)", text: $1.joined(separator: " ")) }
    var options = Deduplicate.Options()
    options.window = window
    options.similarity = similarity
    func decide(_ stage: Deduplicate, _ document: Document) -> Disposition {
      var document = document
      return stage.commit(stage.prepare(document), &document)
    }
    let whole = Deduplicate(options)
    whole.open()
    let expected = documents.map { decide(whole, $0) }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for context in [StageContext(label: "d"), StageContext(label: "d", folder: folder.path)] {
      var stage = Deduplicate(options)
      stage.open(context)
      var found: [Disposition] = []
      while found.count < documents.count {
        for _ in 0..<Int.random(in: 0...40, using: &random) where found.count < documents.count {
          found.append(decide(stage, documents[found.count]))
        }
        let checkpoint = try stage.checkpoint()
        for document in documents[found.count...].prefix(Int.random(in: 0...20, using: &random)) {
          _ = decide(stage, document)
        }
        guard Bool.random(using: &random) else {
          // A checkpoint that the journal never got.
          _ = try stage.checkpoint()
          stage = Deduplicate(options)
          try stage.resume(context, from: checkpoint)
          continue
        }
        stage = Deduplicate(options)
        try stage.resume(context, from: checkpoint)
      }
      #expect(found.map { "\($0)" } == expected.map { "\($0)" })
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count <= 2)
  }

  @Test(arguments: [[1], Array("1 2 3 4".utf8), Array(repeating: 255, count: 40)])
  func aCheckpointThatMakesNoSenseIsRefused(_ checkpoint: [UInt8]) {
    for folder in [nil, "/nowhere"] {
      let stage = Deduplicate(Deduplicate.Options())
      #expect(throws: StageError.self) { try stage.resume(StageContext(label: "d", folder: folder), from: checkpoint) }
    }
  }
}
