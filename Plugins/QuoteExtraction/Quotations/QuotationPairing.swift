import Hearsay
import HearsayText

/// Pairs double quotation marks. Damage stays within its paragraph: a quotation ends with it, unless the next paragraph
/// opens with a mark, as newspapers write a quotation of several paragraphs.
enum QuotationPairing {
  static func quotations(in analysis: AnalyzedText) -> [QuotationSpan] {
    let tokens = analysis.tokens.span
    var pairs: [QuotationSpan] = []
    var open: Int?
    // The first token on a line of its own in it.
    var line: Int?
    var nested = NestedQuotationMarks()
    let marksAndLines = analysis.marksAndLines.span
    for position in marksAndLines.indices {
      let i = marksAndLines[position]
      let token = tokens[i]
      if token.gap == .paragraph, let start = open {
        pairs.append(QuotationSpan(open: start, close: i, isClosed: false, continues: token.mark.isDoubleQuote))
        open = nil
      }
      // Where a sentence ends before it: text wrapped at a width breaks its lines anywhere.
      if token.gap >= .line, open != nil, line == nil, tokens[i - 1].mark.endsSentence { line = i }
      guard token.mark.isDoubleQuote, !isOfInches(i, in: tokens) else { continue }
      let openMark: Punctuation? = if let open { tokens[open].mark } else { nil }
      switch side(of: i, in: tokens, isOpen: openMark) {
      case .opening:
        // A second opening mark: on a later line the first was never closed, on the same line it stands within.
        if let start = open {
          guard let end = line else {
            nested.open(at: position, within: start, in: marksAndLines, of: tokens)
            continue
          }
          pairs.append(QuotationSpan(open: start, close: end, isClosed: false, continues: end == i))
        }
        open = i
        line = nil
        nested.reset()
      case .closing:
        guard let start = open, !nested.close(token.mark) else { continue }
        if i > start + 1 { pairs.append(QuotationSpan(open: start, close: i, isClosed: true)) }
        open = nil
      }
    }
    if let start = open { pairs.append(QuotationSpan(open: start, close: tokens.count, isClosed: false)) }
    return pairs
  }

  /// Whether the mark stands for inches after feet: `He is 6'2" tall.`
  private static func isOfInches(_ i: Int, in tokens: borrowing Swift.Span<Token>) -> Bool {
    guard i > 2, tokens[i].gap == .none, tokens[i - 1].kind == .number, tokens[i - 1].gap == .none else { return false }
    return tokens[i - 2].mark.isSingleQuote && tokens[i - 2].gap == .none && tokens[i - 3].kind == .number
  }

  private enum Side { case opening, closing }

  private static func side(of i: Int, in tokens: borrowing Swift.Span<Token>, isOpen: Punctuation?) -> Side {
    let token = tokens[i]
    switch token.mark {
    case .lowDouble: return .opening
    case .curlyDoubleLeft:
      if isOpen == .lowDouble { return .closing }
      // “Words“: typed twice alike, it closes only where a space or a comma follows it.
      let isAfter =
        token.gap == .none && (i + 1 >= tokens.count || tokens[i + 1].gap != .none || tokens[i + 1].mark == .comma)
      return isOpen == .curlyDoubleLeft && isAfter ? .closing : .opening
    case .curlyDoubleRight: return isOpen == nil && token.gap != .none ? .opening : .closing
    case .guillemetLeft: return isOpen == .guillemetRight ? .closing : .opening
    case .guillemetRight: return isOpen == nil ? .opening : .closing
    default:
      let spaceBefore = token.gap != .none || i == 0
      let spaceAfter = i + 1 >= tokens.count || tokens[i + 1].gap != .none
      if spaceBefore, !spaceAfter { return .opening }
      if spaceAfter, !spaceBefore { return .closing }
      if isOpen != nil { return .closing }
      let before = i > 0 ? tokens[i - 1].mark : .none
      return before == .openBracket || before == .dash || spaceBefore ? .opening : .closing
    }
  }
}
