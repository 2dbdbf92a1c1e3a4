import HearsayText

/// A quotation before a sentence that only says who said it: `«Abbiamo vinto». Lo ha detto Lee.`
enum AnaphoricQuotation: AttributionRule {
  static let id = RuleID.anaphoricQuotation
  static let summary = "a quotation before a sentence that only says who said it"
  static let isFinal = false
  static let examples = [
    RuleExample(
      "È finita bene: «Abbiamo vinto tutti insieme». Lo ha detto Anna Rossi.",
      "direct|Abbiamo vinto tutti insieme|Anna Rossi", language: "it")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let speaker = context.anaphoricSpeaker(of: cue),
      let quotation = quotation(before: context.sentence.lowerBound, in: context)
    else { return nil }
    return AttributionMatch(.quotation(quotation, confidence: 0.9), speaker: speaker)
  }

  /// The quotation directly before the token, in the same paragraph.
  static func quotation(before start: Int, in context: borrowing RuleContext) -> Int? {
    let index = context.quotations.firstIndex(endingFrom: start) - 1
    guard context.quotations.indices.contains(index), case let quotation = context.quotations[index],
      case let end = quotation.endToken, start - end <= 1, quotation.content.count > 3,
      context.analysis.isInOneParagraph(end..<start + 1)
    else { return nil }
    return index
  }
}

/// The sentence before one that only says who said it: `Die Lage ist ernst. Das sagte Lee.`
enum AnaphoricSentence: AttributionRule {
  static let id = RuleID.anaphoricSentence
  static let summary = "the sentence before one that only says who said it"
  static let examples = [
    RuleExample("Die Lage sei ernst. Das sagte Anna Berg.", "indirect|Die Lage sei ernst|Anna Berg", language: "de")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let before = context.previousSentence, before.count <= RuleContext.longestClause,
      let speaker = context.anaphoricSpeaker(of: cue)
    else { return nil }
    return AttributionMatch(.clause(context.analysis.withoutMarksAtEnd(before)), speaker: speaker)
  }
}

extension RuleContext {
  /// No more tokens stand between the start of such a sentence and its verb.
  private static var mostBeforeVerb: Int { 3 }

  /// The subject of a cue whose sentence only says who said what stands before: `Lo ha detto Lee.`, `Das sagte Lee.`
  fileprivate func anaphoricSpeaker(of verb: Int) -> Range<Int>? {
    if language.traits.contains(.fixedWordOrder) { return nil }
    let start = sentence.lowerBound
    guard verb > start, verb - start <= Self.mostBeforeVerb,
      analysis.known(start, in: text)?.isAnaphoric ?? false,
      (start + 1..<verb).allSatisfy({ analysis.roles[$0] == .auxiliary || analysis.classes[$0] == .objectPronoun }),
      !sentence.contains(where: { analysis.classes[$0] == .negation }), analysis.beginsNounPhrase(verb + 1)
    else { return nil }
    return analysis.subject(after: verb, to: sentence.upperBound, in: text)
  }
}
