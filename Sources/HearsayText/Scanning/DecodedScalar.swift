public import Hearsay

/// One code point of a text and how many bytes it takes.
public struct DecodedScalar: Sendable {
  public var value: UInt32
  public var count: Int

  @inlinable public init(value: UInt32, count: Int) {
    self.value = value
    self.count = count
  }

  /// Whether it is a letter of any script; letters outside ASCII cost a lookup in Unicode's tables.
  public var isLetter: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isASCIILetter }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }
  public var isUpper: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isUpper }
    return Unicode.Scalar(value)?.properties.isUppercase ?? false
  }
  public var isLower: Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isLower }
    return Unicode.Scalar(value)?.properties.isLowercase ?? false
  }
}

extension Swift.Span<UInt8> {
  /// The byte at `offset`, or `outside` where the text has none.
  @inlinable @inline(__always)
  public func byte(_ offset: Int, or outside: UInt8) -> UInt8 {
    offset >= 0 && offset < count ? self[offset] : outside
  }

  /// The scalar that begins at `offset` of valid UTF-8; `outside` where the text has none.
  @inlinable
  public func scalar(at offset: Int, or outside: UInt8) -> DecodedScalar {
    let lead = UInt32(byte(offset, or: outside))
    func tail(_ k: Int) -> UInt32 { UInt32(byte(offset + k, or: outside) & 0x3F) }
    switch lead {
    case 0xC0..<0xE0: return DecodedScalar(value: (lead & 0x1F) << 6 | tail(1), count: 2)
    case 0xE0..<0xF0: return DecodedScalar(value: (lead & 0x0F) << 12 | tail(1) << 6 | tail(2), count: 3)
    case 0xF0...:
      return DecodedScalar(value: (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), count: 4)
    default: return DecodedScalar(value: lead, count: 1)
    }
  }

  /// The scalar that ends before `offset`; `outside` at the text's start.
  @inlinable
  public func scalar(before offset: Int, or outside: UInt8) -> DecodedScalar {
    var start = offset - 1
    while start > 0, offset - start < 4, byte(start, or: outside).isUTF8Continuation { start -= 1 }
    return scalar(at: start, or: outside)
  }

  /// Whether the bytes of `word` stand at `offset`.
  @inlinable
  public func has(_ word: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, offset + word.utf8CodeUnitCount <= count else { return false }
    for k in 0..<word.utf8CodeUnitCount where unsafe self[offset + k] != word.utf8Start[k] { return false }
    return true
  }
}
