import HearsayText

/// A quotation directly after a cue, a comma, a colon or `that`: `Lee said, “…”`, `Lee told reporters: “…”`.
enum QuotationAfterCue: AttributionRule {
  static let id = RuleID.quotationAfterCue
  static let summary = "a quotation directly after a cue"
  static let examples = [
    RuleExample("Ann Lee told reporters: “We won.”", "direct|We won.|Ann Lee"),
    RuleExample(
      "The head of the council, Ann Lee, said: “We won.”", "direct|We won.|Ann Lee"),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, let quotation = clause.nextQuotation, clause.isSpeech,
      context.opensSpeech(quotation, after: cue), let speaker = clause.speaker
    else { return nil }
    return AttributionMatch(.quotation(quotation, confidence: 0.95), speaker: speaker)
  }
}
