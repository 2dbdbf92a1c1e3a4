extension Swift.Span<UInt8> {
  /// The offset of the first byte that is no part of valid UTF-8 (Unicode, table 3-7); `nil` where all are.
  ///
  /// Sixteen bytes of ASCII a step, and one character where there is another one.
  ///
  /// - Complexity: O(n), no allocation.
  public var offsetOfInvalidUTF8: Int? {
    let tops: UInt64 = 0x8080_8080_8080_8080
    let bytes = unsafe self.bytes
    // Invariant: the bytes in front of i are whole characters.
    var i = 0
    while i < count {
      while i + 16 <= count {
        let first = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
        let second = unsafe UInt64(
          littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i + 8, as: UInt64.self))
        guard (first | second) & tops != 0 else {
          i += 16
          continue
        }
        let hit = first & tops
        i += hit != 0 ? hit.trailingZeroBitCount / 8 : 8 + (second & tops).trailingZeroBitCount / 8
        break
      }
      while i < count, self[i] < 0x80, i + 16 > count { i += 1 }
      while i < count, self[i] >= 0x80 {
        let length = lengthOfLongScalar(at: i)
        guard length > 0 else { return i }
        i += length
      }
    }
    return nil
  }

  /// The length of the well-formed sequence whose first byte, at `i`, is not ASCII; 0 where there is none.
  @inline(__always)
  private func lengthOfLongScalar(at i: Int) -> Int {
    let lead = self[i]
    let left = count - i
    if lead < 0xE0 {
      return lead >= 0xC2 && left >= 2 && self[i + 1].continues ? 2 : 0
    } else if lead < 0xF0 {
      guard left >= 3, self[i + 1].continues, self[i + 2].continues else { return 0 }
      // Overlong forms and surrogates.
      return lead == 0xE0 && self[i + 1] < 0xA0 || lead == 0xED && self[i + 1] >= 0xA0 ? 0 : 3
    } else {
      guard lead <= 0xF4, left >= 4, self[i + 1].continues, self[i + 2].continues, self[i + 3].continues else {
        return 0
      }
      // Overlong forms and what is beyond U+10FFFF.
      return lead == 0xF0 && self[i + 1] < 0x90 || lead == 0xF4 && self[i + 1] >= 0x90 ? 0 : 4
    }
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var continues: Bool { self & 0xC0 == 0x80 }
}
