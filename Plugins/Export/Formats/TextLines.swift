import Hearsay

extension [UInt8] {
  /// Appends valid UTF-8 with its white space, line breaks included, folded to one space, and control characters left out:
  /// text from the web must not steer a terminal.
  mutating func append(onOneLine text: Swift.Span<UInt8>) {
    // Bytes from here on are kept as they are.
    var kept = 0
    var isBehindSpace = false
    var i = 0
    while i < text.count {
      let (kind, length) = TextUnit.at(i, in: text)
      if kind == .plain || kind == .space && text[i] == UInt8(ascii: " ") && !isBehindSpace {
        isBehindSpace = kind == .space
      } else {
        append(copying: text.extracting(kept..<i))
        if kind == .space, !isBehindSpace {
          append(UInt8(ascii: " "))
          isBehindSpace = true
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
  ///   - indent: The number of spaces that each line begins with; they count.
  ///   - before: What stands in front of each line, and does not count.
  ///   - behind: What stands at the end of each line, and does not count.
  mutating func append(
    wrapping text: Swift.Span<UInt8>, width: Int, indent: Int, before: String = "", behind: String = ""
  ) {
    // The code points of the line so far; 0 where none is begun.
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
          self += behind.utf8
          append(UInt8(ascii: "\n"))
          length = 0
        }
        if length == 0 {
          self += before.utf8
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
    self += behind.utf8
    append(UInt8(ascii: "\n"))
  }

  private mutating func append(copying text: Swift.Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// The text on one line, as `append(onOneLine:)` makes it.
  var onOneLine: String {
    var bytes: [UInt8] = []
    bytes.append(onOneLine: utf8.span)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a byte begins, as far as a line of text is concerned.
private enum TextUnit {
  case plain
  /// White space, as Unicode's property `White_Space` has it.
  case space
  /// A control character that is no white space.
  case control

  /// The unit at an offset and its length; what is plain comes a byte at a time.
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

  /// Of U+0080 to U+00BF.
  private static func second(_ i: Int, _ text: Swift.Span<UInt8>) -> (kind: TextUnit, length: Int) {
    guard i + 1 < text.count else { return (.plain, 1) }
    switch text[i + 1] {
    case 0x85, 0xA0: return (.space, 2)
    case ..<0xA0: return (.control, 2)
    default: return (.plain, 2)
    }
  }

  /// Of U+1000 to U+3FFF.
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
