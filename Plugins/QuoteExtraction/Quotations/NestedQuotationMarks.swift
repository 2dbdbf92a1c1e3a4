import Hearsay
import HearsayText

/// Which double quotation marks stand within a quotation: `"They chant “USA!” and leave."`
///
/// Where a paragraph has as many opening marks as closing ones, those within a quotation count as written. Elsewhere a mark is
/// missing, and the first closing one ends the quotation, so that the damage stays small.
struct NestedQuotationMarks {
  /// The number of curly ones open within the quotation.
  private var curly = 0
  private var isStraightOpen = false
  /// The paragraph read last, as positions in `marksAndLines`.
  private var paragraph = 0..<0
  private var areCurlyPaired = false
  private var areStraightPaired = false

  /// Takes a mark that opens within a quotation.
  ///
  /// - Parameters:
  ///   - position: Of the mark in `marksAndLines`.
  ///   - start: The token that opened the quotation.
  mutating func open(
    at position: Int, within start: Int, in marksAndLines: Swift.Span<Int>, of tokens: Swift.Span<Token>
  ) {
    let (mark, outer) = (tokens[marksAndLines[position]].mark, tokens[start].mark)
    // Two at once are one that was written twice.
    guard marksAndLines[position] > start + 1 else { return }
    let isCurly = mark == .curlyDoubleLeft && (outer == .curlyDoubleLeft || outer == .straightDouble)
    guard isCurly || mark == .straightDouble && outer == .curlyDoubleLeft else { return }
    if !paragraph.contains(position) { readParagraph(around: position, in: marksAndLines, of: tokens) }
    guard areCurlyPaired else { return }
    if isCurly { curly += 1 } else if areStraightPaired { isStraightOpen = true }
  }

  /// Whether the mark closes one that stands within the quotation, and not the quotation.
  mutating func close(_ mark: Punctuation) -> Bool {
    if mark == .curlyDoubleRight, curly > 0 {
      curly -= 1
      return true
    }
    guard mark == .straightDouble, isStraightOpen else { return false }
    isStraightOpen = false
    return true
  }

  /// Forgets what is open, at the start of a quotation.
  mutating func reset() {
    curly = 0
    isStraightOpen = false
  }

  private mutating func readParagraph(
    around position: Int, in marksAndLines: Swift.Span<Int>, of tokens: Swift.Span<Token>
  ) {
    var start = position
    while start > 0 {
      if Self.beginsParagraph(marksAndLines[start], in: tokens) { break }
      start -= 1
    }
    var end = start
    var (opening, closing, straight) = (0, 0, 0)
    while end < marksAndLines.count {
      if end > position, Self.beginsParagraph(marksAndLines[end], in: tokens) { break }
      switch tokens[marksAndLines[end]].mark {
      case .curlyDoubleLeft: opening += 1
      case .curlyDoubleRight: closing += 1
      case .straightDouble: straight += 1
      default: break
      }
      end += 1
    }
    paragraph = start..<end
    areCurlyPaired = opening == closing
    areStraightPaired = straight.isMultiple(of: 2)
  }

  /// Whether a paragraph begins with the token, or a line after the end of a sentence.
  private static func beginsParagraph(_ i: Int, in tokens: Swift.Span<Token>) -> Bool {
    let gap = tokens[i].gap
    guard gap == .line, i > 0 else { return gap == .paragraph }
    return tokens[i - 1].mark.endsSentence
  }
}
