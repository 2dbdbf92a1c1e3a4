import Hearsay

/// Cuts a text into words, numbers and marks, in one pass over its bytes.
///
/// A word keeps what joins its letters: hyphens, apostrophes, the stops of `U.S.`, the ampersand of `AT&T`. A
/// possessive `'s` is a token of its own, so that `Lee's` begins with the name. White space is the next token's `gap`.
///
/// - Complexity: O(n); the one allocation is the caller's array.
public struct Tokenizer: Sendable {
  public init() {}

  /// The tokens of `range` of `text`, which is valid UTF-8. Offsets count from the start of `text`.
  public func tokens(in text: Swift.Span<UInt8>, _ range: Range<Int>? = nil) -> [Token] {
    var tokens: [Token] = []
    let range = range ?? 0..<text.count
    tokens.reserveCapacity(range.count / 4 + 8)
    append(text, range, to: &tokens)
    return tokens
  }

  /// Appends the tokens of `range` of `text` to `tokens`.
  public func append(_ text: Swift.Span<UInt8>, _ range: Range<Int>, to tokens: inout [Token]) {
    let end = min(range.upperBound, text.count, Int(UInt32.max))
    var scanner = TokenScanner(text: text, position: range.lowerBound, end: end)
    var isAtEnd = false
    while !isAtEnd {
      // As many at once as there is room for: each append alone would ask who else holds the array.
      let room = max(tokens.capacity - tokens.count, tokens.count / 2, 16)
      tokens.append(addingCapacity: room) { output in
        while !output.isFull {
          // Two paths, as most tokens are plain words.
          if let token = scanner.plainWord() {
            output.append(token)
          } else if let token = scanner.next() {
            output.append(token)
          } else {
            isAtEnd = true
            return
          }
        }
      }
    }
  }
}

/// The state of one pass.
private struct TokenScanner: ~Escapable {
  let text: Swift.Span<UInt8>
  var position: Int
  let end: Int
  private var gap = Token.PrecedingWhitespace.paragraph

  @_lifetime(copy text)
  init(text: Swift.Span<UInt8>, position: Int, end: Int) {
    self.text = text
    self.position = position
    self.end = end
  }

  /// The byte `distance` behind the position; 0 outside the range.
  private func byte(_ distance: Int = 0) -> UInt8 {
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
    let behind = text[i]
    guard endsPlainWord(behind) || behind == UInt8(ascii: ".") && letters > 1 else { return nil }
    let shape: Token.Shape
    if uppers == 0 {
      shape = .lower
    } else if uppers == letters {
      shape = letters == 1 ? .initial : .upper
    } else {
      shape = text[start] & 0x20 == 0 ? .capitalised : .mixed
    }
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
  private func wideSpaceLength() -> Int? {
    switch (byte(), byte(1), byte(2)) {
    case (0xC2, 0xA0, _), (0xC2, 0x85, _): 2
    case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): 3
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): 3
    default: nil
    }
  }

  // MARK: Words

  private mutating func word() -> Token {
    let start = position
    var hash = WordHash()
    var letters = 0
    var uppers = 0
    var startsUpper = false
    scan: while position < end {
      // A run of ASCII letters: most of most words, so the loop keeps all its state in registers.
      var i = position
      while i < end {
        let folded = text[i] | 0x20
        guard folded &- UInt8(ascii: "a") < 26 else { break }
        uppers &+= Int(~text[i] >> 5 & 1)
        hash.add(folded)
        i &+= 1
      }
      if i > position {
        if letters == 0 { startsUpper = text[position] & 0x20 == 0 }
        letters += i - position
        position = i
        continue scan
      }
      let byte = text[position]
      switch ByteClass.of(byte) {
      case .letter: break scan
      case .digit:
        hash.add(byte)
        position += 1
      case .wide:
        if byte == 0xE2, self.byte(1) == 0x80, self.byte(2) == 0x99 {
          guard joinsAsApostrophe(length: 3) else { break scan }
          hash.add(UInt8(ascii: "'"))
          position += 3
          continue scan
        }
        guard Punctuation.wide(byte, self.byte(1), self.byte(2)).mark == .none, wideSpaceLength() == nil else {
          break scan
        }
        let length = byte.utf8Length
        let isUpper = ByteClass.isUpperWide(byte, self.byte(1), self.byte(2))
        if letters == 0 { startsUpper = isUpper }
        letters += 1
        if isUpper { uppers += 1 }
        for i in position..<min(position + length, end) { hash.add(text[i]) }
        position = min(position + length, end)
      case .apostrophe:
        guard joinsAsApostrophe(length: 1) else { break scan }
        hash.add(byte)
        position += 1
      default:
        // A hyphen or an ampersand joins what stands on both sides of it; a stop joins and ends an abbreviation.
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "&"), position > start, isWordByte(self.byte(1)) {
          hash.add(byte)
          position += 1
        } else if byte == UInt8(ascii: "."), isAbbreviationStop(from: start) {
          hash.add(byte)
          position += 1
        } else {
          break scan
        }
      }
    }
    if position == start { position = min(position + max(1, byte().utf8Length), end) }
    let shape: Token.Shape =
      if letters == 0 || uppers == 0 {
        letters == 0 ? .none : .lower
      } else if uppers == letters {
        letters == 1 ? .initial : .upper
      } else {
        startsUpper ? .capitalised : .mixed
      }
    return Token(
      start: start, count: UInt32(clamping: position - start), hash: hash.value, kind: .word, shape: shape, gap: gap)
  }

  /// Whether the stop at the position belongs to `U.S.`, `a.m.` or `J.`-like letters: one letter, and either a letter
  /// and a stop follow, or such a pair stands before.
  private func isAbbreviationStop(from start: Int) -> Bool {
    let before = position - start
    guard before % 2 == 1, ByteClass.of(text[position - 1]) == .letter else { return false }
    if before > 1 { return text[start + 1] == UInt8(ascii: ".") }
    return ByteClass.of(byte(1)) == .letter && byte(2) == UInt8(ascii: ".")
  }

  /// Whether the apostrophe at the position stands inside a word (`don't`, `O'Neill`) and does not begin a possessive.
  private func joinsAsApostrophe(length: Int) -> Bool {
    let next = byte(length)
    guard isWordByte(next) else { return false }
    // 's at a word's end is a possessive or `is`: a token of its own.
    return !(next | 0x20 == UInt8(ascii: "s") && !isWordByte(byte(length + 1)))
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    let kind = ByteClass.of(byte)
    // Of the wide bytes, those that lead letters: Latin, Greek, Cyrillic and all behind, not U+2000 and its marks.
    return kind == .letter || kind == .digit || (kind == .wide && byte >= 0xC3 && byte != 0xE2)
  }

  private mutating func apostrophe(length: Int, _ mark: Punctuation) -> Token {
    if gap == .none, position > 0 {
      let s = byte(length) | 0x20 == UInt8(ascii: "s") && !isWordByte(byte(length + 1))
      let before = text[position - 1]
      let followsWord = isWordByte(before) || before.isUTF8Continuation && before != 0x99 && before != 0x98
      if s, followsWord || before == UInt8(ascii: ".") {
        return possessive(length + 1)
      }
    }
    return self.mark(mark, length)
  }

  private mutating func possessive(_ length: Int) -> Token {
    let start = position
    position += length
    var hash = WordHash()
    hash.add(UInt8(ascii: "'"))
    hash.add(UInt8(ascii: "s"))
    return Token(start: start, count: UInt32(length), hash: hash.value, kind: .possessive, gap: gap)
  }

  // MARK: Numbers

  private mutating func number() -> Token {
    let start = position
    var hash = WordHash()
    while position < end {
      let byte = text[position]
      let kind = ByteClass.of(byte)
      let joins = byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
      guard kind == .digit || kind == .letter || joins && ByteClass.of(self.byte(1)) == .digit else { break }
      hash.add(kind == .letter ? byte | 0x20 : byte)
      position += 1
    }
    return Token(start: start, count: UInt32(clamping: position - start), hash: hash.value, kind: .number, gap: gap)
  }

  // MARK: Marks

  private mutating func mark(_ mark: Punctuation, _ length: Int) -> Token {
    let start = position
    position = min(position + length, end)
    return Token(start: start, count: UInt32(position - start), kind: .mark, mark: mark, gap: gap)
  }

  private mutating func asciiMark(_ byte: UInt8) -> Token {
    switch byte {
    case UInt8(ascii: ","): return mark(.comma, 1)
    case UInt8(ascii: "."):
      var dots = 1
      while self.byte(dots) == byte { dots += 1 }
      return dots >= 2 ? mark(.ellipsis, dots) : mark(.stop, 1)
    case UInt8(ascii: "?"): return mark(.question, 1)
    case UInt8(ascii: "!"): return mark(.exclamation, 1)
    case UInt8(ascii: ":"): return mark(.colon, 1)
    case UInt8(ascii: ";"): return mark(.semicolon, 1)
    case UInt8(ascii: "\""): return mark(.straightDouble, 1)
    case UInt8(ascii: "-"):
      var dashes = 1
      while self.byte(dashes) == byte { dashes += 1 }
      return mark(.dash, dashes)
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return mark(.openBracket, 1)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return mark(.closeBracket, 1)
    default: return mark(.other, 1)
    }
  }
}

/// Whether a word of letters ends before this byte whatever comes behind it: ASCII marks and space but those that may join.
@inline(__always)
private func endsPlainWord(_ byte: UInt8) -> Bool {
  // A bit for each byte from 0x20 to 0x3F: all but & ' - . and digits.
  let ends: UInt32 = ~(0x3FF << 16 | 1 << 6 | 1 << 7 | 1 << 13 | 1 << 14)
  return byte &- 0x20 < 32 ? ends >> UInt32(byte &- 0x20) & 1 == 1 : byte == 0x0A
}
