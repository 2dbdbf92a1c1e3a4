import Hearsay
import HearsayText

extension Swift.Span<UInt8> {
  /// The byte at `i`; 0 after the end.
  @inline(__always)
  func byte(_ i: Int) -> UInt8 { i < count ? self[i] : 0 }

  /// The scalar at `i` of valid UTF-8; 0 after the end.
  func scalar(at i: Int) -> DecodedScalar { scalar(at: i, or: 0) }

  /// The length of the scalar at `i`.
  @inline(__always)
  func scalarLength(at i: Int) -> Int { byte(i).utf8Length }

  /// The scalar before `i`; 0 at the beginning.
  func scalarValue(before i: Int) -> UInt32 {
    guard i > 0, i <= count else { return 0 }
    var first = i - 1
    while first > 0, self[first].isUTF8Continuation { first -= 1 }
    return scalar(at: first).value
  }

  // MARK: White space

  /// The length of the white space at `i`, or `nil`.
  @inline(__always)
  func spaceLength(at i: Int) -> Int? {
    guard i < count else { return nil }
    let a = self[i]
    if a == 0x20 || a &- 0x09 < 5 { return 1 }
    return a < 0x80 ? nil : wideSpaceLength(at: i)
  }

  private func wideSpaceLength(at i: Int) -> Int? {
    switch (self[i], byte(i + 1), byte(i + 2)) {
    case (0xC2, 0xA0, _), (0xC2, 0x85, _): 2
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
      (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      3
    default: nil
    }
  }

  /// The length of the white space before `i`, or `nil`.
  func spaceLength(before i: Int) -> Int? {
    guard i > 0 else { return nil }
    if self[i - 1] < 0x80 { return spaceLength(at: i - 1) }
    for length in 2...3 where i >= length {
      if spaceLength(at: i - length) == length { return length }
    }
    return nil
  }

  /// The first offset from `i` on where no white space stands.
  func skippingSpace(from i: Int) -> Int {
    var i = i
    while let length = spaceLength(at: i) { i += length }
    return i
  }

  /// The offset before the white space that ends at `i`, no further back than `limit`.
  func skippingSpace(before i: Int, notBefore limit: Int) -> Int {
    var i = i
    while i > limit, let length = spaceLength(before: i) { i -= length }
    return Swift.max(i, limit)
  }

  // MARK: Marks that end a sentence

  /// The length of the mark at `i` that can end a sentence and needs white space after it, or `nil`.
  func markLength(at i: Int) -> Int? {
    guard i < count else { return nil }
    switch self[i] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return 1
    case 0x80...:
      switch (self[i], byte(i + 1), byte(i + 2)) {
      // … ‼ ‽ ⁇ ⁈ ⁉
      case (0xE2, 0x80, 0xA6), (0xE2, 0x80, 0xBC), (0xE2, 0x80, 0xBD), (0xE2, 0x81, 0x87...0x89): return 3
      default: return fullMarkLength(at: i) ?? scriptMarkLength(at: i)
      }
    default: return nil
    }
  }

  /// The length of a full-width or Ethiopic or Burmese mark: it ends a sentence, whatever follows.
  func fullMarkLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    // 。 ｡ ！ ？ ． ። ፧ ။
    case (0xE3, 0x80, 0x82), (0xEF, 0xBD, 0xA1), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xE1, 0x8D, 0xA2),
      (0xE1, 0x8D, 0xA7), (0xE1, 0x81, 0x8B):
      3
    default: nil
    }
  }

  /// The length of a mark that a script has for itself; white space follows it.
  func scriptMarkLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    // ։ ؟ ۔ U+061D–061F, Syriac U+0700–0702
    case (0xD6, 0x89, _), (0xD8, 0x9D...0x9F, _), (0xDB, 0x94, _), (0xDC, 0x80...0x82, _): 2
    // । ॥, Mongolian, Khmer ។ ៕, Tibetan ། ༎, Lao and Limbu have none; Greek question mark U+037E
    case (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5), (0xE1, 0xA0, 0x83), (0xE1, 0xA0, 0x89), (0xE1, 0x9F, 0x94),
      (0xE1, 0x9F, 0x95), (0xE0, 0xBC, 0x8D...0x8E):
      3
    case (0xCD, 0xBE, _): 2
    default: nil
    }
  }

  // MARK: Marks around a sentence

  /// The length of a bracket or quotation mark at `i` that can close, or `nil`.
  func closerLength(at i: Int) -> Int? {
    guard i < count else { return nil }
    switch (self[i], byte(i + 1), byte(i + 2)) {
    case (UInt8(ascii: "\""), _, _), (UInt8(ascii: "'"), _, _), (UInt8(ascii: ")"), _, _), (UInt8(ascii: "]"), _, _):
      return 1
    case (0xC2, 0xBB, _), (0xC2, 0xAB, _): return 2
    // ’ ” “ ‘ › 」 』 ） 》 】
    case (0xE2, 0x80, 0x98...0x99), (0xE2, 0x80, 0x9C...0x9D), (0xE2, 0x80, 0xBA), (0xE3, 0x80, 0x8D),
      (0xE3, 0x80, 0x8F), (0xEF, 0xBC, 0x89), (0xE3, 0x80, 0x8B), (0xE3, 0x80, 0x91):
      return 3
    default: return nil
    }
  }

  /// The length of a bracket, quotation mark, dash or bullet at `i` that can stand before a sentence's first word, or `nil`.
  func openerLength(at i: Int) -> Int? {
    guard i < count else { return nil }
    switch (self[i], byte(i + 1), byte(i + 2)) {
    case (UInt8(ascii: "\""), _, _), (UInt8(ascii: "'"), _, _), (UInt8(ascii: "("), _, _), (UInt8(ascii: "["), _, _):
      return 1
    case (0xC2, 0xAB, _), (0xC2, 0xBB, _), (0xC2, 0xBF, _), (0xC2, 0xA1, _): return 2
    // ‘ ’ ‚ “ ” „ – — •
    case (0xE2, 0x80, 0x98...0x9A), (0xE2, 0x80, 0x9C...0x9E), (0xE2, 0x80, 0x93...0x95), (0xE2, 0x80, 0xA2): return 3
    default: return nil
    }
  }

  /// The length of a bullet at `i`, or `nil`.
  func bulletLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    case (0xC2, 0xB7, _): 2
    // • ‣ ⁃ ■ □ ▪ ▫ ► ● ○ ◦ ◾ ✓ ✔ ➢ ➤
    case (0xE2, 0x80, 0xA2), (0xE2, 0x80, 0xA3), (0xE2, 0x81, 0x83), (0xE2, 0x96, 0xA0...0xAB), (0xE2, 0x96, 0xBA),
      (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0x8B), (0xE2, 0x97, 0xA6), (0xE2, 0x97, 0xBE), (0xE2, 0x9C, 0x93...0x94),
      (0xE2, 0x9E, 0xA2), (0xE2, 0x9E, 0xA4):
      3
    default: nil
    }
  }

  /// Whether a scalar of two bytes or more at `i` belongs to no word: a space, a quotation mark, a dash, a mark.
  func isWideMark(at i: Int) -> Bool {
    switch byte(i) {
    case 0xC2: byte(i + 1) != 0xAA && byte(i + 1) != 0xB0 && byte(i + 1) != 0xB5 && byte(i + 1) != 0xBA
    case 0xE2:
      byte(i + 1) == 0x80 && byte(i + 2) != 0x8D || byte(i + 1) == 0x81 || byte(i + 1) == 0x84 && byte(i + 2) == 0x96
    case 0xE3: byte(i + 1) == 0x80
    case 0xEF: byte(i + 1) == 0xBC || byte(i + 1) == 0xBD
    default: scriptMarkLength(at: i) != nil || fullMarkLength(at: i) != nil
    }
  }
}
