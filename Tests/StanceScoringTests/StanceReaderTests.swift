import HearsayText
import TestSupport
import Testing

@testable import StanceScoring

@Suite("A sentence's sums are the sum of its features")
struct StanceReaderTests {
  private static let pieces = [
    "Brandt", "Selby", "failed", "praised", "not", ",", "the", "and", "town", "Lee's", "never", "great", "success", ":",
    "has", "lied", "to", "us", "officials", "said",
  ]

  @Test func everyMentionGetsWhatVisitingItWouldGive() throws {
    var random = SplitMix(seed: 11)
    for _ in 0..<200 {
      let words = (0..<Int.random(in: 1..<45, using: &random)).map { _ in
        Self.pieces.randomElement(using: &random) ?? ""
      }
      let text = Array(words.joined(separator: " ").utf8)
      let tokens = Tokenizer().tokens(in: text.span)
      let all = 0..<tokens.count
      var reader = StanceReader(tokens, model: .shipped)
      reader.lookUp(all)
      let first = Int.random(in: all, using: &random)
      let mention = first..<min(first + Int.random(in: 1...2, using: &random), tokens.count)
      let low = Int.random(in: 0...first, using: &random)
      let range = low..<Int.random(in: mention.upperBound...tokens.count, using: &random)
      let model = StanceModel.shipped
      let counted = range.count { index in
        !mention.contains(index) && (tokens[index].kind == .word || tokens[index].kind == .possessive)
          && !reader.has(.skipped, index)
      }
      var expected = model.logits(SIMD2(), words: counted, patterns: SIMD2(), Balance())
      // An empty balance has features of its own.
      Balance().visit { feature, value in
        expected.favor -= model.balance[feature].favor * value
        expected.against -= model.balance[feature].against * value
      }
      reader.visit(all, range, mention: mention) { slot, value in
        if slot >= StanceTable.balance {
          expected.favor += model.balance[slot - StanceTable.balance].favor * value
          expected.against += model.balance[slot - StanceTable.balance].against * value
        } else {
          let step = StanceTable.isPattern(slot) ? model.patternStep : model.step
          expected.favor += Float(model.weight(slot)[0]) * step * value
          expected.against += Float(model.weight(slot)[1]) * step * value
        }
      }
      let found = reader.logits(all, range, mention: mention)
      #expect(abs(found.favor - expected.favor) < 0.001 && abs(found.against - expected.against) < 0.001)
    }
  }

  @Test func whatWasNeverLearnedWeighsNothing() {
    let text = Array("Qwxyzzv Brandt vzzyxwq".utf8)
    let tokens = Tokenizer().tokens(in: text.span)
    var reader = StanceReader(tokens, model: .shipped)
    var slots: [Int] = []
    reader.visit(0..<3, 0..<3, mention: 1..<2) { slot, _ in slots.append(slot) }
    #expect(slots.allSatisfy { $0 >= StanceTable.patterns.start })
  }
}
