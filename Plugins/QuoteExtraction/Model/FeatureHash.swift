/// The row of a weight table that a feature has: a hash of what it is and of its two values.
///
/// Rows can be shared by chance; a table of many rows makes that rare enough to do no harm. A word is a hash already, so
/// two multiplications mix enough, and the first of them is done once for each value and not for each feature.
struct FeatureHash {
  /// The table has `1 << bits` rows.
  let shift: UInt32

  init(bits: Int) { shift = UInt32(32 - bits) }

  /// What a value adds to the hash of a feature whose first value it is.
  @inline(__always)
  static func first(_ value: UInt32) -> UInt32 { value &* 0x9E37_79B1 }

  /// What a value adds to the hash of a feature whose second value it is.
  @inline(__always)
  static func second(_ value: UInt32) -> UInt32 { value &* 0x85EB_CA6B }

  /// - Parameter values: The sum of what the values add.
  @inline(__always)
  func row(_ template: UInt32, _ values: UInt32) -> UInt32 {
    var hash = values &+ Self.first(template &* 0x632B_E5AB)
    hash ^= hash >> 15
    return (hash &* 0x2C1B_3C6D) >> shift
  }

  /// The row of a feature of up to three values.
  @inline(__always)
  func row(_ template: UInt32, _ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 {
    row(template, Self.first(a) &+ Self.second(b) &+ (c &* 0xC2B2_AE35))
  }
}
