import HearsayText

/// A quotation with a dash and a name after it, on the same line or the next: `"We won." — Ann Lee, mayor`.
enum AttributionLine: UncuedRule {
  static let id = RuleID.attributionLine
  static let summary = "a quotation before a line of attribution"
  static let examples = [
    RuleExample("“We won.” — Ann Lee", "direct|We won.|Ann Lee"),
    RuleExample("“We won.”\n\n- Ann Lee, coach of Selby", "direct|We won.|Ann Lee"),
  ]

  /// No line of attribution is longer, in tokens.
  private static let longest = 16
  /// No name is longer, in tokens.
  private static let longestName = 8

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    let end = context.quotations.run(from: quotation.index).upperBound - 1
    let dash = context.quotations[end].endToken
    guard context.analysis.tokens.indices.contains(dash), context.analysis.tokens[dash].mark == .dash,
      let speaker = speaker(after: dash, context.analysis)
    else { return nil }
    return .quote(speaker: speaker, confidence: 0.9)
  }

  private static func speaker(after dash: Int, _ analysis: AnalyzedText) -> Range<Int>? {
    let tokens = analysis.tokens
    let start = dash + 1
    var end = start
    var name: Range<Int>?
    while end < tokens.count, end == start || tokens[end].gap < .line {
      guard end - start < longest, !analysis.classes[end].isVerbal || tokens[end].isCapitalised else { return nil }
      // What follows a comma or stands in brackets describes the one named.
      if name == nil, tokens[end].kind == .mark, tokens[end].mark != .other, tokens[end].mark != .stop {
        name = start..<end
      }
      // Another quotation begins on the same line.
      if tokens[end].mark.isDoubleQuote { return nil }
      end += 1
    }
    let whole = analysis.withoutMarksAtEnd(name ?? start..<end)
    guard let first = whole.first, whole.count <= longestName, tokens[first].isCapitalised else { return nil }
    return whole
  }
}
