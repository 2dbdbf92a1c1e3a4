internal import CByteClasses

extension Swift.Span<UInt8> {
  /// Calls `visit` with the offset of each byte before which a join could be, in order: behind a stop, a colon or a
  /// quotation mark with no blank between, a capital behind a small letter, and the start of a word of five small letters
  /// or more that begins as a join may.
  ///
  /// - Parameter begins: Whether a join may begin with these two small letters.
  /// - Complexity: O(n), 64 bytes a step.
  @inline(__always) func forEachJoinCandidate(where begins: (UInt8, UInt8) -> Bool, _ visit: (Int) -> Void) {
    var start = 0
    // Of the byte before the block, in the lowest bit: at the text's start a blank.
    var before: (small: UInt64, mark: UInt64, blank: UInt64) = (0, 0, 1)
    var classes = byteClasses(at: 0)
    while start < count {
      let next = byteClasses(at: start + 64)
      let small = classes.small
      let behindMark = (classes.mark << 1 | before.mark) & ~classes.blank
      let capital = (small << 1 | before.small) & classes.capital
      var candidates = behindMark | capital
      var long = small
      for k: UInt64 in 1...4 { long &= small >> k | next.small << (64 - k) }
      let words = (classes.blank << 1 | before.blank) & long
      words.forEachBit { place in
        if begins(self[start + place], self[start + place + 1]) { candidates |= 1 << UInt64(place) }
      }
      candidates.forEachBit { visit(start + $0) }
      before = (small >> 63, classes.mark >> 63, classes.blank >> 63)
      classes = next
      start += 64
    }
  }
}
