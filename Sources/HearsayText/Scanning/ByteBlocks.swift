public import CByteClasses

extension Swift.Span<UInt8> {
  /// The classes of the 64 bytes from `offset` on. After the text's end there are blanks that are of no other class.
  @inlinable @inline(__always) public func byteClasses(at offset: Int) -> HearsayByteClasses {
    unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return hearsay_byte_classes_within(nil, 0) }
      let start = Swift.min(Swift.max(offset, 0), count)
      return unsafe hearsay_byte_classes_within(base + start, count - start)
    }
  }

  /// The first bytes, among the 64 from `offset` on, of the marks of common punctuation.
  @inlinable @inline(__always) func commonPunctuation(at offset: Int) -> UInt64 {
    unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return 0 }
      let start = Swift.min(Swift.max(offset, 0), count)
      return unsafe hearsay_usual_marks_within(base + start, count - start)
    }
  }

  /// Calls `visit` with the offset and the classes of each 64 bytes, in order.
  @inlinable @inline(__always) public func forEachBlock(_ visit: (Int, HearsayByteClasses) -> Void) {
    var start = 0
    while start < count {
      visit(start, byteClasses(at: start))
      start += 64
    }
  }

  /// Calls `visit` with the offset of each byte outside ASCII, in order: of common punctuation only if it is wanted.
  @inlinable @inline(__always) public func forEachNonASCII(withCommonPunctuation: Bool, _ visit: (Int) -> Void) {
    var marks = CommonPunctuation()
    forEachBlock { start, classes in
      let others = marks.others(self, at: start, high: classes.high)
      (withCommonPunctuation ? classes.high : others).forEachBit { visit(start + $0) }
    }
  }

  /// Whether a character outside ASCII is no common punctuation.
  public var hasUncommon: Bool {
    var marks = CommonPunctuation()
    var start = 0
    while start < count {
      if marks.others(self, at: start, high: byteClasses(at: start).high) != 0 { return true }
      start += 64
    }
    return false
  }
}

/// Separates the quotation marks, dashes and ellipses of news, nearly all that is not ASCII in English, from other
/// characters outside ASCII. Called with the blocks of a text in order.
public struct CommonPunctuation: Sendable {
  /// The bytes at the next block's beginning that belong to a mark of this one.
  @usableFromInline var carry: UInt64 = 0

  @inlinable public init() {}

  /// Of the bytes outside ASCII, `high`, of the block at `start`: those that belong to no such mark.
  @inlinable @inline(__always) public mutating func others(
    _ text: Swift.Span<UInt8>, at start: Int, high: UInt64
  ) -> UInt64 {
    guard high != 0 else { return 0 }
    let first = text.commonPunctuation(at: start)
    let marks = first | first << 1 | first << 2 | carry
    carry = first >> 63 | first >> 62
    return high & ~marks
  }
}

extension UInt64 {
  /// Calls `visit` with the index of each bit that is set, lowest first.
  @inlinable @inline(__always) public func forEachBit(_ visit: (Int) -> Void) {
    var bits = self
    while bits != 0 {
      visit(bits.trailingZeroBitCount)
      bits &= bits &- 1
    }
  }
}
