extension Document {
  /// What a stage before made of the present text and kept, by its type.
  public func kept<Value: Sendable>(_ type: Value.Type) -> Value? {
    for box in keptValues {
      if let box = box as? KeptValue<Value> { return box.value }
    }
    return nil
  }

  /// Keeps what a stage made of the text, as its tokens, for the stages that follow; one value of a type. It is never
  /// written out, and gone when the text is edited.
  public mutating func keep<Value: Sendable>(_ value: Value) {
    let box = KeptValue(value)
    if let index = keptValues.firstIndex(where: { $0 is KeptValue<Value> }) {
      keptValues[index] = box
    } else {
      keptValues.append(box)
    }
  }
}

/// A kept value of any type.
protocol AnyKeptValue: AnyObject, Sendable {}

/// A box, so that a document and its copies hold one and the same value.
private final class KeptValue<Value: Sendable>: AnyKeptValue {
  let value: Value

  init(_ value: Value) { self.value = value }
}
