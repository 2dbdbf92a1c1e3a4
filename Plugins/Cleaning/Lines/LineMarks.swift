import CByteClasses
import HearsayText

/// What bytes a line holds: a rule that needs one of them is tried only where it is there.
struct LineMarks {
  private(set) var hasDigit: Bool
  /// An opening bracket.
  private(set) var hasBracket: Bool
  /// A slash, a colon, a © or a `by`: no credit of a picture is without one, but for `(c)`.
  private(set) var hasCreditMark: Bool

  /// - Complexity: O(n), 64 bytes a step.
  init(_ text: Swift.Span<UInt8>, _ line: Range<Int>) {
    var (digit, bracket, credit): (UInt64, UInt64, UInt64) = (0, 0, 0)
    var block = line.lowerBound
    while block < line.upperBound {
      let classes = text.byteClasses(at: block)
      let inLine: UInt64 = line.upperBound - block < 64 ? (1 << UInt64(line.upperBound - block)) &- 1 : ~0
      digit |= classes.digit & inLine
      bracket |= classes.bracket & inLine
      credit |= classes.credit & inLine
      block += 64
    }
    hasDigit = digit != 0
    hasBracket = bracket != 0
    hasCreditMark = credit != 0
  }
}
