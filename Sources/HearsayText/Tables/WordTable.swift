/// Values by the hash of a word, in one flat table.
///
/// A table is made once, for a list that ships, and never freed: a lookup in a hot loop counts no reference. Two words of one
/// hash are the same word to it; use it with 64-bit hashes.
@safe public struct WordTable<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline struct Slot {
    /// 0 marks a free slot.
    @usableFromInline var hash: UInt64
    @usableFromInline var value: Value

    @usableFromInline init(hash: UInt64, value: Value) {
      self.hash = hash
      self.value = value
    }
  }

  // Invariant: a power of two of slots, at least half of them free.
  @usableFromInline let slots: UnsafeMutableBufferPointer<Slot>

  /// The table of `words`.
  ///
  /// - Parameter missing: The value of every other word.
  public init(_ words: [UInt64: Value], missing: Value) {
    var size = 16
    while size < 2 * words.count { size *= 2 }
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot(hash: 0, value: missing))
    for (hash, value) in words where hash != 0 { unsafe slots[index(of: hash)] = Slot(hash: hash, value: value) }
  }

  /// The value of the word of this hash.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public subscript(hash: UInt64) -> Value { unsafe slots[index(of: hash)].value }

  /// The slot of the hash, or the free slot where it would stand.
  @inlinable @inline(__always)
  func index(of hash: UInt64) -> Int {
    let mask = unsafe slots.count - 1
    var index = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while unsafe slots[index].hash != 0, unsafe slots[index].hash != hash { index = (index + 1) & mask }
    return index
  }
}
