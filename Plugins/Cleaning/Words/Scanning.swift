/// Eight bytes of a text that are looked at in one step. A mask has the top bit of each byte set for which it holds, and
/// nothing else; every mask is exact.
struct EightBytes {
  var word: UInt64

  static let tops: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private var low: UInt64 { word & ~Self.tops }

  var high: UInt64 { word & Self.tops }

  func equal(to byte: UInt8) -> UInt64 {
    let x = word ^ (UInt64(byte) &* Self.ones)
    return ~(((x & ~Self.tops) &+ ~Self.tops) | x) & Self.tops
  }

  /// ASCII bytes of `byte` or more.
  func atLeast(_ byte: UInt8) -> UInt64 {
    (low &+ UInt64(0x80 &- byte) &* Self.ones) & ~word & Self.tops
  }
}

extension Swift.Span<UInt8> {
  /// The eight bytes from `offset` on; zeros where the text has ended.
  @inline(__always) func eightBytes(at offset: Int) -> EightBytes {
    if offset >= 0, offset <= count &- 8 {
      return EightBytes(
        word: unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    var word: UInt64 = 0
    var i = Swift.max(offset, 0)
    while i < count {
      word |= UInt64(self[i]) << UInt64((i - offset) * 8)
      i += 1
    }
    return EightBytes(word: word)
  }
}
