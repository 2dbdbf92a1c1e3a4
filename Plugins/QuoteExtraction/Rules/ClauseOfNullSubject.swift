import HearsayText

/// A clause after a cue without a subject, in the languages that leave it out: `Dijo que llovía.`
enum ClauseOfNullSubject: AttributionRule {
  static let id = RuleID.clauseOfNullSubject
  static let summary = "the clause after a cue without a subject"
  static let examples = [
    RuleExample("Dijo que llovía mucho.", "indirect|llovía mucho|-", language: "es")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.speaker == nil, context.language.traits.contains(.droppedSubjects) else {
      return nil
    }
    if cue > clause.start {
      let before = context.analysis.classes[cue - 1]
      // "que dijo que", "se dijo que"
      if before == .that || before == .interrogative || before == .objectPronoun { return nil }
    }
    guard cue + 1 < context.sentence.upperBound,
      context.analysis.classes[cue + 1] == .that || context.analysis.isBetweenVerbAndClause(cue + 1),
      let content = context.reportedClause(after: cue)
    else { return nil }
    return AttributionMatch(.clause(content), speaker: nil)
  }
}
