import HearsayText

/// A cue and a colon with no quotation after them: the quotation was lost, or stands in a paragraph elsewhere.
enum CueBeforeColon: AttributionRule {
  static let id = RuleID.cueBeforeColon
  static let summary = "a cue before a colon, without its quotation"
  static let examples = [
    RuleExample(
      "“We never agreed to any of this. It was forced on us.”\n\nThe council met. Ann Holm said:\n\nIt was short.",
      "direct|We never agreed to any of this. It was forced on us.|Ann Holm")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.isSpeech, let speaker = clause.speaker,
      cue + 1 < context.analysis.tokens.count, context.analysis.tokens[cue + 1].mark == .colon
    else { return nil }
    return AttributionMatch(.danglingCue, speaker: speaker)
  }
}
