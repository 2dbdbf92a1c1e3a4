internal import CByteClasses

/// What kinds of byte a text holds: found in one pass, so that repairs without a candidate are never begun.
struct TextSurvey {
  /// An `&`: a character reference may be left.
  private(set) var hasAmpersand = false
  /// A character outside ASCII that is none of the usual marks of news.
  private(set) var hasUnusual = false
  /// A tab, a carriage return or any other control character.
  private(set) var hasControl = false
  /// White space beside white space that is no plain blank line, or at either end.
  private(set) var hasLooseSpace = false

  /// - Complexity: O(n), 64 bytes a step.
  init(_ text: Swift.Span<UInt8>) {
    var marks = UsualMarks()
    var space = LooseSpace()
    var (ampersand, unusual, control, loose): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    text.forEachBlock { start, classes in
      ampersand |= classes.ampersand
      unusual |= marks.unusual(text, at: start, high: classes.high)
      control |= classes.control
      loose |= space.loose(classes)
    }
    hasAmpersand = ampersand != 0
    hasUnusual = unusual != 0
    hasControl = control != 0
    hasLooseSpace = loose != 0 || text.byte(0).isBlank || text.byte(text.count - 1).isBlank
  }
}

/// Finds spaces and line breaks beside others that are no plain blank line. Asked with the blocks of a text in order.
struct LooseSpace {
  // Of the block before, in the lowest bits.
  private var lastSpace: UInt64 = 0
  private var lastNewline: UInt64 = 0
  private var newlineBeforeLast: UInt64 = 0

  /// The bytes of the block that are too much behind those before them: what follows the first of a run.
  @inline(__always) mutating func loose(_ classes: HearsayByteClasses) -> UInt64 {
    let (space, newline) = (classes.space, classes.newline)
    let afterSpace = space << 1 | lastSpace
    let afterNewline = newline << 1 | lastNewline
    let secondNewline = newline << 2 | newlineBeforeLast
    lastSpace = space >> 63
    lastNewline = newline >> 63
    newlineBeforeLast = newline >> 62
    return (space & (afterSpace | afterNewline)) | (newline & (afterSpace | (afterNewline & secondNewline)))
  }
}
