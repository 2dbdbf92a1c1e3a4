import HearsayText

/// A clause that the cue and its subject stand within, between commas: `The fire, Lee said, was found early.`
enum ClauseAroundCue: AttributionRule {
  static let id = RuleID.clauseAroundCue
  static let summary = "the clause around a cue"
  static let isFinal = false
  static let examples = [
    RuleExample(
      "The dam, Ann Lee said, was built too late.", "indirect|The dam was built too late|Ann Lee"),
    RuleExample(
      "The dam, said Ann Lee, “was built too late.”", "mixed|The dam “was built too late.”|Ann Lee"),
    RuleExample(
      "During the years in office, Ann Lee said, it had rained a lot.",
      "indirect|During the years in office it had rained a lot|Ann Lee"),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let clause = context.clause, clause.isSpeech, !clause.isParticiple else { return nil }
    let sentence = context.sentence
    let subject =
      if let speaker = clause.speaker, speaker.lowerBound < cue { speaker } else {
        context.analysis.subject(after: cue, to: sentence.upperBound, in: context.text)
      }
    guard let subject, case let next = max(cue + 1, subject.upperBound), next + 3 < sentence.upperBound,
      sentence.upperBound - next <= RuleContext.longestClause, context.analysis.tokens[next].mark == .comma,
      let comma = context.comma(before: min(cue, subject.lowerBound), from: sentence.lowerBound),
      !context.analysis.hasVerb(sentence.lowerBound..<comma)
    else { return nil }
    var rest = context.analysis.withoutMarksAtEnd(next + 1..<sentence.upperBound)
    // The closing mark, if the opening one is there too.
    let nearby = context.quotationsInSentence
    let index = context.quotations.firstIndex(endingFrom: rest.upperBound, in: nearby)
    if nearby.contains(index), case let quotation = context.quotations[index], rest.contains(quotation.open),
      quotation.endToken <= sentence.upperBound
    {
      rest = rest.lowerBound..<quotation.endToken
    }
    guard rest.count > 2 else { return nil }
    var match = AttributionMatch(.clause(rest), speaker: subject)
    match.leadingPiece = sentence.lowerBound..<comma
    match.requiredTokens = sentence.lowerBound..<comma
    return match
  }
}
