import Hearsay

/// A hash of the values of rows, by which a database that a run goes on with is seen to be the one that it left.
struct RowHash: Sendable {
  private enum Kind: UInt8 { case null, integer, real, text }
  private var hash = XXH64()

  /// The hash so far, as text.
  var digest: String { hash.digest }

  mutating func add(_ value: Int?) {
    guard let value else { return add(.null, 0) }
    add(.integer, UInt64(bitPattern: Int64(value)))
  }

  mutating func add(_ value: Double) {
    // SQLite keeps no sign of zero.
    add(.real, (value == 0 ? 0 : value).bitPattern)
  }

  mutating func add(_ text: Swift.Span<UInt8>) {
    add(.text, UInt64(text.count))
    hash.update(text)
  }

  private mutating func add(_ kind: Kind, _ number: UInt64) {
    let word = number.littleEndian
    let bytes: InlineArray<9, UInt8> = [
      kind.rawValue, UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8),
      UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 24),
      UInt8(truncatingIfNeeded: word >> 32), UInt8(truncatingIfNeeded: word >> 40),
      UInt8(truncatingIfNeeded: word >> 48), UInt8(truncatingIfNeeded: word >> 56),
    ]
    hash.update(bytes.span)
  }
}
