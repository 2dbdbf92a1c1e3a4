/// Words that other languages write as one with the next: `l’opposition`, `a-t-il`, `dell'arte`.
///
/// English keeps `don't` and `Afro-Caribbean` as one token each, and so does `Tokenizer`.
struct Elisions {
  /// The tokens, those words cut in two where the language writes them so. Words of its list stay whole: `aujourd'hui`.
  static func cut(
    _ tokens: [Token], _ language: Language, _ known: LayeredLexicon, in text: Swift.Span<UInt8>
  ) -> [Token] {
    guard language.traits.contains(.elision) else { return tokens }
    let pronouns = language.hyphenatedPronouns
    let all = tokens.span
    var cut: [Token] = []
    cut.reserveCapacity(tokens.count + tokens.count / 8)
    for i in all.indices {
      let token = all[i]
      guard token.kind == .word, known.value(of: token, in: text) == nil,
        let parts = parts(of: token.start..<token.end, pronouns, in: text),
        !isName(token, secondAt: parts.second, in: text) || all.beginsSentence(i)
      else {
        cut.append(token)
        continue
      }
      append(token.start..<parts.first, gap: token.gap, of: text, to: &cut)
      // "s'est-il"
      let second = parts.second..<token.end
      let more = self.parts(of: second, pronouns, in: text)
      append(second.lowerBound..<(more?.first ?? second.upperBound), gap: .none, of: text, to: &cut)
      if let more { append(more.second..<second.upperBound, gap: .none, of: text, to: &cut) }
    }
    return cut
  }

  /// Whether both words are capitalised, as in names: `D'Alema`, `N'Golo`.
  private static func isName(_ token: Token, secondAt second: Int, in text: Swift.Span<UInt8>) -> Bool {
    token.isCapitalised && (Tokenizer().tokens(in: text, second..<token.end).first?.isCapitalised ?? false)
  }

  private static func append(
    _ range: Range<Int>, gap: Token.PrecedingWhitespace, of text: Swift.Span<UInt8>, to tokens: inout [Token]
  ) {
    let first = tokens.count
    Tokenizer().append(text, range, to: &tokens)
    if tokens.indices.contains(first) { tokens[first].gap = gap }
  }

  /// No longer word ends with an apostrophe: `quest'anno`.
  private static let longestElided = 6

  /// Where the first word of two ends, and where the second begins.
  private static func parts(
    of word: Range<Int>, _ pronouns: [[UInt8]], in text: Swift.Span<UInt8>
  ) -> (first: Int, second: Int)? {
    var i = word.lowerBound + 1
    while i < word.upperBound - 1 {
      let byte = text[i]
      let isCurly = byte == 0xE2 && i + 2 < word.upperBound && text[i + 1] == 0x80 && text[i + 2] == 0x99
      if byte == UInt8(ascii: "'") || isCurly {
        let length = isCurly ? 3 : 1
        return i - word.lowerBound <= longestElided && i + length < word.upperBound ? (i, i + length) : nil
      }
      if byte == UInt8(ascii: "-") {
        return pronoun(after: i, endingAt: word.upperBound, pronouns, in: text).map { (i, $0) }
      }
      i += 1
    }
    return nil
  }

  /// Where the pronoun begins that a hyphen, or `-t-`, joins to its verb: `dit-il`, `ajoute-t-elle`.
  private static func pronoun(
    after hyphen: Int, endingAt end: Int, _ pronouns: [[UInt8]], in text: Swift.Span<UInt8>
  ) -> Int? {
    var start = hyphen + 1
    if start + 2 < end, text[start] == UInt8(ascii: "t"), text[start + 1] == UInt8(ascii: "-") { start += 2 }
    let isPronoun = pronouns.contains { pronoun in
      pronoun.count == end - start && pronoun.indices.allSatisfy { text[start + $0] | 0x20 == pronoun[$0] }
    }
    return isPronoun ? start : nil
  }
}
