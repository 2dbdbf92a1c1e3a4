/// A few ranges of a frame's elements, in order and in place: nothing is allocated for them.
package struct InlineRanges: RandomAccessCollection, Equatable, Sendable {
  /// There is room for so many.
  static let most = 6

  /// What the bounds are counted from.
  private let base: Int32
  private var bounds = InlineArray<12, UInt8>(repeating: 0)
  private var number: UInt8 = 0

  /// - Parameter frame: The elements of the frame, of which there are fewer than 256.
  init(in window: Range<Int>) { base = Int32(truncatingIfNeeded: window.lowerBound) }

  /// The content that labels spell out; `nil` where they have none, or more pieces than there is room for.
  ///
  /// - Parameter labels: The raw label of each element of the frame.
  init?(_ window: CueWindow, labels: Swift.Span<UInt8>) {
    self.init(in: window.tokens)
    let (begins, goesOn) = (UInt8(WindowLabel.contentBegins.rawValue), UInt8(WindowLabel.content.rawValue))
    let lower = window.tokens.lowerBound
    for k in 0..<window.tokens.count {
      let label = labels[k]
      guard label == begins || label == goesOn else { continue }
      if !append(lower + k, isNew: label == begins) { return nil }
    }
    if isEmpty { return nil }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { Int(number) }

  package subscript(index: Int) -> Range<Int> {
    let bounds = bounds.span
    return Int(base) + Int(bounds[2 * index])..<Int(base) + Int(bounds[2 * index + 1])
  }

  /// Adds the element to the last range where it follows that, else as a range of its own.
  ///
  /// - Parameter isNew: Whether it begins a range wherever it stands.
  /// - Returns: `false` where there is no room.
  mutating func append(_ token: Int, isNew: Bool) -> Bool {
    let place = UInt8(truncatingIfNeeded: token - Int(base))
    var bounds = bounds.mutableSpan
    let last = 2 * Int(number) - 1
    if !isNew, last > 0, bounds[last] == place {
      bounds[last] = place &+ 1
      return true
    }
    guard number < Self.most else { return false }
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
