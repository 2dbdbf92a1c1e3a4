extension Document {
  /// The value of a type that an earlier stage computed from the present text and cached.
  public func cached<Value: Sendable>(_ type: Value.Type) -> Value? {
    for box in cacheEntries {
      if let box = box as? CacheEntry<Value> { return box.value }
    }
    return nil
  }

  /// Caches what a stage computed from the text, such as its tokens, for later stages; one value of each type. It is never
  /// written out, and dropped when the text is edited.
  public mutating func cache<Value: Sendable>(_ value: Value) {
    let box = CacheEntry(value)
    if let index = cacheEntries.firstIndex(where: { $0 is CacheEntry<Value> }) {
      cacheEntries[index] = box
    } else {
      cacheEntries.append(box)
    }
  }
}

/// A cached value of any type.
protocol AnyCacheEntry: AnyObject, Sendable {}

/// A box, so that a document and its copies share one value.
private final class CacheEntry<Value: Sendable>: AnyCacheEntry {
  let value: Value

  init(_ value: Value) { self.value = value }
}
