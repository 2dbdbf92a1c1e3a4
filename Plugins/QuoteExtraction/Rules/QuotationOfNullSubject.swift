import HearsayText

/// A quotation beside a cue without a subject, in the languages that leave it out: `«Hemos ganado», dijo.`
enum QuotationOfNullSubject: AttributionRule {
  static let id = RuleID.quotationOfNullSubject
  static let summary = "a quotation beside a cue without a subject"
  static let isFinal = false
  static let examples = [
    RuleExample("«Hemos ganado otra vez», dijo.", "direct|Hemos ganado otra vez|-", language: "es")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.speaker == nil, context.language.traits.contains(.droppedSubjects),
      clause.isSpeech
    else {
      return nil
    }
    if let quotation = clause.previousQuotation, context.touches(quotation, cue, speaker: nil) {
      var match = AttributionMatch(.quotation(quotation, confidence: 0.97), speaker: nil)
      match.continuation = context.continuation(of: quotation, after: cue, speaker: nil)
      return match
    }
    guard let quotation = clause.nextQuotation, context.opensSpeech(quotation, after: cue) else { return nil }
    return AttributionMatch(.quotation(quotation, confidence: 0.9), speaker: nil)
  }
}
