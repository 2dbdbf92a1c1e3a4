/// The words of at most eight bytes in the first part of a text, each as a number: its bytes in lower case (ASCII letters).
///
/// Letters are those of ASCII and all wide characters but the marks and spaces of news, so that words of any alphabet are read.
struct ShortWords: ~Escapable {
  /// No more bytes are read.
  private static let farthest = 4096

  private let text: Swift.Span<UInt8>
  private let end: Int
  private var position = 0

  @_lifetime(copy text)
  init(_ text: Swift.Span<UInt8>) {
    self.text = text
    end = min(text.count, Self.farthest)
  }

  /// The next word; `nil` behind the last.
  mutating func next() -> UInt64? {
    while position < end {
      var word: UInt64 = 0
      var count = 0
      while position < end, let letter = letter() {
        // Eight bytes at most: of a longer word nothing is kept.
        if count < 8 { word |= UInt64(letter) << UInt64(8 * count) }
        count += 1
        position += 1
      }
      // A word that the end of what is read cuts off is none.
      if count > 0, count <= 8, position < end || end == text.count { return word }
      if count == 0 { position += markLength() }
    }
    return nil
  }

  /// The byte at the position in lower case, if it is one of a letter.
  private func letter() -> UInt8? {
    let byte = text[position]
    if byte < 0x80 {
      let folded = byte | 0x20
      return folded &- UInt8(ascii: "a") < 26 ? folded : nil
    }
    return isMark ? nil : byte
  }

  /// Whether a mark or space of the blocks Latin-1 (`«`) or General Punctuation (`„`) begins at the position.
  private var isMark: Bool {
    let next = position + 1 < end ? text[position + 1] : 0
    return text[position] == 0xC2 || text[position] == 0xE2 && next == 0x80
  }

  private func markLength() -> Int {
    switch text[position] {
    case 0xC2: 2
    case 0xE2: 3
    default: 1
    }
  }
}
