/// What kinds of byte a text holds: found in one pass, so that repairs without a candidate are never begun.
struct TextSurvey {
  /// An `&`: a character reference may be left.
  private(set) var hasAmpersand = false
  private(set) var hasHigh = false
  /// A tab, a carriage return or any other control character.
  private(set) var hasControl = false
  /// White space beside white space that is no plain blank line, or at either end.
  private(set) var hasLooseSpace = false

  /// - Complexity: O(n), eight bytes a step.
  init(_ text: Swift.Span<UInt8>) {
    var high: UInt64 = 0
    var ampersand: UInt64 = 0
    var control: UInt64 = 0
    var loose: UInt64 = 0
    // The masks of the step before, for the bytes that stand before the first of this one.
    var spaceBefore: UInt64 = 0
    var newlineBefore: UInt64 = 0
    var i = 0
    while i < text.count {
      let bytes = text.eightBytes(at: i)
      let space = bytes.equal(to: 0x20)
      let newline = bytes.equal(to: 0x0A)
      high |= bytes.high
      ampersand |= bytes.equal(to: 0x26)
      var controls = (~bytes.atLeast(0x20) & ~bytes.high & ~newline & EightBytes.tops) | bytes.equal(to: 0x7F)
      // Zeros behind the text's end are no control characters of it.
      if text.count - i < 8 { controls &= (1 << UInt64((text.count - i) * 8)) &- 1 }
      control |= controls
      let afterSpace = space << 8 | spaceBefore >> 56
      let afterNewline = newline << 8 | newlineBefore >> 56
      let secondNewline = newline << 16 | newlineBefore >> 48
      loose |= (space & (afterSpace | afterNewline)) | (newline & (afterSpace | (afterNewline & secondNewline)))
      spaceBefore = space
      newlineBefore = newline
      i += 8
    }
    hasHigh = high != 0
    hasAmpersand = ampersand != 0
    hasControl = control != 0
    hasLooseSpace = loose != 0 || text.byte(0).isBlank || text.byte(text.count - 1).isBlank
  }
}
