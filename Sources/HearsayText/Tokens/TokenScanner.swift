/// One pass over a text: where it stands, and what stands before the next token.
struct TokenScanner: ~Escapable {
  let text: Swift.Span<UInt8>
  var position: Int
  let end: Int
  var gap = Token.PrecedingWhitespace.paragraph

  @_lifetime(copy text)
  init(text: Swift.Span<UInt8>, position: Int, end: Int) {
    self.text = text
    self.position = position
    self.end = end
  }

  /// The byte `distance` after the position; 0 outside the range.
  @inline(__always)
  func byte(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < end ? text[index] : 0
  }

  /// The next token where it is a word of ASCII letters alone, at most one space before it: the most of any text. `nil`
  /// where it may be another, and nothing is taken then.
  @inline(__always)
  mutating func plainWord() -> Token? {
    var start = position
    if start < end, text[start] == 0x20 { start += 1 }
    var i = start
    var hash = WordHash()
    var uppers = 0
    // Eight bytes a step: most words are shorter, and how long one is costs no branch.
    while true {
      guard i + 8 <= end else { return nil }
      // Invariant: i + 8 <= end <= text.count
      let word = unsafe UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      let folded = word | 0x2020_2020_2020_2020
      let low = folded & 0x7F7F_7F7F_7F7F_7F7F
      let letters = (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & 0x8080_8080_8080_8080
      let others = letters ^ 0x8080_8080_8080_8080
      // A bit a byte: their sum ends up in the highest byte, where baseline x86-64 counts bits in thirty steps.
      let capitals = ((letters >> 2) & ~word & ((others & (0 &- others)) &- 1)) >> 5
      uppers += Int(truncatingIfNeeded: (capitals &* 0x0101_0101_0101_0101) >> 56)
      guard others != 0 else {
        hash.add(eight: folded)
        i += 8
        continue
      }
      let count = others.trailingZeroBitCount / 8
      if count > 0 { hash.add(last: folded & ((1 << UInt64(8 * count)) &- 1)) }
      i += count
      break
    }
    let letters = i - start
    guard letters > 0, i < end else { return nil }
    let next = text[i]
    guard endsPlainWord(next) || next == UInt8(ascii: ".") && letters > 1 else { return nil }
    let shape = Token.Shape(letters: letters, uppers: uppers, startsUpper: text[start] & 0x20 == 0)
    let gap = start > position && self.gap != .paragraph ? .space : self.gap
    position = i
    self.gap = .none
    return Token(start: start, count: UInt32(clamping: letters), hash: hash.value, kind: .word, shape: shape, gap: gap)
  }

  mutating func next() -> Token? {
    // One space before a letter: the usual gap.
    if position + 1 < end, text[position] == 0x20, (text[position + 1] | 0x20) &- UInt8(ascii: "a") < 26 {
      position += 1
      if gap != .paragraph { gap = .space }
    } else {
      skipSpace()
    }
    guard position < end else { return nil }
    let first = text[position]
    defer { gap = .none }
    switch ByteClass.of(first) {
    case .letter: return word()
    case .digit: return number()
    case .wide:
      let (mark, length) = Punctuation.wide(first, byte(1), byte(2))
      switch mark {
      case .none: return word()
      case .curlySingleRight: return apostrophe(length: length, mark)
      default: return self.mark(mark, length)
      }
    case .apostrophe: return apostrophe(length: 1, .straightSingle)
    case .space, .mark: return asciiMark(first)
    }
  }

  // MARK: Space

  private mutating func skipSpace() {
    var lineBreaks = 0
    let start = position
    while position < end {
      let byte = text[position]
      if byte == 0x0A {
        lineBreaks += 1
        position += 1
      } else if byte <= 0x20 || byte == 0x7F {
        position += 1
      } else if byte >= 0xC2, let length = wideSpaceLength() {
        position += length
      } else {
        break
      }
    }
    guard position > start, gap != .paragraph else { return }
    gap = lineBreaks >= 2 ? .paragraph : lineBreaks == 1 ? .line : .space
  }

  /// The length of a Unicode space at the position: NBSP, the spaces of U+2000–200B, U+202F, U+3000, BOM.
  func wideSpaceLength() -> Int? {
    switch (byte(), byte(1), byte(2)) {
    case (0xC2, 0xA0, _), (0xC2, 0x85, _): 2
    case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): 3
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): 3
    default: nil
    }
  }
}

/// Whether a word of letters ends before this byte whatever comes after it: ASCII marks and space but those that may join.
@inline(__always)
private func endsPlainWord(_ byte: UInt8) -> Bool {
  // A bit for each byte from 0x20 to 0x3F: all but & ' - . and digits.
  let ends: UInt32 = ~(0x3FF << 16 | 1 << 6 | 1 << 7 | 1 << 13 | 1 << 14)
  return byte &- 0x20 < 32 ? ends >> UInt32(byte &- 0x20) & 1 == 1 : byte == 0x0A
}
