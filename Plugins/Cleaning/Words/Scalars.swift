internal import Hearsay

/// One code point of a text and how many bytes it takes.
struct DecodedScalar {
  var value: UInt32
  var count: Int

  /// Whether it is a letter of any script; letters outside ASCII cost a look into Unicode's tables.
  var isLetter: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isASCIILetter }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }
  var isUpper: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isUpper }
    return Unicode.Scalar(value)?.properties.isUppercase ?? false
  }
  var isLower: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isLower }
    return Unicode.Scalar(value)?.properties.isLowercase ?? false
  }
}

extension Swift.Span<UInt8> {
  /// The byte at `offset`, or a space outside the text: what a rule about neighbours wants to see there.
  func byte(_ offset: Int) -> UInt8 {
    offset >= 0 && offset < count ? self[offset] : 0x20
  }

  /// The scalar that begins at `offset` of valid UTF-8; a space outside the text.
  func scalar(at offset: Int) -> DecodedScalar {
    let lead = UInt32(byte(offset))
    func tail(_ k: Int) -> UInt32 { UInt32(byte(offset + k) & 0x3F) }
    switch lead {
    case 0xC0..<0xE0: return DecodedScalar(value: (lead & 0x1F) << 6 | tail(1), count: 2)
    case 0xE0..<0xF0: return DecodedScalar(value: (lead & 0x0F) << 12 | tail(1) << 6 | tail(2), count: 3)
    case 0xF0...:
      return DecodedScalar(value: (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), count: 4)
    default: return DecodedScalar(value: lead, count: 1)
    }
  }

  /// The scalar that ends before `offset`; a space at the text's start.
  func scalar(before offset: Int) -> DecodedScalar {
    var start = offset - 1
    while start > 0, offset - start < 4, byte(start).isUTF8Continuation { start -= 1 }
    return scalar(at: start)
  }

  /// Whether `word`, in ASCII, stands at `offset`.
  func has(_ word: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, offset + word.utf8CodeUnitCount <= count else { return false }
    for k in 0..<word.utf8CodeUnitCount where unsafe self[offset + k] != word.utf8Start[k] { return false }
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
