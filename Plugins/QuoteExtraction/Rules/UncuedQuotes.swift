import Hearsay
import HearsayText

/// A paragraph in quotation marks, or several. Who speaks is found later: see `BlockRule`.
enum ParagraphInMarks: UncuedRule {
  static let id = RuleID.paragraphInMarks
  static let summary = "a paragraph in quotation marks"
  static let examples = [
    RuleExample(
      "“We never agreed to any of this. It was forced on us.”\n\nThe council met. Ann Holm said:\n\nIt was short.",
      "direct|We never agreed to any of this. It was forced on us.|Ann Holm")
  ]

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    quotation.isParagraph ? .quote(confidence: 0.6, isBlock: true) : nil
  }
}

/// A quotation that begins a sentence in the paragraph of the quote before it.
enum QuotationAfterQuote: UncuedRule {
  static let id = RuleID.quotationAfterQuote
  static let summary = "a quotation after a quote in the same paragraph"
  static let examples = [
    RuleExample(
      "“I trusted him,” Jon Aldous said. He was calm. “I was wrong to do it at all, and it hurt me,” and then it rained.",
      "direct|I trusted him,|Jon Aldous", "direct|I was wrong to do it at all, and it hurt me,|Jon Aldous")
  ]

  /// No more tokens stand between the two.
  private static let furthest = 24

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    guard quotation.isInParagraphOfQuote, context.beginsSentence(quotation.span), let previous = quotation.previous,
      quotation.span.open - (previous.end ?? 0) < furthest
    else { return nil }
    return .quote(speaker: previous.speaker, confidence: 0.85)
  }
}

/// Words of a clause in quotation marks: a quotation where they are many, marked words where they are few.
enum WordsInClause: UncuedRule {
  static let id = RuleID.wordsInClause
  static let summary = "quotation marks within a clause"
  static let examples = [
    RuleExample(
      "The board met over “the plan to close the bridge and all roads” in May.",
      "scare|the plan to close the bridge and all roads|-")
  ]

  /// As many tokens are a quotation.
  private static let quotation = 12

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    guard !quotation.startsLine, !quotation.isIntroduced,
      !(quotation.isWhole && context.beginsSentence(quotation.span))
    else { return nil }
    return .quote(kind: quotation.content.count < Self.quotation ? .scare : .direct, confidence: 0.6)
  }
}

/// Any other quotation.
enum QuotationWithoutCue: UncuedRule {
  static let id = RuleID.quotationWithoutCue
  static let summary = "a quotation without a cue"
  static let examples = [
    RuleExample("It rained. “We will wait for it to end.” It was late.", "direct|We will wait for it to end.|-"),
    RuleExample("Lee has a plan for the town: “We will wait.”", "direct|We will wait.|Lee"),
  ]

  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch? {
    .quote(confidence: 0.6)
  }
}
