import HearsayText

/// A sentence that only names the source of the quotation before it: `«Abbiamo vinto». Così il ministro.`
enum SourceAfterQuotation: AttributionRule {
  static let id = RuleID.sourceAfterQuotation
  static let summary = "a quotation before a sentence that only names its source"
  static let examples = [
    RuleExample(
      "«Abbiamo vinto tutti insieme». Così il ministro.", "direct|Abbiamo vinto tutti insieme|il ministro",
      language: "it")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard context.analysis.classes[cue] == .as, let phrase = SourcePhrase(cue, in: context), phrase.isAnaphoric,
      !context.analysis.hasVerb(phrase.source.upperBound..<context.sentence.upperBound),
      let quotation = AnaphoricQuotation.quotation(before: context.sentence.lowerBound, in: context)
    else { return nil }
    return AttributionMatch(.quotation(quotation, confidence: 0.9), speaker: phrase.source)
  }
}
