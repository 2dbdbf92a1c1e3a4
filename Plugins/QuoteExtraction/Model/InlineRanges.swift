/// A few ranges of a window's tokens, in order and in place: nothing is allocated for them.
package struct InlineRanges: RandomAccessCollection, Equatable, Sendable {
  /// The number of ranges that there is room for.
  static let capacity = 6

  /// What the bounds are counted from.
  private let base: Int32
  private var bounds = InlineArray<12, UInt8>(repeating: 0)
  private var number: UInt8 = 0

  /// No ranges yet.
  ///
  /// - Parameter window: The tokens of the window, of which there are fewer than 256.
  init(in window: Range<ModelTokenIndex>) { base = Int32(truncatingIfNeeded: window.lowerBound.value) }

  /// The content that labels say; `nil` where they have none, or more pieces than there is room for.
  ///
  /// - Parameter labels: The raw label of each token of the window.
  init?(_ window: CueWindow, labels: Swift.Span<UInt8>) {
    self.init(in: window.tokens)
    let (begin, inside) = (UInt8(WindowLabel.contentBegins.rawValue), UInt8(WindowLabel.content.rawValue))
    for i in window.tokens {
      let label = labels[at: window.offset(of: i)]
      guard label == begin || label == inside else { continue }
      if !append(i, isNew: label == begin) { return nil }
    }
    if isEmpty { return nil }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { Int(number) }

  package subscript(index: Int) -> Range<ModelTokenIndex> {
    let bounds = bounds.span
    return ModelTokenIndex(Int(base) + Int(bounds[2 * index]))..<ModelTokenIndex(Int(base) + Int(bounds[2 * index + 1]))
  }

  /// Adds the token to the last range where it directly follows that, else as a range of its own.
  ///
  /// - Parameter isNew: Whether it begins a range wherever it stands.
  /// - Returns: `false` where there is no room.
  mutating func append(_ token: ModelTokenIndex, isNew: Bool) -> Bool {
    let place = UInt8(truncatingIfNeeded: token.value - Int(base))
    var bounds = bounds.mutableSpan
    let last = 2 * Int(number) - 1
    if !isNew, last > 0, bounds[last] == place {
      bounds[last] = place &+ 1
      return true
    }
    guard number < Self.capacity else { return false }
    bounds[last + 1] = place
    bounds[last + 2] = place &+ 1
    number += 1
    return true
  }

  package static func == (a: Self, b: Self) -> Bool {
    guard a.number == b.number, a.base == b.base else { return false }
    let (first, second) = (a.bounds.span, b.bounds.span)
    for i in 0..<2 * Int(a.number) { if first[i] != second[i] { return false } }
    return true
  }
}
