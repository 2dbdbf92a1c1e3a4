import Hearsay

extension TokenScanner {
  mutating func word() -> Token {
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
        guard joins(byte, from: start) else { break scan }
        hash.add(byte)
        position += 1
      }
    }
    if position == start { position = min(position + max(1, byte().utf8Length), end) }
    let shape = Token.Shape(letters: letters, uppers: uppers, startsUpper: startsUpper)
    return Token(
      start: start, count: UInt32(clamping: position - start), hash: hash.value, kind: .word, shape: shape, gap: gap)
  }

  /// Whether the mark at the position belongs to the word: a hyphen or an ampersand joins what stands on both sides of it, a
  /// stop joins and ends an abbreviation.
  @inline(__always)
  private func joins(_ byte: UInt8, from start: Int) -> Bool {
    (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "&")) && position > start && isWordByte(self.byte(1))
      || byte == UInt8(ascii: ".") && isAbbreviationStop(from: start)
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

  func isWordByte(_ byte: UInt8) -> Bool {
    let kind = ByteClass.of(byte)
    // Of the wide bytes, those that lead letters: Latin, Greek, Cyrillic and all after it, not U+2000 and its marks.
    return kind == .letter || kind == .digit || (kind == .wide && byte >= 0xC3 && byte != 0xE2)
  }

  mutating func apostrophe(length: Int, _ mark: Punctuation) -> Token {
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
}

extension Token.Shape {
  /// The shape of a word of this many letters, of which `uppers` are upper-case.
  @inline(__always)
  init(letters: Int, uppers: Int, startsUpper: Bool) {
    self =
      if letters == 0 || uppers == 0 {
        letters == 0 ? .none : .lower
      } else if uppers == letters {
        letters == 1 ? .initial : .upper
      } else {
        startsUpper ? .capitalised : .mixed
      }
  }
}
