import HearsayText

extension Swift.Span<UInt8> {
  /// The byte at `offset`, or a space outside the text: what rules about neighbours expect there.
  @inline(__always) func byte(_ offset: Int) -> UInt8 { byte(offset, or: 0x20) }

  /// The scalar that begins at `offset` of valid UTF-8; a space outside the text.
  func scalar(at offset: Int) -> DecodedScalar { scalar(at: offset, or: 0x20) }

  /// The scalar that ends before `offset`; a space at the text's start.
  func scalar(before offset: Int) -> DecodedScalar { scalar(before: offset, or: 0x20) }
}

extension Swift.Span<UInt8> {
  /// Whether the bytes of `word` stand at `offset`.
  func begins(with word: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, offset + word.count <= count else { return false }
    for k in word.indices where self[offset + k] != word[k] { return false }
    return true
  }
}

extension [UInt8] {
  /// Appends the UTF-8 of a code point; U+FFFD where there is none of that number.
  mutating func append(scalar value: UInt32) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
