import Hearsay

/// Walks the words of a text and gives a hash of each, the same for either case of ASCII.
///
/// A word is a run of letters, digits and code points beyond ASCII; punctuation and symbols from U+2000 to U+2FFF part
/// words, and a code point from U+3000 on, where scripts write without spaces, is a word by itself unless it is a mark.
struct WordHashes {
  private var position = 0

  /// The next word's hash; `nil` at the text's end.
  mutating func next(in text: Swift.Span<UInt8>) -> UInt64? {
    var hash: UInt64 = 0
    var isInside = false
    // Invariant: position ≤ text.count, at the start of a code point.
    while position < text.count {
      let byte = text[position]
      let kind = Self.kinds[Int(byte)]
      if kind == .letter {
        hash = (hash ^ UInt64(byte | (byte & 0x40) >> 1)) &* 0x0000_0100_0000_01B3
        isInside = true
        position += 1
        continue
      }
      if isInside { break }
      guard kind != .alone || isWideMark(text) else {
        let end = min(position + (byte >= 0xF0 ? 4 : 3), text.count)
        for offset in position..<end { hash = (hash ^ UInt64(text[offset])) &* 0x0000_0100_0000_01B3 }
        position = end
        isInside = true
        break
      }
      position = min(position + (kind == .space ? 1 : 3), text.count)
    }
    return isInside ? mixed(hash) : nil
  }

  /// Whether the punctuation of those scripts stands here: U+3000 to U+303F, and the wide forms of ASCII's.
  private func isWideMark(_ text: Swift.Span<UInt8>) -> Bool {
    guard position + 2 < text.count else { return false }
    switch (text[position], text[position + 1], text[position + 2]) {
    case (0xE3, 0x80, _), (0xEF, 0xBC, 0x80...0x8F), (0xEF, 0xBC, 0x9A...0xA0): return true
    default: return false
    }
  }

  private enum Kind: UInt8 { case space, letter, mark, alone }

  /// What a byte at the start of a code point, or within a word, begins.
  private static let kinds: [Kind] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xE1:
      .letter
    case 0xE2: .mark
    case 0xE3...0xFF: .alone
    default: .space
    }
  }
}
