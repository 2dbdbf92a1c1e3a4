/// A hash of a word's bytes, taken in eights: a multiplication and a shift each, the last filled up with zeros.
struct WordHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  /// The bytes since the last eight, and how many bits they are.
  private var rest: UInt64 = 0
  private var bits: UInt64 = 0

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    rest |= UInt64(byte) << bits
    bits += 8
    if bits == 64 {
      add(eight: rest)
      rest = 0
      bits = 0
    }
  }

  /// Eight bytes at once, the first lowest. Nothing may have been added by the byte.
  @inline(__always)
  mutating func add(eight bytes: UInt64) {
    state = (state ^ bytes) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }

  /// One to seven bytes at once, the last of the word.
  @inline(__always)
  mutating func add(last bytes: UInt64) { add(eight: bytes) }

  var value: UInt32 {
    var whole = self
    if bits > 0 { whole.add(eight: rest) }
    return UInt32(truncatingIfNeeded: whole.state)
  }
}
