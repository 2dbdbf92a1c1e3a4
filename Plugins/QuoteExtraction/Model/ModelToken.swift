import Hearsay
package import HearsayText

/// A token as the model reads it: a word or a mark, or all that a pair of quotation marks holds.
package struct ModelToken {
  /// A hash of the word in lower case; for marks and quotations a small number that says which.
  package var word: UInt32
  /// A hash of the word's last three bytes.
  package var ending: UInt32
  /// A hash of the word without the ending of a verb form; the same as `word` for what cannot be a verb.
  package var stem: UInt32
  package var kind: PartOfSpeech
  var gap: Token.PrecedingWhitespace
  /// Whether a sentence begins here.
  package var beginsSentence: Bool
  /// The tokens of the text, marks included.
  package var first: Int32
  package var end: Int32
  /// The index of the quotation in marks, or -1.
  package var quotation: Int32

  package var textTokens: Range<Int> { Int(first)..<Int(end) }
  package var isQuotation: Bool { quotation >= 0 }
  /// Whether a quotation ends as one does before its cue, or as a sentence does.
  var endsQuotation: Bool { (1...3).contains(word / 6) }
}

extension ModelToken {
  /// A token outside quotations.
  @inline(__always)
  init(
    _ token: Token, _ kind: PartOfSpeech, at i: Int, beginsSentence: Bool, in text: Swift.Span<UInt8>
  ) {
    let isMark = token.kind == .mark
    word = isMark ? 64 + UInt32(token.mark.rawValue) : token.hash
    ending = isMark ? 0 : token.ending(in: text)
    stem = kind.hasStem ? token.stem(in: text) : word
    self.kind = kind
    gap = token.gap
    self.beginsSentence = beginsSentence
    first = Int32(truncatingIfNeeded: i)
    end = Int32(truncatingIfNeeded: i + 1)
    quotation = -1
  }

  /// What a pair of quotation marks holds.
  init(
    _ span: QuotationSpan, _ number: Int, tokens range: Range<Int>, of tokens: Swift.Span<Token>, beginsSentence: Bool
  ) {
    word = Self.shape(of: span.content, tokens)
    stem = word
    let start = span.content.lowerBound
    ending = start < tokens.count ? tokens[start].hash : 0
    kind = .quotation
    gap = tokens[range.lowerBound].gap
    self.beginsSentence = beginsSentence
    first = Int32(truncatingIfNeeded: range.lowerBound)
    end = Int32(truncatingIfNeeded: range.upperBound)
    quotation = Int32(truncatingIfNeeded: number)
  }

  /// How a quotation looks from outside: how it ends, whether it begins as a sentence does, and how long it is; below 64.
  private static func shape(of content: Range<Int>, _ tokens: Swift.Span<Token>) -> UInt32 {
    guard let first = content.first, let last = content.last, last < tokens.count else { return 0 }
    let ending: UInt32 =
      switch tokens[last].mark {
      case .comma: 1
      case .stop, .ellipsis: 2
      case .question, .exclamation: 3
      case .none: 0
      default: 4
      }
    let length: UInt32 = content.count < 4 ? 0 : content.count < 9 ? 1 : 2
    let capital: UInt32 = tokens[first].isCapitalised ? 1 : 0
    return (ending * 3 + length) * 2 + capital
  }
}

extension PartOfSpeech {
  /// Whether the word may be a form of a verb.
  fileprivate var hasStem: Bool {
    switch self {
    case .speech, .thought, .evaluativeVerb, .endingIng, .endingEd, .endingS: true
    default: false
    }
  }
}

extension Token {
  /// A hash of the last three bytes.
  @inline(__always)
  fileprivate func ending(in text: Swift.Span<UInt8>) -> UInt32 {
    func byte(_ i: Int) -> UInt32 { i < start ? 0 : UInt32(text[i] | 0x20) }
    return byte(end - 3) << 16 | byte(end - 2) << 8 | byte(end - 1)
  }

  /// A hash of the bytes without `ing`, `ed`, `s` or `e` at the end, a doubled letter there taken once: the same for most
  /// forms of a verb, and sometimes for unrelated words.
  fileprivate func stem(in text: Swift.Span<UInt8>) -> UInt32 {
    var last = end
    if count > 4 {
      let (b, c) = (text[last - 2] | 0x20, text[last - 1] | 0x20)
      if c == UInt8(ascii: "g"), b == UInt8(ascii: "n"), text[last - 3] | 0x20 == UInt8(ascii: "i") {
        last -= 3
      } else if c == UInt8(ascii: "d"), b == UInt8(ascii: "e") {
        last -= 2
      } else if c == UInt8(ascii: "s"), b != c {
        last -= 1
      }
      if text[last - 1] | 0x20 == UInt8(ascii: "e") { last -= 1 }
      if last - start > 3, text[last - 1] | 0x20 == text[last - 2] | 0x20 { last -= 1 }
    }
    var hash: UInt32 = 0
    var i = start
    while i < last {
      var byte = text[i] | 0x20
      // `deny`, `denied`
      if i == last - 1, byte == UInt8(ascii: "y") { byte = UInt8(ascii: "i") }
      hash = (hash ^ UInt32(byte)) &* 0x0100_0193
      i += 1
    }
    return hash
  }
}
