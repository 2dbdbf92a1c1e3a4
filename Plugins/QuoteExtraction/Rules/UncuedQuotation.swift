import Hearsay
import HearsayText

/// A quotation that no attribution rule took, with what the rules for such quotations ask about it.
struct UncuedQuotation {
  /// The direct quote before a quotation.
  struct PreviousQuote {
    /// Its index among the candidates.
    let number: Int
    let cue: Int?
    let speaker: Range<Int>?
    /// One after its last token.
    let end: Int?
  }

  let index: Int
  let span: QuotationSpan
  let content: Range<Int>
  /// Whether it ends as a sentence does, or with a comma after enough words.
  let isWhole: Bool
  /// Whether it begins a line.
  let startsLine: Bool
  /// Whether it is a sentence after a colon: `She has a plan: “We will wait.”`
  let isIntroduced: Bool
  /// Whether it is a paragraph, or more.
  let isParagraph: Bool
  /// Whether the quotation before it belongs to a quote, and no paragraph begins with this one.
  let followsQuote: Bool
  /// The same, with no paragraph between them.
  let isInParagraphOfQuote: Bool
  let previous: PreviousQuote?

  /// `nil` where there is nothing between the marks.
  init?(_ index: Int, previous: PreviousQuote?, _ assembler: borrowing QuoteAssembler) {
    let span = assembler.quotations[index]
    let content = span.content
    guard let last = content.last else { return nil }
    self.index = index
    self.span = span
    self.content = content
    self.previous = previous
    let lastMark = assembler.analysis.tokens[last].mark
    isWhole = lastMark.endsSentence || lastMark == .comma && content.count > 8
    let gap = assembler.analysis.tokens[span.open].gap
    startsLine = gap >= .line
    followsQuote = index > 0 && assembler.occupancy.isConsumed(index - 1) && gap != .paragraph
    isInParagraphOfQuote =
      followsQuote
      && !assembler.analysis.tokens[..<span.open].dropFirst(assembler.quotations[index - 1].endToken)
        .contains { $0.gap == .paragraph }
    let next = span.endToken
    isIntroduced =
      span.open > 0 && assembler.analysis.tokens[span.open - 1].mark == .colon
      && (isWhole
        || assembler.analysis.tokens.indices.contains(next) && assembler.analysis.tokens[next].mark.endsSentence)
    isParagraph =
      startsLine
      && (span.close + 1 >= assembler.analysis.tokens.count
        || assembler.analysis.tokens[span.close + 1].gap == .paragraph || span.continues)
  }
}

/// What a rule makes of a quotation without a cue.
enum UncuedMatch {
  case quote(kind: Quote.Kind = .direct, speaker: Range<Int>? = nil, confidence: Double, isBlock: Bool = false)
  /// Marked words that are nobody's speech.
  case markedWords(Range<Int>, confidence: Double)
  /// It continues the candidate with that index.
  case continuation(of: Int)
}

extension RuleContext {
  /// Whether a sentence ends directly before the quotation, or before a conjunction that it begins with: `But “we won.”`
  func beginsSentence(_ quotation: QuotationSpan) -> Bool {
    var before = quotation.open - 1
    if before > 0, analysis.classes[before] == .conjunction { before -= 1 }
    guard before > 0 else { return true }
    let mark = analysis.tokens[before].mark
    return (mark.isDoubleQuote ? analysis.tokens[before - 1].mark : mark).endsSentence
  }
}

extension AnalyzedText {
  /// The tokens without a comma at the end.
  func withoutCommaAtEnd(_ range: Range<Int>) -> Range<Int> {
    if let last = range.last, tokens[last].mark == .comma { return range.dropLast() }
    return range
  }
}
