extension Swift.Span<UInt8> {
  /// The first offset from `start` on where a sentence may end or begin, or what is open may change; `count` where none is.
  ///
  /// That is every byte but letters, digits and spaces; of the capitals those behind a lower-case letter or digit and a
  /// space, of apostrophes and hyphens those behind white space.
  ///
  /// - Complexity: O(result − start), eight bytes a step, no allocation.
  func nextNotable(from start: Int) -> Int {
    var i = start
    // Invariant: start ≤ i ≤ count, and no byte of start..<i is notable. The carries hold, for the one and the two bytes
    // before i, whether they are white space, and a lower-case letter or digit.
    var spaceCarry: UInt64 = i > 0 && (self[i - 1] == 0x20 || self[i - 1] == 0x0A) ? 0x80 : 0
    var smallCarry: UInt64 = i > 0 && self[i - 1].isSmall ? 0x8000 : 0
    if i > 1, self[i - 2].isSmall { smallCarry |= 0x80 }
    while i + 8 <= count {
      let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      let low = word & 0x7F7F_7F7F_7F7F_7F7F
      let blank = low.bytes(equalTo: 0x20)
      let space = (blank | low.bytes(equalTo: 0x0A)) & ~word
      let small = (low.bytes(from: 0x61, to: 0x7A) | low.bytes(from: 0x30, to: 0x39)) & ~word
      let upper = low.bytes(from: 0x41, to: 0x5A)
      let joint = low.bytes(equalTo: 0x27) | low.bytes(equalTo: 0x2D)
      let behindSpace = space << 8 | spaceCarry
      let behindSmall = small << 16 | smallCarry
      let quiet = small | blank | upper | joint
      let notable =
        (~quiet | (joint & behindSpace) | (upper & behindSpace & behindSmall) | word) & 0x8080_8080_8080_8080
      if notable != 0 { return i + notable.trailingZeroBitCount / 8 }
      spaceCarry = space >> 56
      smallCarry = small >> 48
      i += 8
    }
    while i < count, !isNotable(at: i) { i += 1 }
    return i
  }

  /// The same for one byte: the plain way, for the last bytes, and to compare with.
  func isNotable(at i: Int) -> Bool {
    let byte = self[i]
    if byte.isSmall || byte == 0x20 { return false }
    let isBehindSpace = i > 0 && (self[i - 1] == 0x20 || self[i - 1] == 0x0A)
    if byte == 0x27 || byte == 0x2D { return isBehindSpace }
    if byte.isUpper { return isBehindSpace && i > 1 && self[i - 2].isSmall }
    return true
  }
}

extension UInt8 {
  /// Whether the byte is a lower-case letter or a digit.
  @inline(__always)
  fileprivate var isSmall: Bool { isLower || isDigit }
}

/// Eight bytes at once, each below 0x80: the top bit of a byte is set where the test holds.
extension UInt64 {
  @inline(__always)
  fileprivate func bytes(equalTo byte: UInt8) -> UInt64 {
    ~((self ^ 0x0101_0101_0101_0101 &* UInt64(byte)) &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080
  }

  @inline(__always)
  fileprivate func bytes(from first: UInt8, to last: UInt8) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return (self &+ ones &* UInt64(0x80 - first)) & ~(self &+ ones &* UInt64(0x7F - last)) & 0x8080_8080_8080_8080
  }
}
