/// The row of a weight table that a feature has: a hash of what it is and of its values.
///
/// Rows can be shared by chance; a table of many rows makes that rare enough to do no harm.
struct FeatureHash {
  /// The table has `1 << bits` rows.
  let shift: UInt32

  init(bits: Int) { shift = UInt32(32 - bits) }

  @inline(__always)
  func row(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0) -> UInt32 {
    var hash = (a &* 0x9E37_79B1) ^ ((b &+ template &* 0x632B_E5AB) &* 0x85EB_CA6B)
    hash ^= hash >> 15
    hash = hash &* 0x2C1B_3C6D
    hash ^= hash >> 13
    hash = hash &* 0x297A_2D39
    return hash >> shift
  }
}
