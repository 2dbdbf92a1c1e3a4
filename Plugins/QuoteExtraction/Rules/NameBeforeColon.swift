import HearsayText

/// A name before a colon without a verb, after a dash, `from` or the start of a line: `More from Lee: “We won.”`
enum NameBeforeColon: SpeakerRule {
  static let id = RuleID.nameBeforeColon
  static let summary = "a name and a colon before the quotation"
  static let examples = [
    RuleExample("It rained in May.\n\nAnn Lee (Harbour Authority): “We won.”", "direct|We won.|Ann Lee"),
    RuleExample("It rained in May. More from Ann Lee: “We won.”", "direct|We won.|Ann Lee"),
  ]

  /// No name is longer, in tokens, and no words in brackets after it.
  private static let longest = 8

  static func speaker(
    of quotation: QuotationSpan, content: Range<Int>, in context: borrowing RuleContext
  ) -> Range<Int>? {
    guard let end = end(before: quotation.open - 1, context.analysis),
      let start = start(of: end, context.analysis)
    else { return nil }
    let isApart =
      start == 0 || context.analysis.tokens[start].gap >= .line || context.analysis.tokens[start - 1].mark == .dash
      || context.analysis.isWord(start - 1, "from", in: context.text)
      || context.analysis.isWord(start - 1, "by", in: context.text)
    return isApart ? start..<end : nil
  }

  /// The end of a name before the colon, brackets between them aside: `Ann Lee (Harbour Authority): “We won.”`
  private static func end(before colon: Int, _ analysis: AnalyzedText) -> Int? {
    let tokens = analysis.tokens
    guard colon > 0, tokens[colon].mark == .colon else { return nil }
    var end = colon
    if tokens[end - 1].mark == .closeBracket {
      while end > 0, colon - end < longest, tokens[end].mark != .openBracket { end -= 1 }
      guard tokens[end].mark == .openBracket else { return nil }
    }
    return end > 0 ? end : nil
  }

  private static func start(of end: Int, _ analysis: AnalyzedText) -> Int? {
    let tokens = analysis.tokens
    var start = end
    var isName = false
    while start > 0, end - start < longest {
      let token = tokens[start - 1]
      let isStop = token.mark == .stop && tokens[start].gap == .space
      guard token.kind == .word || token.kind == .possessive || isStop else { break }
      if token.shape == .lower {
        guard analysis.classes[start - 1] == .conjunction && isName else { break }
      } else if token.kind == .word {
        isName = true
      }
      start -= 1
      if tokens[start].gap >= .line { break }
    }
    return isName && end > start ? start : nil
  }
}
