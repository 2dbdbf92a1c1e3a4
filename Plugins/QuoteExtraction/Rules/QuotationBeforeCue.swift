import HearsayText

/// A quotation directly before a cue, or before its subject: `“We won,” Lee said`, `“We won,” said Lee`.
enum QuotationBeforeCue: AttributionRule {
  static let id = RuleID.quotationBeforeCue
  static let summary = "a quotation directly before a cue"
  static let examples = [
    RuleExample("“We won,” Mr. Lee said.", "direct|We won,|Mr. Lee"),
    RuleExample("“We won,” said Sen. Ann J. Lee.", "direct|We won,|Sen. Ann J. Lee"),
    RuleExample("“We won,” said Lee the next day.", "direct|We won,|Lee"),
    RuleExample(
      "“We won,” said Secretary of the interior Deb Haaland.",
      "direct|We won,|Secretary of the interior Deb Haaland"),
    RuleExample("“Yes We Can,” — Barack Obama said.", "direct|Yes We Can,|Barack Obama"),
    RuleExample("“We won,” he said, “twice.”", "direct|We won, twice.|he"),
    RuleExample(
      "The failure of the dam was “a shame,” Lee said.", "mixed|The failure of the dam was “a shame,”|Lee"),
    RuleExample(
      "''We won,'' Lee said. It was late ,,and dark and he said, ''we go home now.''",
      "direct|We won,|Lee", "direct|we go home now.|he"),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, let quotation = clause.previousQuotation,
      clause.isSpeech || clause.speaker != nil, context.touches(quotation, cue, speaker: clause.speaker),
      !context.isTitle(quotation)
    else { return nil }
    let isInverted = cue == clause.start || context.analysis.tokens[cue - 1].mark == .comma
    let inverted = isInverted ? context.analysis.subject(after: cue, to: clause.end, in: context.text) : nil
    guard
      let speaker = inverted ?? clause.speaker
        ?? context.analysis.subject(after: cue, to: clause.end, in: context.text)
    else { return nil }
    if endsClause(quotation, in: context) {
      let content = context.sentence.lowerBound..<context.quotations[quotation].endToken
      var match = AttributionMatch(.clause(content), speaker: speaker)
      match.requiredQuotation = quotation
      return match
    }
    var match = AttributionMatch(.quotation(quotation, confidence: 0.97), speaker: speaker)
    match.continuation = context.continuation(of: quotation, after: cue, speaker: speaker)
    return match
  }

  /// Whether the quotation is the end of a clause: `The bill's failure was “a shame,”`
  private static func endsClause(_ quotation: Int, in context: borrowing RuleContext) -> Bool {
    let open = context.quotations[quotation].open
    let start = context.sentence.lowerBound
    guard open > start + 1, open - start <= RuleContext.longestClause,
      context.analysis.tokens[open - 1].kind == .word, let first = context.quotations[quotation].content.first
    else { return false }
    return context.analysis.tokens[first].shape == .lower
  }
}
