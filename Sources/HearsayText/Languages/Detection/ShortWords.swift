/// The words of at most eight bytes in the first part of a text, each as a number: its bytes in lower case (ASCII letters).
///
/// Letters are those of ASCII and all characters outside it but the marks and spaces of news, so that words of any alphabet are read.
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

  /// The number of a text that is one such word.
  static func only(in text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    var words = ShortWords(bytes.span)
    guard let word = words.next(), bytes.count <= 8, words.next() == nil else { return nil }
    return word
  }

  /// The next word; `nil` after the last.
  mutating func next() -> UInt64? {
    var i = position
    while i < end {
      var word: UInt64 = 0
      let start = i
      while i < end {
        var byte = text[i]
        if byte < 0x80 {
          byte |= 0x20
          guard byte &- UInt8(ascii: "a") < 26 else { break }
        } else if isMark(at: i) {
          break
        }
        // Of a longer word nothing is kept.
        if i - start < 8 { word |= UInt64(byte) << UInt64(8 * (i - start)) }
        i += 1
      }
      // A word that is cut off where reading ends does not count.
      if i > start, i - start <= 8, i < end || end == text.count {
        position = i
        return word
      }
      if i == start { i += text[i] < 0x80 ? 1 : text[i] == 0xC2 ? 2 : 3 }
    }
    position = end
    return nil
  }

  /// Whether a mark or space of the blocks Latin-1 (`«`) or General Punctuation (`„`) begins at the byte.
  private func isMark(at i: Int) -> Bool {
    text[i] == 0xC2 || text[i] == 0xE2 && i + 1 < end && text[i + 1] == 0x80
  }
}
