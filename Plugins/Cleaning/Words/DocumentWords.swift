import HearsayText

/// The words of one text, as they are spelled: evidence that half of a doubtful join is a word here.
struct DocumentWords {
  /// 64-bit hashes: two words of one hash would only make the evidence a little weaker.
  private var hashes: Set<UInt64> = []

  init(_ text: Swift.Span<UInt8>) {
    var i = 0
    while i < text.count {
      guard !Self.ends(text, at: i) else {
        i += Self.isQuote(text, at: i) ? 3 : 1
        continue
      }
      let start = i
      while i < text.count, !Self.ends(text, at: i) { i += 1 }
      if i - start > 1, Self.beginsAlone(text, at: start) { hashes.insert(Self.hash(text, start..<i)) }
    }
  }

  func contains(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    hashes.contains(Self.hash(text, range))
  }

  /// Whether what begins at `offset` has a blank, a bracket or a quotation mark before it. A word after a stop or a sign
  /// may be half of a join, and is no evidence for its own.
  static func beginsAlone(_ text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    let before = text.byte(offset - 1)
    return before.isBlank || [0x22, 0x27, 0x28].contains(before) || isQuote(text, at: offset - 3)
  }

  /// Whether no word goes on at `offset`.
  static func ends(_ text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    let byte = text.byte(offset)
    return !byte.isASCIILetter && (!byte.isNonASCII || isQuote(text, at: offset))
  }

  /// Whether a curly quotation mark, a dash or their like stands there.
  private static func isQuote(_ text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    text.byte(offset) == 0xE2 && text.byte(offset + 1) == 0x80
  }

  private static func hash(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = FNV1a()
    for i in range { hash.add(UInt64(text[i])) }
    return hash.value
  }
}
