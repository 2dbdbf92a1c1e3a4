/// Numbers keys in the order in which they are first seen: a dictionary from hashes to 0, 1, 2, … that costs one lookup
/// a key.
///
/// The keys are taken to be hashes already; equal ones are the same thing.
public struct InternTable: Sendable {
  /// Index + 1 into `keys`, 0 for a free slot; a power of two of them.
  private var slots: [UInt32] = Array(repeating: 0, count: 64)
  /// The keys, by their numbers.
  public private(set) var keys: [UInt64] = []

  public init() {}

  /// With room for this many keys.
  public init(minimumCapacity: Int) {
    keys.reserveCapacity(minimumCapacity)
    var count = slots.count
    while count < 2 * minimumCapacity { count *= 2 }
    if count > slots.count { slots = Array(repeating: 0, count: count) }
  }

  /// The number of a key, new keys taking the next.
  public mutating func insert(_ key: UInt64) -> Int {
    var slot = slot(of: key)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if keys[index] == key { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    keys.append(key)
    slots[slot] = UInt32(truncatingIfNeeded: keys.count)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  /// The number of a key that was seen before, or `nil`.
  public func index(of key: UInt64) -> Int? {
    var slot = slot(of: key)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if keys[index] == key { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (index, key) in keys.enumerated() {
      var slot = slot(of: key)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}
