import HearsayText

/// What someone calls something, in quotation marks: `called the law “a disaster”`, `describes himself as “strong”`.
enum EvaluativeVerb: AttributionRule {
  static let id = RuleID.evaluativeVerb
  static let summary = "a quotation after an evaluative verb"
  static let examples = [
    RuleExample("Lee called the new dam “a shame.”", "mixed|the new dam “a shame.”|Lee"),
    RuleExample("Lee smiled and described himself as “strong.”", "mixed|himself as “strong.”|Lee"),
    RuleExample("Lee criticised the plan: “It is a shame.”", "direct|It is a shame.|Lee"),
  ]

  /// No more tokens stand between a verb and the quotation.
  private static let longestObject = 10

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    // A model decides on these.
    if context.isModelUsed { return nil }
    let nearby = context.quotationsInSentence
    let index = context.quotations.firstIndex(endingFrom: cue, in: nearby)
    guard nearby.contains(index), case let quotation = context.quotations[index], case let open = quotation.open,
      open > cue + 1, open - cue <= longestObject, let speaker = context.subject(before: cue)
    else { return nil }
    let isIntroduced = context.analysis.tokens[open - 1].mark == .colon
    for i in cue + 1..<(isIntroduced ? open - 1 : open)
    where context.analysis.tokens[i].kind == .mark || context.analysis.classes[i].isVerbal { return nil }
    guard isIntroduced || quotation.isClosed else { return nil }
    let content = cue + 1..<quotation.endToken
    var match = AttributionMatch(
      isIntroduced
        ? .quotation(index, confidence: 0.85) : .phrase(content, quotation: index, confidence: 0.7),
      speaker: speaker)
    match.requiredTokens = content
    return match
  }
}
