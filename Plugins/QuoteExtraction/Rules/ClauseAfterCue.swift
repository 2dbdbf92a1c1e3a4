import HearsayText

/// A clause after a cue: `Lee said that …`, `Lee said …`.
enum ClauseAfterCue: AttributionRule {
  static let id = RuleID.clauseAfterCue
  static let summary = "the clause after a cue"
  static let examples = [
    RuleExample("Lee stopped and said that the dam was safe.", "indirect|the dam was safe|Lee"),
    RuleExample("Lee said 20 of them were safe.", "indirect|20 of them were safe|Lee"),
    RuleExample("Lee said if it rained the dam would break.", "indirect|if it rained the dam would break|Lee"),
    RuleExample("Lee said that the dam was “a shame.”", "mixed|the dam was “a shame.”|Lee"),
    RuleExample("Lee said “the next dam” should be safe.", "mixed|“the next dam” should be safe|Lee"),
    RuleExample("Lee said that “the next dam” should be safe.", "mixed|“the next dam” should be safe|Lee"),
    RuleExample("Tim Kaine, Virginia Democrat, said that it rained.", "indirect|it rained|Tim Kaine"),
    RuleExample("Lee covered the vote, echoing Mr. Ray."),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let speaker = context.clause?.speaker, let content = context.reportedClause(after: cue) else { return nil }
    return AttributionMatch(.clause(content), speaker: speaker)
  }
}
