internal import CByteClasses

/// What kinds of byte a text holds: found in one pass, so that repairs without a candidate are never begun.
struct TextSurvey {
  /// An `&`: a character reference may be left.
  private(set) var hasAmpersand = false
  private(set) var hasHigh = false
  /// A tab, a carriage return or any other control character.
  private(set) var hasControl = false
  /// White space beside white space that is no plain blank line, or at either end.
  private(set) var hasLooseSpace = false

  /// - Complexity: O(n), 64 bytes a step.
  init(_ text: Swift.Span<UInt8>) {
    var high: UInt64 = 0
    var ampersand: UInt64 = 0
    var control: UInt64 = 0
    var loose: UInt64 = 0
    // The last bytes of the block before, in the lowest bits.
    var spaceBefore: UInt64 = 0
    var newlineBefore: UInt64 = 0
    var start = 0
    while start < text.count {
      let classes = text.byteClasses(at: start)
      let (space, newline) = (classes.space, classes.newline)
      high |= classes.high
      ampersand |= classes.ampersand
      control |= classes.control
      let afterSpace = space << 1 | spaceBefore >> 63
      let afterNewline = newline << 1 | newlineBefore >> 63
      let secondNewline = newline << 2 | newlineBefore >> 62
      loose |= (space & (afterSpace | afterNewline)) | (newline & (afterSpace | (afterNewline & secondNewline)))
      spaceBefore = space
      newlineBefore = newline
      start += 64
    }
    hasHigh = high != 0
    hasAmpersand = ampersand != 0
    hasControl = control != 0
    hasLooseSpace = loose != 0 || text.byte(0).isBlank || text.byte(text.count - 1).isBlank
  }
}
