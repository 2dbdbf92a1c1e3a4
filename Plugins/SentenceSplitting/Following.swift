import HearsayText

/// What follows a place where a sentence may end.
struct Following {
  enum Kind {
    case upper, lower, digit
    /// A mark that begins no sentence: `,`, `)`.
    case mark
    /// A letter without case, a symbol.
    case other
  }

  var kind: Kind
  /// Where the first word begins, after what opens it.
  var start: Int
  /// Whether a blank line or nothing at all follows.
  var isParagraph = false
  var hasQuote = false
  /// Whether `¿` or `¡` stands before the word: it begins a sentence or a part of one.
  var isSpanishOpening = false
}

extension SentencePass {
  func following(from offset: Int) -> Following {
    var i = offset
    var breaks = 0
    var hasQuote = false
    var isSpanishOpening = false
    while i < text.count {
      if text[i] == 0x0A { breaks += 1 }
      if let length = text.spaceLength(at: i) {
        i += length
      } else if text[i] == UInt8(ascii: "-"), text.byte(i + 1) == 0x20 {
        i += 2
      } else if let length = text.openerLength(at: i), i - offset < 16 {
        if text[i] == UInt8(ascii: "["), text.omissionEnd(at: i) != nil { return Following(kind: .mark, start: i) }
        if text[i] == 0xC2, text.byte(i + 1) != 0xAB, text.byte(i + 1) != 0xBB { isSpanishOpening = true }
        if text[i] != UInt8(ascii: "("), text[i] != UInt8(ascii: "[") { hasQuote = true }
        i += length
      } else {
        break
      }
    }
    if breaks >= 2 || i >= text.count { return Following(kind: .other, start: i, isParagraph: true) }
    return Following(kind: kind(at: i), start: i, hasQuote: hasQuote, isSpanishOpening: isSpanishOpening)
  }

  private func kind(at i: Int) -> Following.Kind {
    let first = text[i]
    if first.isUpper { return .upper }
    if first.isLower { return .lower }
    if first.isDigit { return .digit }
    switch first {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "}"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "%"):
      // "? Best regards": a mark that stands free after a finished sentence begins the next.
      return first == UInt8(ascii: "?") && text.byte(i + 1) == 0x20 ? .other : .mark
    case UInt8(ascii: "/"): return text.byte(i + 1) == 0x20 ? .mark : .other
    case UInt8(ascii: "."):
      // "...and then" goes on as a sentence of its own; a lone stop does not.
      return text.byte(i + 1) == first && text.byte(i + 3) > 0x20 && text.byte(i + 3) != first ? .other : .mark
    case 0xE2:
      // № and the ellipsis
      return text.byte(i + 1) == 0x84 && text.byte(i + 2) == 0x96
        || text.byte(i + 1) == 0x80 && text.byte(i + 2) == 0xA6
        ? .mark : .other
    case 0xC2: return text.byte(i + 1) == 0xB0 || text.byte(i + 1) == 0xBA ? .mark : .other
    case 0x80...:
      switch LetterCase(of: text.scalar(at: i).value) {
      case .upper: return .upper
      case .lower: return .lower
      case .none: return .other
      }
    default: return .other
    }
  }
}
