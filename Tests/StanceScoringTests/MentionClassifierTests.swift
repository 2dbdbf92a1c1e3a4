import HearsayText
import TestSupport
import Testing

@testable import StanceScoring

@Suite("A sentence's sums are the sum of its features")
struct MentionClassifierTests {
  private static let pieces = [
    "Brandt", "Selby", "failed", "praised", "not", ",", "the", "and", "town", "Lee's", "never", "great", "success", ":",
    "has", "lied", "to", "us", "officials", "said",
  ]

  @Test func everyMentionGetsWhatVisitingItWouldGive() throws {
    let model = try StanceModel.shipped()
    var random = SplitMix(seed: 11)
    for _ in 0..<200 {
      let words = (0..<Int.random(in: 1..<45, using: &random)).map { _ in
        Self.pieces.randomElement(using: &random) ?? ""
      }
      let text = Array(words.joined(separator: " ").utf8)
      let tokens = Tokenizer().tokens(in: text.span)
      let all = 0..<tokens.count
      var classifier = MentionClassifier(tokens, model: model)
      classifier.lookUp(all)
      let first = Int.random(in: all, using: &random)
      let mention = first..<min(first + Int.random(in: 1...2, using: &random), tokens.count)
      let low = Int.random(in: 0...first, using: &random)
      let range = low..<Int.random(in: mention.upperBound...tokens.count, using: &random)
      let counted = range.count { index in
        !mention.contains(index) && (tokens[index].kind == .word || tokens[index].kind == .possessive)
          && !classifier.has(.skipped, index)
      }
      var expected = model.logits(SIMD2(), words: counted, ngrams: SIMD2(), PolarityFeatures())
      // Without a polar word there are features, too.
      PolarityFeatures().visit { feature, value in
        expected.favor -= model.polarityFeatures[feature].favor * value
        expected.against -= model.polarityFeatures[feature].against * value
      }
      classifier.visit(all, range, mention: mention) { slot, value in
        let step: Float
        switch StanceTable.feature(of: slot) {
        case .sentence(let feature):
          expected.favor += model.polarityFeatures[feature].favor * value
          expected.against += model.polarityFeatures[feature].against * value
          return
        case .ngram: step = model.ngramStep
        case .word, .pair, .polarity: step = model.step
        }
        expected.favor += Float(model.weight(slot)[0]) * step * value
        expected.against += Float(model.weight(slot)[1]) * step * value
      }
      let found = classifier.logits(all, range, mention: mention)
      #expect(abs(found.favor - expected.favor) < 0.001 && abs(found.against - expected.against) < 0.001)
    }
  }

  @Test func aWordThatWasNotInTheTrainingDataHasNoWeight() throws {
    let text = Array("Qwxyzzv Brandt vzzyxwq".utf8)
    let tokens = Tokenizer().tokens(in: text.span)
    var classifier = MentionClassifier(tokens, model: try .shipped())
    var slots: [Int] = []
    classifier.visit(0..<3, 0..<3, mention: 1..<2) { slot, _ in slots.append(slot) }
    #expect(slots.allSatisfy { $0 >= StanceTable.ngrams.start })
  }

  @Test func eachSlotHasItsFeature() {
    let (words, pairs, ngrams) = (StanceTable.words, StanceTable.pairs, StanceTable.ngrams)
    #expect(StanceTable.feature(of: 0) == .word(row: 0, lane: 0))
    #expect(StanceTable.feature(of: words.lanes + 3) == .word(row: words.lanes, lane: 3))
    #expect(StanceTable.feature(of: words.end - 1) == .word(row: words.end - words.lanes, lane: words.lanes - 1))
    #expect(StanceTable.feature(of: pairs.start + 1) == .pair(row: pairs.start, lane: 1))
    #expect(StanceTable.feature(of: ngrams.start + 3) == .ngram(row: ngrams.start + 2, lane: 1))
    for polarity in -3...3 {
      let feature = StanceTable.feature(of: StanceTable.polarity(polarity) + 2)
      #expect(feature == .polarity(polarity, lane: 2))
      #expect(feature.isWeight == (polarity != 0))
    }
    #expect(StanceTable.feature(of: StanceTable.slots - 1) == .polarity(3, lane: words.lanes - 1))
    #expect(StanceTable.feature(of: StanceTable.polarityFeatures + 2) == .sentence(2))
    let weights = (0..<StanceTable.slots).count { StanceTable.feature(of: $0).isWeight }
    let rows = { (kind: StanceTable.Kind) in (kind.end - kind.start) / kind.lanes }
    #expect(weights == 14 * rows(words) + 2 * rows(pairs) + rows(ngrams) + 6 * 14)
  }
}
