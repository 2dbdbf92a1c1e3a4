extension [UInt8] {
  /// Appends valid UTF-8 on one line: each run of white space, line breaks included, becomes one space, and control
  /// characters are removed. Text from the web must not control a terminal.
  public mutating func append(onOneLine text: Swift.Span<UInt8>) {
    // The first byte that is not copied yet.
    var kept = 0
    var isAfterSpace = false
    var i = 0
    while i < text.count {
      let (kind, length) = TextUnit.at(i, in: text)
      if kind == .plain || kind == .space && text[i] == UInt8(ascii: " ") && !isAfterSpace {
        isAfterSpace = kind == .space
      } else {
        append(copying: text.extracting(kept..<i))
        if kind == .space, !isAfterSpace {
          append(UInt8(ascii: " "))
          isAfterSpace = true
        }
        kept = i + length
      }
      i += length
    }
    append(copying: text.extracting(kept..<text.count))
  }

  /// Appends the words of valid UTF-8 in lines of at most `width` code points; a longer word is a line of its own.
  ///
  /// - Parameters:
  ///   - indent: The number of spaces at the beginning of each line; they count toward `width`.
  ///   - prefix: What each line begins with, as a colour; it does not count.
  ///   - suffix: What each line ends with; it does not count.
  public mutating func append(
    wrapping text: Swift.Span<UInt8>, width: Int, indent: Int, prefix: String = "", suffix: String = ""
  ) {
    // The code points of the current line; 0 before its first word.
    var length = 0
    var i = 0
    while i < text.count {
      let start = i
      var count = 0
      while i < text.count, text[i] != UInt8(ascii: " ") {
        if text[i] & 0xC0 != 0x80 { count += 1 }
        i += 1
      }
      if i > start {
        if length > 0, length + 1 + count > width - indent {
          self += suffix.utf8
          append(UInt8(ascii: "\n"))
          length = 0
        }
        if length == 0 {
          self += prefix.utf8
          append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
        } else {
          append(UInt8(ascii: " "))
          length += 1
        }
        append(copying: text.extracting(start..<i))
        length += count
      }
      i += 1
    }
    guard length > 0 else { return }
    self += suffix.utf8
    append(UInt8(ascii: "\n"))
  }
}

extension String {
  /// The text on one line: see `[UInt8].append(onOneLine:)`.
  public var onOneLine: String {
    var bytes: [UInt8] = []
    bytes.append(onOneLine: utf8.span)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The kinds of characters that line folding distinguishes.
private enum TextUnit {
  case plain
  /// White space: Unicode's property `White_Space`.
  case space
  /// A control character that is not white space.
  case control

  /// The unit at an offset and its length. A plain unit is one byte of a character.
  @inline(__always)
  static func at(_ i: Int, in text: Swift.Span<UInt8>) -> (kind: TextUnit, length: Int) {
    switch text[i] {
    case 0x09...0x0D, 0x20: (.space, 1)
    case ..<0x20, 0x7F: (.control, 1)
    case 0xC2: second(i, text)
    case 0xE1...0xE3: third(i, text)
    default: (.plain, 1)
    }
  }

  /// Characters U+0080 to U+00BF.
  private static func second(_ i: Int, _ text: Swift.Span<UInt8>) -> (kind: TextUnit, length: Int) {
    guard i + 1 < text.count else { return (.plain, 1) }
    switch text[i + 1] {
    case 0x85, 0xA0: return (.space, 2)
    case ..<0xA0: return (.control, 2)
    default: return (.plain, 2)
    }
  }

  /// Characters U+1000 to U+3FFF.
  private static func third(_ i: Int, _ text: Swift.Span<UInt8>) -> (kind: TextUnit, length: Int) {
    guard i + 2 < text.count else { return (.plain, 1) }
    switch (text[i], text[i + 1], text[i + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF),
      (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return (.space, 3)
    default: return (.plain, 3)
    }
  }
}
