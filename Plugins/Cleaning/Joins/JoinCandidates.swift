extension Swift.Span<UInt8> {
  /// Calls `visit` with the offset of each byte before which a join could be, in order: behind a mark with no blank
  /// between, a capital behind a small letter, and the start of a word of five small letters or more.
  ///
  /// - Complexity: O(n), eight bytes a step.
  @inline(__always) func forEachJoinCandidate(_ visit: (Int) -> Void) {
    var i = 0
    // The masks of the bytes before: at the text's start a blank.
    var smallBefore: UInt64 = 0
    var markBefore: UInt64 = 0
    var stopBefore: UInt64 = 0
    var blankBefore: UInt64 = 0x80 << 56
    var bytes = eightBytes(at: 0)
    var letter = bytes.letter
    while i < count {
      let nextBytes = eightBytes(at: i + 8)
      let nextLetter = nextBytes.letter
      let small = letter & bytes.small
      let nextSmall = nextLetter & nextBytes.small
      let visible = bytes.atLeast(0x21) | bytes.high
      let blank = ~visible & EightBytes.tops
      let mark = visible & ~letter
      let stop = bytes.equal(to: 0x2E) | bytes.equal(to: 0x3A) | bytes.equal(to: 0x3F) | bytes.equal(to: 0x21)
      // A digit is a mark here, and so is every byte outside ASCII; but no two of those stand for a join.
      let behindMark = mark << 8 | markBefore >> 56
      let behindStop = stop << 8 | stopBefore >> 56
      let behindMarks = (behindMark & letter) | (behindStop & mark)
      let capital = (small << 8 | smallBefore >> 56) & letter & ~small
      let long =
        small & (small >> 8 | nextSmall << 56) & (small >> 16 | nextSmall << 48)
        & (small >> 24 | nextSmall << 40) & (small >> 32 | nextSmall << 32)
      let word = (blank << 8 | blankBefore >> 56) & long
      var candidates = behindMarks | capital | word
      while candidates != 0 {
        visit(i + candidates.trailingZeroBitCount / 8)
        candidates &= candidates &- 1
      }
      smallBefore = small
      markBefore = mark
      stopBefore = stop
      blankBefore = blank
      bytes = nextBytes
      letter = nextLetter
      i += 8
    }
  }
}
