/// Texts whose paragraphs have no blank line between them.
enum ParagraphNormalizer {
  /// The tokens, lines read as paragraphs where most of them end with a sentence or a colon: text that is broken at a width
  /// ends its lines anywhere, and keeps them.
  static func readAsParagraphs(_ tokens: [Token], _ marksAndLines: [Int]) -> [Token] {
    var ends: [Int] = []
    var others = 0
    for i in marksAndLines where i > 0 && tokens[i].gap == .line {
      if isEnd(before: i, in: tokens.span) { ends.append(i) } else { others += 1 }
    }
    guard ends.count > others else { return tokens }
    var tokens = tokens
    for i in ends { tokens[i].gap = .paragraph }
    return tokens
  }

  /// Whether a sentence or a colon ends before the token, marks that close after it included.
  private static func isEnd(before next: Int, in tokens: Swift.Span<Token>) -> Bool {
    var i = next - 1
    while i > 0 {
      let (mark, gap) = (tokens[i].mark, tokens[i].gap)
      guard gap < .line, mark.isDoubleQuote || mark.isSingleQuote || mark == .closeBracket else { break }
      i -= 1
    }
    let mark = tokens[i].mark
    return mark.endsSentence || mark == .colon
  }
}
