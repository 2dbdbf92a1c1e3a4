import HearsayText

/// A few words in quotation marks that are nobody's speech: `the so-called “plan”`.
enum MarkedWords: UncuedRule {
  static let id = RuleID.markedWords
  static let summary = "a few marked words"
  static let examples = [
    RuleExample("“Dam,” as a word, is short.", "scare|Dam|-"),
    RuleExample("The so-called “dam” broke.", "scare|dam|-"),
  ]

  /// More tokens are a quotation, whatever they end with.
  private static let most = 8

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    let count = quotation.content.count
    guard
      !quotation.isWhole || count <= 3 && !quotation.followsQuote || context.isTitle(quotation.index),
      count <= most, !quotation.span.continues, !quotation.isIntroduced
    else { return nil }
    return .markedWords(context.analysis.withoutCommaAtEnd(quotation.content), confidence: 0.8)
  }
}
