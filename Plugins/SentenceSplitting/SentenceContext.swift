import HearsayText

extension SentencePass {
  /// What is open where the pass stands.
  struct Context {
    /// How many brackets were opened in the current sentence and are open still.
    var brackets = 0
    /// Whether the current sentence began with an opening bracket.
    var beganInBracket = false
    /// Whether a straight double mark is open, and a single one that stands free.
    var inStraightDouble = false
    var inStraightSingle = false
    /// How many curly quotation marks or guillemets are open.
    var quotes = 0
    /// Whether the last of them was `„`, which `“` closes.
    var inLowQuote = false
    /// The number or letter that the current list counts next: `2` after `1.`, `b` after `a)`.
    var nextLabel: ListLabel?

    var isQuoted: Bool { inStraightDouble || quotes > 0 }

    mutating func beginSentence() {
      brackets = 0
      beganInBracket = false
    }

    mutating func beginParagraph() { self = Context() }
  }

  mutating func openBracket(at i: Int) -> Int {
    // "[...]" stands for words left out: it ends nothing.
    if let end = text.omissionEnd(at: i) {
      // But it belongs to the finished sentence before it.
      let before = text.scalarValue(before: text.skippingSpace(before: i, notBefore: start))
      let isFinished = before == 0x2E || before == 0x3F || before == 0x21
      if isFinished, i > start, text.byte(end) == 0x20, following(from: end).kind == .upper { self.end(at: end) }
      return end
    }
    if i == start { context.beganInBracket = true }
    context.brackets += 1
    return i + 1
  }

  mutating func closeBracket(at i: Int) -> Int {
    if text[i] == UInt8(ascii: ")"), itemLabel(endingAt: i) { return i + 1 }
    close(at: i)
    let next = i + 1
    // "(Reuters) The ministry said": a bracket that began the sentence was all of it.
    if context.beganInBracket, context.brackets == 0, text.byte(next) == 0x20 {
      let first = text.skippingSpace(from: next)
      if text.byte(first).isUpper || text.byte(first) == UInt8(ascii: "("), scanner.rules.isInformal { end(at: next) }
    }
    return next
  }

  mutating func straightQuote(at i: Int) -> Int {
    if text[i] == UInt8(ascii: "\"") {
      context.inStraightDouble.toggle()
    } else if text.byte(i + 1) == 0x20, i == 0 || text[i - 1] == 0x20 {
      context.inStraightSingle.toggle()
    }
    return i + 1
  }

  /// Notes the closing mark at `i`.
  mutating func close(at i: Int) {
    switch text[i] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), 0xEF, 0xE3: context.brackets = max(0, context.brackets - 1)
    case UInt8(ascii: "\""): context.inStraightDouble = false
    case UInt8(ascii: "'"): context.inStraightSingle = false
    default:
      // ’ is an apostrophe more often than a closing mark.
      if text[i] == 0xE2, text.byte(i + 2) == 0x99 { return }
      context.quotes = max(0, context.quotes - 1)
      context.inLowQuote = false
    }
  }

  /// Notes the quotation mark or wide bracket at `i`, if there is one.
  mutating func noteWideMark(at i: Int) {
    switch (text[i], text.byte(i + 1), text.byte(i + 2)) {
    case (0xE2, 0x80, 0x9E):
      context.quotes += 1
      context.inLowQuote = true
    case (0xE2, 0x80, 0x9C):
      context.quotes = context.inLowQuote ? max(0, context.quotes - 1) : context.quotes + 1
      context.inLowQuote = false
    case (0xE2, 0x80, 0x9D): context.quotes = max(0, context.quotes - 1)
    case (0xC2, 0xAB, _), (0xC2, 0xBB, _):
      // « opens but in German, where it closes what » opened: the one that comes first opens.
      context.quotes = context.quotes == 0 ? 1 : 0
    // （ 《 「 『 【 and what closes them
    case (0xEF, 0xBC, 0x88), (0xE3, 0x80, 0x8A), (0xE3, 0x80, 0x8C), (0xE3, 0x80, 0x8E), (0xE3, 0x80, 0x90):
      if i == start { context.beganInBracket = true }
      context.brackets += 1
    case (0xEF, 0xBC, 0x89), (0xE3, 0x80, 0x8B), (0xE3, 0x80, 0x8D), (0xE3, 0x80, 0x8F), (0xE3, 0x80, 0x91):
      context.brackets = max(0, context.brackets - 1)
    default: break
    }
  }

  /// Whether `offset` lies within a bracket that was opened inside the sentence and closes soon.
  func isInsideBracket(at offset: Int) -> Bool {
    guard context.brackets > 0, !context.beganInBracket else { return false }
    // Bounded: an opening bracket that nobody closed must not swallow the rest of the text, nor the time.
    let limit = min(text.count, offset + 300)
    var i = offset
    while i < limit {
      switch text[i] {
      case UInt8(ascii: ")"), UInt8(ascii: "]"): return true
      case 0x0A where text.byte(i + 1) == 0x0A: return false
      case 0xEF, 0xE3: if text.closerLength(at: i) != nil { return true }
      default: break
      }
      i += 1
    }
    return false
  }
}

extension Swift.Span<UInt8> {
  /// Where the `[...]` at `i` ends, or `nil`.
  func omissionEnd(at i: Int) -> Int? {
    guard byte(i) == UInt8(ascii: "[") else { return nil }
    var end = i + 1
    while byte(end) == UInt8(ascii: ".") || byte(end) == 0x20 { end += 1 }
    if end == i + 1, byte(end) == 0xE2, byte(end + 1) == 0x80, byte(end + 2) == 0xA6 { end += 3 }
    return end > i + 1 && byte(end) == UInt8(ascii: "]") ? end + 1 : nil
  }
}
