import Hearsay
import HearsayText

/// What someone is called or judged to be, in marks: `called the law “a disaster”`, `describes himself as “strong”`.
extension QuoteBuilder {
  /// No more tokens stand between a verb and what it calls something.
  private static let longestObject = 10

  mutating func judgement(_ verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    let index = firstQuoted(endingAt: verb, near)
    guard near.contains(index), !isTaken[index], quoted[index].isClosed, case let open = quoted[index].open,
      open > verb + 1, open - verb <= Self.longestObject,
      (verb + 1..<open).allSatisfy({ article.tokens[$0].kind != .mark && !article.classes[$0].isVerbal }),
      let speaker = subject(before: verb, in: sentence, text)
    else { return }
    let content = verb + 1..<quoted[index].endToken
    guard !isClaimed(content) else { return }
    isTaken[index] = true
    drafts.append(
      Draft(pieces: [content], kind: .mixed, cue: verb, speaker: speaker, confidence: 0.7, finder: .judgement))
  }
}
