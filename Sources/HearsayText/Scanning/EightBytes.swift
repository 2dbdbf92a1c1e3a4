/// Eight bytes of a text, compared in one step. A mask has the top bit of each byte set for which it holds, and nothing else;
/// every mask is exact.
public struct EightBytes: Sendable {
  public var word: UInt64

  @inlinable @inline(__always) public init(word: UInt64) { self.word = word }

  /// Bytes outside ASCII.
  @inlinable @inline(__always) public var nonASCII: UInt64 { word & 0x8080_8080_8080_8080 }

  @inlinable @inline(__always) public func equal(to byte: UInt8) -> UInt64 {
    let x = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
    return ~(((x & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | x) & 0x8080_8080_8080_8080
  }
}

extension Swift.Span<UInt8> {
  /// The eight bytes from `offset` on; zeros where the text has ended.
  @inlinable @inline(__always) public func eightBytes(at offset: Int) -> EightBytes {
    if offset >= 0, offset <= count &- 8 {
      return EightBytes(
        word: unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    return lastBytes(at: offset)
  }

  @usableFromInline func lastBytes(at offset: Int) -> EightBytes {
    var word: UInt64 = 0
    var i = Swift.max(offset, 0)
    while i < count {
      word |= UInt64(self[i]) << UInt64((i - offset) * 8)
      i += 1
    }
    return EightBytes(word: word)
  }
}
