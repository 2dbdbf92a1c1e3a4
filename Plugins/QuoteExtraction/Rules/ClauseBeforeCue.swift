import HearsayText

/// A clause before a subject and a cue at the end of a sentence: `The dam is safe, Lee said.`
enum ClauseBeforeCue: AttributionRule {
  static let id = RuleID.clauseBeforeCue
  static let summary = "the clause before a cue at the end of a sentence"
  static let examples = [
    RuleExample("The dam is not safe, Ann Lee said.", "indirect|The dam is not safe|Ann Lee")
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.isSpeech, let speaker = clause.speaker else { return nil }
    let sentence = context.sentence
    let isLast =
      cue + 1 >= sentence.upperBound
      || context.analysis.tokens[cue + 1].kind == .mark && context.analysis.tokens[cue + 1].mark != .colon
    guard isLast, speaker.lowerBound > sentence.lowerBound + 2,
      speaker.lowerBound - sentence.lowerBound <= RuleContext.longestClause,
      let comma = context.comma(before: speaker.lowerBound, from: sentence.lowerBound),
      clause.start == sentence.lowerBound || clause.holdsMarkedWords(before: cue, in: context)
    else { return nil }
    return AttributionMatch(.clause(sentence.lowerBound..<comma), speaker: speaker)
  }
}

extension CueClause {
  /// Whether the quotation before the cue holds words of a clause and is none of its own: `The so-called "plan" failed, he
  /// said.`
  fileprivate func holdsMarkedWords(before cue: Int, in context: borrowing RuleContext) -> Bool {
    guard let index = previousQuotation, let last = context.quotations[index].content.last else { return false }
    return context.analysis.tokens[last].kind != .mark
  }
}
