import CByteClasses
import HearsayText

extension Swift.Span<UInt8> {
  /// Calls `visit` with the offset of each byte before which a join could be, in order: after a stop, a colon or a
  /// quotation mark with no blank between, a capital after a small letter, and the start of a word of five small letters
  /// or more that begins as a join may.
  ///
  /// - Complexity: O(n), 64 bytes a step.
  @inline(__always) func forEachMissingSpaceCandidate(with beginnings: WordBeginnings, _ visit: (Int) -> Void) {
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
      words.forEachBit { candidates |= beginnings.has(self, at: start + $0) << UInt64($0) }
      candidates.forEachBit { visit(start + $0) }
      before = (small >> 63, classes.mark >> 63, classes.blank >> 63)
      classes = next
      start += 64
    }
  }
}

/// The first two letters of some words.
struct WordBeginnings: Sendable {
  /// By the first letter's place in the alphabet: a bit for the place of each second letter.
  private var seconds: [UInt32] = Array(repeating: 0, count: 32)

  /// - Parameter words: In small letters, each of two or more.
  init(_ words: [[UInt8]]) {
    for word in words { seconds[Int(word[0] & 0x1F)] |= 1 << UInt32(word[1] & 0x1F) }
  }

  /// 1 if a word of the list may begin with the two small letters at `offset`, else 0.
  @inline(__always) func has(_ text: Swift.Span<UInt8>, at offset: Int) -> UInt64 {
    let bytes = text.eightBytes(at: offset).word
    return UInt64(seconds[Int(bytes & 0x1F)] >> UInt32(bytes >> 8 & 0x1F) & 1)
  }
}
