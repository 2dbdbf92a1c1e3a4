import HearsayText

/// A clause before a cue whose subject comes after it: `The dam is not safe, said Lee.`
enum ClauseBeforeInvertedCue: AttributionRule {
  static let id = RuleID.clauseBeforeInvertedCue
  static let summary = "the clause before a cue with its subject after it"
  static let examples = [
    RuleExample(
      "The dam is not safe, said Ann Lee, an engineer.", "indirect|The dam is not safe|Ann Lee"),
    RuleExample("When he arrived, asked Ann Lee."),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.isSpeech, !clause.isParticiple,
      clause.speaker.map({ $0.lowerBound > cue }) ?? true,
      case let start = context.sentence.lowerBound, let comma = context.comma(before: cue, from: start),
      context.analysis.hasVerb(start..<comma),
      let subject = context.analysis.subject(after: cue, to: clause.end, in: context.text),
      isInverted(subject, after: cue, in: context)
    else { return nil }
    return AttributionMatch(.clause(start..<comma), speaker: subject)
  }

  /// Whether what stands after a verb can be its subject. In English it may be an object: it is the subject where nothing
  /// but an apposition follows.
  private static func isInverted(
    _ subject: Range<Int>, after verb: Int, in context: borrowing RuleContext
  ) -> Bool {
    guard context.analysis.beginsNounPhrase(subject.lowerBound) else { return false }
    guard context.language.traits.contains(.fixedWordOrder) else { return true }
    // Other verbs have an object there: "told Lee". And "when he arrived" is nothing said.
    guard
      context.analysis.isWord(verb, "said", in: context.text)
        || context.analysis.isWord(verb, "says", in: context.text),
      context.analysis.classes[context.sentence.lowerBound] != .subordinator
    else { return false }
    let next = subject.upperBound
    return context.analysis.tokens[subject.lowerBound].isCapitalised
      && (next >= context.sentence.upperBound || context.analysis.tokens[next].kind == .mark)
  }
}
