import Hearsay
import HearsayText

/// Sentences that say only who said what stands before: `Lo ha detto Lee.`, `Das sagte Lee.`, `Così Lee.`
extension QuoteBuilder {
  /// No more tokens stand between the start of such a sentence and its verb.
  private static let mostBeforeVerb = 3

  /// Whether the sentence is one, with the verb as its cue; then what stands before is a quote of the verb's subject.
  ///
  /// - Parameter before: The sentence before, if it is of the same paragraph.
  mutating func takeSaidBefore(
    _ verb: Int, in sentence: Range<Int>, after before: Range<Int>?, _ text: Swift.Span<UInt8>
  ) -> Bool {
    let start = sentence.lowerBound
    guard verb > start, verb - start <= Self.mostBeforeVerb,
      analysis.known(start, in: text)?.isAnaphoric ?? false,
      (start + 1..<verb).allSatisfy({ analysis.roles[$0] == .auxiliary || analysis.classes[$0] == .objectPronoun }),
      !sentence.contains(where: { analysis.classes[$0] == .negation }), analysis.beginsNounPhrase(verb + 1),
      let who = analysis.subject(after: verb, to: sentence.upperBound, in: text)
    else { return false }
    return takeSaidBefore(verb, who, in: sentence, after: before)
  }

  /// Takes what stands right before the sentence for a quote of `speaker`: a quotation, else the sentence before.
  mutating func takeSaidBefore(
    _ cue: Int, _ speaker: Range<Int>, in sentence: Range<Int>, after before: Range<Int>?
  ) -> Bool {
    let start = sentence.lowerBound
    let index = firstQuotation(endingAt: start, quotations.indices) - 1
    if quotations.indices.contains(index), !isTaken[index], case let end = quotations[index].endToken, start - end <= 1,
      quotations[index].content.count > 3, analysis.isInOneParagraph(end..<start + 1)
    {
      take(index, cue: cue, speaker: speaker, confidence: 0.9)
    } else if let before, before.count <= Self.longestClause {
      add(analysis.withoutMarksAtEnd(before), cue, speaker, quotations.indices)
    } else {
      return false
    }
    found(.saidBefore, cue)
    return true
  }
}
