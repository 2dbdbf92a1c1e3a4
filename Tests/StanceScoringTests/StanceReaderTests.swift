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
      var reader = StanceReader(tokens, in: text.span, model: .shipped)
      let first = Int.random(in: all, using: &random)
      let mention = first..<min(first + Int.random(in: 1...2, using: &random), tokens.count)
      let low = Int.random(in: 0...first, using: &random)
      let range = low..<Int.random(in: mention.upperBound...tokens.count, using: &random)
      var sum = SIMD2<Int32>()
      reader.visit(all, range, mention: mention) { slot, _ in sum &+= StanceModel.shipped.weight(slot) }
      let counted = range.count { index in
        !mention.contains(index) && (tokens[index].kind == .word || tokens[index].kind == .possessive)
          && !reader.words.has(.skipped, index)
      }
      let expected = StanceModel.shipped.logits(sum, words: counted)
      let found = reader.logits(all, range, mention: mention).logits
      #expect((found.favor, found.against) == (expected.favor, expected.against))

      var leans = [Float](repeating: 0, count: range.count)
      reader.addLeans(range, mention: mention, sign: 1, from: range.lowerBound, to: &leans)
      let polarity = range.filter { !mention.contains($0) }.reduce(0) { $0 + reader.polarity(of: $1) }
      let weighed = Float(sum[0] - sum[1]) * StanceModel.shipped.step + Float(polarity)
      #expect(abs(leans.reduce(0, +) - weighed) < 0.01)
    }
  }

  @Test func whatWasNeverLearnedWeighsNothing() {
    let text = Array("Qwxyzzv Brandt vzzyxwq".utf8)
    let tokens = Tokenizer().tokens(in: text.span)
    var reader = StanceReader(tokens, in: text.span, model: .shipped)
    var slots = 0
    reader.visit(0..<3, 0..<3, mention: 1..<2) { _, _ in slots += 1 }
    #expect(slots == 0)
  }
}
