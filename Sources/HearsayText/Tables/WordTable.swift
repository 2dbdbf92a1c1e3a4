/// What a `WordTable` is looked up by: a hash, or a few bytes that are the word itself.
public protocol TableKey: Equatable, BitwiseCopyable, Sendable {
  /// Well spread in its low bits.
  var slotHash: UInt64 { get }
}

extension UInt64: TableKey {
  @inlinable public var slotHash: UInt64 { self ^ self >> 32 }
}

/// Values by the key of a word, in one flat table.
///
/// A table is made once, for a list that ships, and never freed: a lookup in a hot loop counts no reference. Two words of one
/// key are the same word to it; where the key is a hash, use 64 bits.
@safe public struct WordTable<Key: TableKey, Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline struct Slot {
    @usableFromInline var key: Key
    @usableFromInline var value: Value
    @usableFromInline var isUsed: Bool

    @usableFromInline init(key: Key, value: Value, isUsed: Bool) {
      self.key = key
      self.value = value
      self.isUsed = isUsed
    }
  }

  // Invariant: a power of two of slots, at least half of them free; a free slot has the value of a missing word.
  @usableFromInline let slots: UnsafeMutableBufferPointer<Slot>

  /// The table of `words`.
  ///
  /// - Parameters:
  ///   - missing: The value of every other word.
  ///   - any: Any key: free slots need one.
  public init(_ words: [Key: Value], missing: Value, any: Key) where Key: Hashable {
    var size = 16
    while size < 2 * words.count { size *= 2 }
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot(key: any, value: missing, isUsed: false))
    for (key, value) in words { unsafe slots[index(of: key)] = Slot(key: key, value: value, isUsed: true) }
  }

  /// The value of the word of this key.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public subscript(key: Key) -> Value { unsafe slots[index(of: key)].value }

  /// The slot of the key, or the free slot where it would stand.
  @inlinable @inline(__always)
  func index(of key: Key) -> Int {
    let mask = unsafe slots.count - 1
    var index = Int(truncatingIfNeeded: key.slotHash) & mask
    while unsafe slots[index].isUsed, unsafe slots[index].key != key { index = (index + 1) & mask }
    return index
  }
}
