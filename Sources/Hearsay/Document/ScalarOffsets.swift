/// Converts between byte offsets and code point offsets of one text.
///
/// Built in one pass that keeps a count for every 64 bytes; a look-up then counts within one block. A text of ASCII
/// alone keeps nothing and converts for free.
///
/// - Complexity: O(n) to build, O(1) from bytes to code points, O(log n) back.
public struct ScalarOffsets: Sendable {
  /// `counts[k]`: the code points that begin before byte `64 * k`. Empty where the text is ASCII.
  private var counts: [Int] = []
  private let length: Int
  /// The number of code points in the whole text.
  public let scalarCount: Int
  private static let block = 64

  public init(_ text: Swift.Span<UInt8>) {
    length = text.count
    var total = 0
    var start = 0
    var counts: [Int] = []
    counts.reserveCapacity(text.count / Self.block + 1)
    while start < text.count {
      counts.append(total)
      let end = min(start + Self.block, text.count)
      total += scalarStarts(in: text, start..<end)
      start = end
    }
    scalarCount = total
    if total != text.count { self.counts = counts }
  }

  /// Whether bytes and code points are the same thing in this text.
  public var isIdentity: Bool { counts.isEmpty }

  /// The code points that begin before the byte at `offset`. `text` is the text this was built from.
  public func scalarOffset(ofByte offset: Int, in text: Swift.Span<UInt8>) -> Int {
    let offset = min(max(offset, 0), length)
    guard !counts.isEmpty else { return offset }
    let block = min(offset / Self.block, counts.count - 1)
    return counts[block] + scalarStarts(in: text, block * Self.block..<offset)
  }

  /// The offset of the byte at which code point number `offset` begins; the text's length for one past the last;
  /// `nil` outside the text.
  public func byteOffset(ofScalar offset: Int, in text: Swift.Span<UInt8>) -> Int? {
    guard offset >= 0, offset <= scalarCount else { return nil }
    guard !counts.isEmpty else { return offset }
    if offset == scalarCount { return length }
    // The last block that begins at or before the code point.
    var low = 0
    var high = counts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if counts[middle] <= offset { low = middle } else { high = middle }
    }
    var seen = counts[low]
    var byte = low * Self.block
    while byte < length {
      if !text[byte].isUTF8Continuation {
        if seen == offset { return byte }
        seen += 1
      }
      byte += 1
    }
    return length
  }
}

/// How many bytes of `range` begin a code point. Eight bytes a step.
private func scalarStarts(in text: Swift.Span<UInt8>, _ range: Range<Int>) -> Int {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let bytes = unsafe text.bytes
  var continuations = 0
  var i = range.lowerBound
  while i + 8 <= range.upperBound {
    let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
    // A one in each byte whose two top bits are 10; the product's top byte is their sum.
    continuations += Int(truncatingIfNeeded: (((word >> 7) & ~(word >> 6) & ones) &* ones) >> 56)
    i += 8
  }
  while i < range.upperBound {
    if text[i].isUTF8Continuation { continuations += 1 }
    i += 1
  }
  return range.count - continuations
}

extension UInt8 {
  /// Whether the byte stands inside a code point, not at its start.
  @inlinable public var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}
