/// A set of hashes in 512 bytes: it excludes most others in one read.
public struct BloomFilter: Sendable {
  @usableFromInline var bits = InlineArray<64, UInt64>(repeating: 0)
  /// Whether no hash was added.
  public private(set) var isEmpty = true

  public init() {}

  public mutating func insert(_ hash: UInt32) {
    bits[Int(hash & 63)] |= 1 << UInt64(hash >> 6 & 63)
    isEmpty = false
  }

  /// Whether the hash may be one of those that were added: one in 64 of others is taken for one where 64 were.
  @inlinable @inline(__always)
  public func mayContain(_ hash: UInt32) -> Bool { bits[Int(hash & 63)] >> UInt64(hash >> 6 & 63) & 1 == 1 }
}
