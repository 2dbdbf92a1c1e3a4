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

  /// Calls `visit` with the offset and the classes of each 64 bytes, in order.
  @inline(__always) func forEachBlock(_ visit: (Int, HearsayByteClasses) -> Void) {
    var start = 0
    while start < count {
      visit(start, byteClasses(at: start))
      start += 64
    }
  }

  /// Calls `visit` with the offset of each byte outside ASCII, in order; only with those of the usual marks if asked to.
  @inline(__always) func forEachHigh(withUsualMarks: Bool, _ visit: (Int) -> Void) {
    var marks = UsualMarks()
    forEachBlock { start, classes in
      let unusual = marks.unusual(classes)
      (withUsualMarks ? classes.high : unusual).forEachBit { visit(start + $0) }
    }
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

  /// The bytes of the block that are of no mark and not ASCII.
  @inline(__always) mutating func unusual(_ classes: HearsayByteClasses) -> UInt64 {
    let marks = classes.mark | classes.mark << 1 | classes.mark << 2 | carry
    carry = classes.mark >> 63 | classes.mark >> 62
    return classes.high & ~marks
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
