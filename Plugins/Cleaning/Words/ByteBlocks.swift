internal import CByteClasses
import Foundation

extension Swift.Span<UInt8> {
  /// The classes of the 64 bytes from `offset` on. Behind the text's end there are blanks that are of no other class.
  @inline(__always) func byteClasses(at offset: Int) -> HearsayByteClasses {
    unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return hearsay_byte_classes_within(nil, 0) }
      let start = Swift.min(Swift.max(offset, 0), count)
      return unsafe hearsay_byte_classes_within(base + start, count - start)
    }
  }

  /// The first bytes, among the 64 from `offset` on, of the marks that `UsualMarks` knows.
  @inline(__always) fileprivate func usualMarks(at offset: Int) -> UInt64 {
    unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return 0 }
      let start = Swift.min(Swift.max(offset, 0), count)
      return unsafe hearsay_usual_marks_within(base + start, count - start)
    }
  }

  /// Calls `visit` with the offset and the classes of each 64 bytes, in order.
  @inline(__always) func forEachBlock(_ visit: (Int, HearsayByteClasses) -> Void) {
    var start = 0
    while start < count {
      visit(start, byteClasses(at: start))
      start += 64
    }
  }

  /// Calls `visit` with the offset of each byte outside ASCII, in order: of those of the usual marks only if they are wanted.
  @inline(__always) func forEachHigh(withUsualMarks: Bool, _ visit: (Int) -> Void) {
    var marks = UsualMarks()
    forEachBlock { start, classes in
      let unusual = marks.unusual(self, at: start, high: classes.high)
      (withUsualMarks ? classes.high : unusual).forEachBit { visit(start + $0) }
    }
  }

  /// Whether a character outside ASCII is none of the usual marks.
  var hasUnusual: Bool {
    var marks = UsualMarks()
    var start = 0
    while start < count {
      if marks.unusual(self, at: start, high: byteClasses(at: start).high) != 0 { return true }
      start += 64
    }
    return false
  }

  /// The offset of the first `byte` in `start..<end`, or `end` where there is none. The range must lie in the text.
  func next(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    guard start < end, end <= count else { return Swift.max(start, end) }
    return unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return end }
      guard let found = unsafe memchr(base + start, Int32(byte), end - start) else { return end }
      return unsafe UnsafeRawPointer(base).distance(to: found)
    }
  }
}

/// Tells the quotation marks, dashes and ellipses of news, nearly all that is not ASCII in English, from other characters
/// outside ASCII. Asked with the blocks of a text in order.
struct UsualMarks {
  /// The bytes at the next block's beginning that belong to a mark of this one.
  private var carry: UInt64 = 0

  /// Of the bytes outside ASCII, `high`, of the block at `start`: those that are of no mark.
  @inline(__always) mutating func unusual(_ text: Swift.Span<UInt8>, at start: Int, high: UInt64) -> UInt64 {
    guard high != 0 else { return 0 }
    let first = text.usualMarks(at: start)
    let marks = first | first << 1 | first << 2 | carry
    carry = first >> 63 | first >> 62
    return high & ~marks
  }
}

extension UInt64 {
  /// Calls `visit` with the place of each bit that is set, lowest first.
  @inline(__always) func forEachBit(_ visit: (Int) -> Void) {
    var bits = self
    while bits != 0 {
      visit(bits.trailingZeroBitCount)
      bits &= bits &- 1
    }
  }
}
