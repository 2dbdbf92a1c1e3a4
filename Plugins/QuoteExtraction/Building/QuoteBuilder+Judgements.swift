import Hearsay
import HearsayText

/// What someone is called or judged to be, in marks: `called the law “a disaster”`, `describes himself as “strong”`.
extension QuoteBuilder {
  /// No more tokens stand between a verb and what it calls something.
  private static let longestObject = 10

  mutating func judgement(_ verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    let index = firstQuotation(endingAt: verb, near)
    guard near.contains(index), !isTaken[index], case let open = quotations[index].open, open > verb + 1,
      open - verb <= Self.longestObject, let speaker = subject(before: verb, in: sentence, text)
    else { return }
    // "Lee criticised the plan: “It is a shame.”"
    let isIntroduced = analysis.tokens[open - 1].mark == .colon
    let object = verb + 1..<(isIntroduced ? open - 1 : open)
    guard object.allSatisfy({ analysis.tokens[$0].kind != .mark && !analysis.classes[$0].isVerbal }) else { return }
    let content = verb + 1..<quotations[index].endToken
    guard isIntroduced || quotations[index].isClosed, !isClaimed(content) else { return }
    if isIntroduced {
      take(index, cue: verb, speaker: speaker, confidence: 0.85)
    } else {
      isTaken[index] = true
      drafts.append(Draft(pieces: [content], kind: .mixed, cue: verb, speaker: speaker, confidence: 0.7))
    }
    found(.evaluativeVerb, verb)
  }
}
