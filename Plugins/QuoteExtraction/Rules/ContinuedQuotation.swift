import HearsayText

/// A quotation that continues the quote before it: whole sentences of the same paragraph, not far after it, or a paragraph
/// of its own directly after it.
enum ContinuedQuotation: UncuedRule {
  static let id = RuleID.continuedQuotation
  static let summary = "a quotation that continues the quote before it"
  static let examples = [
    RuleExample(
      "“I trusted him,” Jon Aldous said. “I was wrong to.”", "direct|I trusted him, I was wrong to.|Jon Aldous")
  ]

  /// No more tokens stand between the two.
  private static let furthest = 40

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    guard let previous = quotation.previous, quotation.isWhole, let cue = previous.cue, let last = previous.end,
      !hasOwnClause(quotation.index, in: context)
    else { return nil }
    let open = quotation.span.open
    let from = min(max(last, cue + 1), open)
    guard open - from < furthest else { return nil }
    if context.analysis.tokens[open].gap == .paragraph {
      return context.analysis.tokens[from..<open].allSatisfy { $0.gap < .paragraph }
        ? .continuation(of: previous.number) : nil
    }
    guard context.analysis.tokens[open - 1].kind == .mark, context.analysis.tokens[open - 1].mark != .openBracket,
      context.analysis.tokens[from...open].allSatisfy({ $0.gap < .paragraph })
    else { return nil }
    return .continuation(of: previous.number)
  }

  /// Whether a clause directly after the quotation says who said it: its last mark is a comma, or its sentence goes on.
  private static func hasOwnClause(_ index: Int, in context: borrowing RuleContext) -> Bool {
    let end = context.quotations.run(from: index).upperBound - 1
    guard let last = context.quotations[end].content.last else { return false }
    let next = context.quotations[end].endToken
    guard context.analysis.tokens.indices.contains(next), context.analysis.tokens[next].gap < .line else {
      return false
    }
    return context.analysis.tokens[last].mark == .comma || context.analysis.tokens[next].shape == .lower
  }
}
