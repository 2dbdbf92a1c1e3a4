/// Converts between byte offsets and code point offsets of one text.
///
/// Built in one pass that keeps, for every 64 bytes, a count and a bit for each byte that begins no code point; a look-up
/// then counts bits. A text of ASCII alone keeps nothing and converts for free.
///
/// - Complexity: O(n) to build, O(1) from bytes to code points, O(log n) back.
public struct CodePointOffsets: Sendable {
  private struct Block {
    /// The code points that begin before the block.
    var count: Int
    /// A bit for each byte of the block, the first lowest: whether it stands inside a code point.
    var inside: UInt64
  }

  /// Empty where the text is ASCII.
  private var blocks: [Block] = []
  private let length: Int
  /// The number of code points in the whole text.
  public let scalarCount: Int
  private static let blockSize = 64

  public init(_ text: Swift.Span<UInt8>) {
    length = text.count
    let firstWide = text.firstNonASCII
    guard firstWide < text.count else {
      scalarCount = text.count
      return
    }
    // Of a length that fills its blocks, one more is empty: every offset up to the length has a block.
    let blockCount = text.count / Self.blockSize + 1
    blocks.reserveCapacity(blockCount)
    var inside = 0
    for index in 0..<blockCount {
      let start = index * Self.blockSize
      let mask = continuations(in: text, start..<min(start + Self.blockSize, text.count))
      blocks.append(Block(count: start - inside, inside: mask))
      inside += mask.nonzeroBitCount
    }
    scalarCount = text.count - inside
  }

  /// Whether bytes and code points are the same thing in this text.
  public var isIdentity: Bool { blocks.isEmpty }

  /// The code points that begin before the byte at `offset`. `text` is the text this was built from.
  @inline(__always)
  public func codePointOffset(ofByte offset: Int, in text: Swift.Span<UInt8>) -> Int {
    let offset = min(max(offset, 0), length)
    guard !blocks.isEmpty else { return offset }
    let block = blocks[offset / Self.blockSize]
    let within = offset % Self.blockSize
    let before = block.inside & ((1 &<< UInt64(within)) &- 1)
    return block.count &+ within &- before.nonzeroBitCount
  }

  /// The offset of the byte at which code point number `offset` begins; the text's length for one past the last;
  /// `nil` outside the text.
  public func byteOffset(ofCodePoint offset: Int, in text: Swift.Span<UInt8>) -> Int? {
    guard offset >= 0, offset <= scalarCount else { return nil }
    guard !blocks.isEmpty else { return offset }
    if offset == scalarCount { return length }
    // The last block that begins at or before the code point.
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].count <= offset { low = middle } else { high = middle }
    }
    // Every byte that begins a code point, the lowest first, until it is the one.
    var starts = ~blocks[low].inside
    for _ in blocks[low].count..<offset { starts &= starts &- 1 }
    return min(low * Self.blockSize + starts.trailingZeroBitCount, length)
  }
}

/// A bit for each byte of `range`, 64 at most, that stands inside a code point. Eight bytes a step.
@inline(__always)
private func continuations(in text: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  let bytes = unsafe text.bytes
  var mask: UInt64 = 0
  if range.count == 64 {
    // Most blocks of most texts are ASCII.
    var all: UInt64 = 0
    for i in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      all |= unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)
    }
    if all & 0x8080_8080_8080_8080 == 0 { return 0 }
  }
  var i = range.lowerBound
  while i + 8 <= range.upperBound {
    let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
    // A one in each byte whose two top bits are 10; the product gathers them in its top byte.
    let inside = (word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101
    mask |= ((inside &* 0x0102_0408_1020_4080) >> 56) << UInt64(i - range.lowerBound)
    i += 8
  }
  while i < range.upperBound {
    if text[i].isUTF8Continuation { mask |= 1 << UInt64(i - range.lowerBound) }
    i += 1
  }
  return mask
}

extension Swift.Span<UInt8> {
  /// The offset of the first byte outside ASCII, or the length.
  fileprivate var firstNonASCII: Int {
    var i = 0
    while i + 8 <= count {
      let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      if word & 0x8080_8080_8080_8080 != 0 { break }
      i += 8
    }
    while i < count, self[i] < 0x80 { i += 1 }
    return i
  }
}

extension UInt8 {
  /// Whether the byte stands inside a code point, not at its start.
  @inlinable public var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}
