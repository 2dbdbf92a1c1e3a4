import HearsayText

/// A clause with a phrase that names its source: `According to Lee, it rained`, `laut Polizei`, `selon Lee`.
enum AccordingTo: AttributionRule {
  static let id = RuleID.accordingTo
  static let summary = "the clause with 'according to' or its like"
  static let examples = [
    RuleExample("According to Bo Ray, the rain has stopped.", "indirect|the rain has stopped|Bo Ray"),
    RuleExample("The rain has stopped, according to Bo Ray.", "indirect|The rain has stopped|Bo Ray"),
    RuleExample(
      "Laut Polizei wurden drei Menschen verletzt.", "indirect|wurden drei Menschen verletzt|Polizei",
      language: "de"),
  ]

  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch? {
    guard let phrase = SourcePhrase(cue, in: context), !phrase.isAnaphoric else { return nil }
    let sentence = context.sentence
    let source = phrase.source
    var content = sentence.lowerBound..<phrase.start
    if phrase.isFirst {
      let isComma =
        source.upperBound < sentence.upperBound && context.analysis.tokens[source.upperBound].mark == .comma
      guard isComma || context.language.traits.contains(.verbSecond) else { return nil }
      content = min(source.upperBound + (isComma ? 1 : 0), sentence.upperBound)..<sentence.upperBound
    }
    while let last = content.last, context.analysis.tokens[last].kind == .mark,
      !context.analysis.tokens[last].mark.isDoubleQuote
    { content = content.dropLast() }
    guard content.count >= 3, content.count <= RuleContext.longestClause else { return nil }
    var match = AttributionMatch(.clause(content), speaker: source)
    // "Drei Menschen wurden laut Polizei verletzt."
    if context.language.traits.contains(.verbSecond), !phrase.isFirst {
      let rest = context.analysis.withoutMarksAtEnd(
        source.upperBound..<max(source.upperBound, sentence.upperBound))
      if let first = rest.first, context.analysis.tokens[first].kind == .word { match.trailingPiece = rest }
    }
    return match
  }
}

/// A phrase that names a source: `according to Lee`.
struct SourcePhrase {
  let start: Int
  let source: Range<Int>
  /// Whether the sentence begins with it.
  let isFirst: Bool
  /// Whether the sentence is nothing but the phrase, so that what it is about stands before: `Così il ministro.`
  let isAnaphoric: Bool

  init?(_ cue: Int, in context: borrowing RuleContext) {
    let sentence = context.sentence
    var last = cue
    if context.analysis.roles[cue] == .accordingTo {
      guard cue + 1 < sentence.upperBound, context.analysis.classes[cue + 1] == .to else { return nil }
      last = cue + 1
    }
    // "nach Angaben der Polizei", "de acuerdo con"
    start = cue > sentence.lowerBound && context.analysis.classes[cue - 1].isPreposition ? cue - 1 : cue
    isFirst = start == sentence.lowerBound
    isAnaphoric = isFirst && context.analysis.classes[cue] == .as
    // "…, so der Minister"
    if context.analysis.classes[cue] == .as, !isFirst, !context.endsWithComma(before: start) { return nil }
    guard let source = context.analysis.subject(after: last, to: sentence.upperBound, in: context.text) else {
      return nil
    }
    self.source = source
  }
}
