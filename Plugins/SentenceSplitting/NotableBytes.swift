import HearsayText

/// Finds the bytes where a sentence may end or begin, or where what is open may change, 64 at a time.
///
/// That is every byte but letters, digits, spaces and commas; of the capitals those after a lower-case letter or digit and
/// a space, of apostrophes and hyphens those after white space.
struct NotableBytes {
  /// The current block begins here: a multiple of 64, or none yet.
  private var start = -64
  /// Which of its bytes are notable, the lowest bit for the first.
  private var mask: UInt64 = 0

  /// The first notable offset from `i` on; `text.count` where there is none. `i` never decreases from call to call.
  ///
  /// - Complexity: O(result − i), no allocation.
  @inline(__always)
  mutating func next(in text: Swift.Span<UInt8>, from i: Int) -> Int {
    var i = i
    while i < text.count {
      if i >= start + 64 {
        start = i & ~63
        mask = text.notableBytes(from: start)
      }
      // Invariant: start ≤ i < start + 64.
      let rest = mask >> UInt64(i - start)
      if rest != 0 { return i + rest.trailingZeroBitCount }
      i = start + 64
    }
    return text.count
  }
}

extension Swift.Span<UInt8> {
  /// Which of the 64 bytes from `start` on are notable, as bits; what lies after the end is not.
  fileprivate func notableBytes(from start: Int) -> UInt64 {
    guard start + 64 <= count else {
      return (start..<count).reduce(0) { isNotable(at: $1) ? $0 | 1 << UInt64($1 - start) : $0 }
    }
    // For the one and the two bytes before the current word: whether they are white space, a small letter or digit.
    var spaceCarry: UInt64 = start > 0 && self[start - 1].isGap ? 0x80 : 0
    var smallCarry: UInt64 = start > 0 && self[start - 1].isSmall ? 0x8000 : 0
    if start > 1, self[start - 2].isSmall { smallCarry |= 0x80 }
    var mask: UInt64 = 0
    for k in 0..<8 {
      // Invariant: start + 64 ≤ count, so eight bytes stand here.
      let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: start + 8 * k, as: UInt64.self))
      let low = word & 0x7F7F_7F7F_7F7F_7F7F
      let blank = low.bytes(equalTo: 0x20)
      let space = (blank | low.bytes(equalTo: 0x0A)) & ~word
      // Bit 5 distinguishes a lower-case letter from a capital; shifted by two it is the top bit.
      let letter = (low | 0x2020_2020_2020_2020).bytes(from: 0x61, to: 0x7A)
      let small = (letter & low << 2 | low.bytes(from: 0x30, to: 0x39)) & ~word
      let upper = letter & ~(low << 2)
      let joint = low.bytes(equalTo: 0x27) | low.bytes(equalTo: 0x2D)
      let behindSpace = space << 8 | spaceCarry
      let behindSmall = small << 16 | smallCarry
      let quiet = small | blank | upper | joint | low.bytes(equalTo: 0x2C)
      let notable = ~quiet | (joint & behindSpace) | (upper & behindSpace & behindSmall) | word
      // The top bits of the eight bytes, gathered into one byte.
      let gathered = ((notable >> 7 & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
      mask |= gathered << UInt64(8 * k)
      spaceCarry = space >> 56
      smallCarry = small >> 48
    }
    return mask
  }

  /// Whether the byte at `i` is notable: the plain way, for the last bytes, and to compare with.
  func isNotable(at i: Int) -> Bool {
    let byte = self[i]
    if byte.isSmall || byte == 0x20 || byte == 0x2C { return false }
    let isBehindGap = i > 0 && self[i - 1].isGap
    if byte == 0x27 || byte == 0x2D { return isBehindGap }
    if byte.isUpper { return isBehindGap && i > 1 && self[i - 2].isSmall }
    return true
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isSmall: Bool { isLower || isDigit }
  @inline(__always)
  fileprivate var isGap: Bool { self == 0x20 || self == 0x0A }
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
