import Hearsay

/// A hash of the values of rows: shows whether the database that a run resumes is the one that it left.
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
    // SQLite does not keep the sign of zero.
    add(.real, (value == 0 ? 0 : value).bitPattern)
  }

  mutating func add(_ text: Swift.Span<UInt8>) {
    add(.text, UInt64(text.count))
    hash.update(text)
  }

  private mutating func add(_ kind: Kind, _ number: UInt64) {
    // The kind, then the number with its lowest byte first.
    var bytes: [9 of UInt8] = .init(repeating: kind.rawValue)
    for i in 0..<8 { bytes[i + 1] = UInt8(truncatingIfNeeded: number >> UInt64(8 * i)) }
    hash.update(bytes.span)
  }
}
