/// Single quotation marks that quote, as much of the British press has it: 'We won,' said Lee.
///
/// All later steps read them as double marks, and double marks within them as single ones. A text quotes so if more of
/// it stands in single marks than paragraphs have double ones: others have single marks in headlines, where double ones would
/// be in the text. What stands beside marks determines which are a pair, as apostrophes look alike: one before a word opens,
/// one after a comma or the end of a sentence closes, and the `'` of `the workers' rights` does not where such a one follows.
/// A pair around words without a comma or stop of their own ('missing' steel) counts where the text has no double marks.
/// Damage stays within its paragraph, unless the next one opens with a mark again.
struct SingleQuoteNormalizer {
  private enum Event {
    case paragraph
    case doubleMark
    case opening
    /// After a comma or the end of a sentence.
    case closing
    /// After a word, where a mark follows.
    case closingBeforeMark
    /// After a word.
    case closingWord
    /// After a word in -s, where another word follows.
    case possessive
  }

  private struct Pair {
    /// The opening marks, one a line or paragraph.
    var opens: [Int]
    var close: Int
    /// Whether more than the marks shows that words are quoted.
    var isSure: Bool
  }

  /// The tokens, quotation marks taken for double ones where they quote.
  ///
  /// - Parameter marks: The quotation marks, and the tokens that stand first on their line.
  static func normalize(_ tokens: [Token], _ marks: [Int], in text: Swift.Span<UInt8>) -> [Token] {
    guard marks.contains(where: { tokens[$0].mark.isSingleQuote }) else { return tokens }
    let events = events(at: marks, in: tokens, text)
    let (pairs, ofDoubleMarks) = pairs(of: events, in: tokens)
    guard pairs.count(where: \.isSure) > ofDoubleMarks else { return tokens }
    var tokens = tokens
    for pair in pairs where pair.isSure || ofDoubleMarks == 0 {
      for i in pair.opens[0]...pair.close { tokens[i].mark = tokens[i].mark.within }
      for open in pair.opens { tokens[open].mark = .curlyDoubleLeft }
      tokens[pair.close].mark = .curlyDoubleRight
    }
    return tokens
  }

  /// What matters, in order.
  private static func events(
    at marks: [Int], in tokens: [Token], _ text: Swift.Span<UInt8>
  ) -> [(at: Int, event: Event)] {
    var events: [(at: Int, event: Event)] = []
    for i in marks {
      let token = tokens[i]
      if token.gap == .paragraph { events.append((i, .paragraph)) }
      if token.mark.isDoubleQuote { events.append((i, .doubleMark)) }
      guard token.mark.isSingleQuote else { continue }
      if let event = event(at: i, in: tokens, text) { events.append((i, event)) }
    }
    return events
  }

  /// What a single mark looks like; `nil` for one that stands free or in a word.
  private static func event(at i: Int, in tokens: [Token], _ text: Swift.Span<UInt8>) -> Event? {
    let token = tokens[i]
    let before = i > 0 ? tokens[i - 1] : nil
    let after = i + 1 < tokens.count ? tokens[i + 1] : nil
    let isApart = token.gap != .none || before == nil || before?.mark == .openBracket || before?.mark == .dash
    // ‘Words‘: typed twice alike, it closes where a space is after it.
    if isApart || token.mark == .curlySingleLeft && after?.gap == Token.PrecedingWhitespace.none {
      guard token.mark != .curlySingleRight, let after, after.gap == .none else { return nil }
      return after.kind != .mark || after.mark.isDoubleQuote || after.mark == .ellipsis ? .opening : nil
    }
    guard var before else { return nil }
    // After the double mark of what is quoted within: "No."' it closes as after the stop.
    if before.mark.isDoubleQuote, i > 1 { before = tokens[i - 2] }
    if before.mark == .comma || before.mark.endsSentence || before.mark == .dash { return .closing }
    // Inside a word, as `rock'n'roll`, it is none.
    guard let after else { return .closingWord }
    if after.gap == .none { return after.kind == .mark ? .closingBeforeMark : nil }
    let isBehindS = token.start > 0 && text[token.start - 1] | 0x20 == UInt8(ascii: "s")
    return isBehindS && before.kind == .word && after.kind != .mark ? .possessive : .closingWord
  }

  /// The pairs, in order, and how many paragraphs quote in double marks.
  private static func pairs(of events: [(at: Int, event: Event)], in tokens: [Token]) -> ([Pair], ofDoubleMarks: Int) {
    // After which events a mark that closes comes before another opens.
    var closesLater = [Bool](repeating: false, count: events.count)
    for k in events.indices.dropLast().reversed() {
      switch events[k + 1].event {
      case .closing, .closingBeforeMark: closesLater[k] = true
      case .opening, .paragraph: closesLater[k] = false
      case .closingWord, .possessive, .doubleMark: closesLater[k] = closesLater[k + 1]
      }
    }
    var pairs: [Pair] = []
    var ofDoubleMarks = 0
    var isOfDoubleMarks = false
    var opens: [Int] = []
    for (k, (i, event)) in events.enumerated() {
      switch event {
      case .paragraph:
        isOfDoubleMarks = false
        // What is not taken up was no quotation, or never ended.
        let next = k + 1 < events.count ? events[k + 1] : nil
        if let next, next.at == i, next.event == .opening { continue }
        opens.removeAll()
      case .doubleMark:
        guard opens.isEmpty, !isOfDoubleMarks else { continue }
        // The paragraph quotes in double marks: single ones stand within them.
        isOfDoubleMarks = true
        ofDoubleMarks += 1
      case .opening:
        guard !isOfDoubleMarks else { continue }
        // A mark that opens while one is open, and not on a new line: that was an apostrophe, or is never closed.
        if tokens[i].gap < .line { opens.removeAll() }
        opens.append(i)
      case .closing, .closingBeforeMark, .closingWord, .possessive:
        guard let open = opens.last, i > open + 1, event != .possessive || !closesLater[k] else { continue }
        let isSentence = i - open > 3 && tokens[open + 1].isCapitalised
        let isSure = event == .closing || event == .closingBeforeMark && isSentence
        // A run of paragraphs ends as a sentence does, or it was none.
        pairs.append(Pair(opens: isSure ? opens : [open], close: i, isSure: isSure))
        opens.removeAll()
      }
    }
    return (pairs, ofDoubleMarks)
  }
}

extension Punctuation {
  /// The mark as it stands within another pair.
  fileprivate var within: Punctuation {
    switch self {
    case .straightDouble, .lowDouble, .guillemetLeft, .guillemetRight: .straightSingle
    case .curlyDoubleLeft: .curlySingleLeft
    case .curlyDoubleRight: .curlySingleRight
    default: self
    }
  }
}
