/// Bytes that grow at their end, in memory of the buffer's own: no check of ownership and no bound a byte, as an array
/// has, but one look at the room a piece.
@safe struct ByteBuffer: ~Copyable, @unchecked Sendable {  // Nobody else holds the memory.
  // Invariant: `start` has room for `capacity` bytes, of which the first `count` are written.
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 256)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit { unsafe start.deallocate() }

  /// The bytes so far.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }

  /// The bytes so far, where they lie.
  var span: Swift.Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = unsafe Swift.Span(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Appends the bytes so far to `bytes`.
  func append(to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
  }

  /// Forgets the bytes and keeps the room.
  mutating func removeAll() { count = 0 }

  /// Makes room for `most` bytes and has `body` write them.
  ///
  /// - Parameter body: Writes from its pointer on and gives how many bytes it wrote, `most` or fewer.
  @inline(__always)
  mutating func write(atMost most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if capacity - count < most { grow(by: most) }
    count += unsafe body(start + count)
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    unsafe write(atMost: 1) { room in
      unsafe room.pointee = byte
      return 1
    }
  }

  @inline(__always)
  mutating func append(_ text: Swift.Span<UInt8>) {
    let count = text.count
    unsafe text.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      unsafe write(atMost: count) { room in
        unsafe room.update(from: base, count: count)
        return count
      }
    }
  }

  @inline(never)
  private mutating func grow(by most: Int) {
    let larger = max(count + most, capacity * 2)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe copy.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = copy
    capacity = larger
  }
}

extension ByteBuffer {
  /// Appends the UTF-8 of `text` as the inside of a JSON string. Sixteen bytes a step are copied and looked at together.
  mutating func appendEscaped(_ text: Swift.Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      var read = 0
      while true {
        // Whole steps are copied before it is known how much of them stays: 16 bytes beyond the text, and the longest escape.
        unsafe write(atMost: source.count - read + 24) { room in
          let plain = unsafe copyPlain(base + read, count: source.count - read, to: room)
          read += plain
          guard read < source.count else { return plain }
          let escape = unsafe (room + plain).writeEscape(of: base[read])
          read += 1
          return plain + escape
        }
        if read >= source.count { return }
      }
    }
  }
}

/// Copies bytes up to the first that a JSON string cannot hold as it is.
///
/// - Returns: How many there are before it. Up to 16 bytes after them may have been written to as well.
@inline(__always)
private func copyPlain(
  _ source: UnsafePointer<UInt8>, count: Int, to room: UnsafeMutablePointer<UInt8>
) -> Int {
  let from = unsafe UnsafeRawPointer(source)
  let to = UnsafeMutableRawPointer(room)
  var i = 0
  while i + 16 <= count {
    let first = unsafe from.loadUnaligned(fromByteOffset: i, as: UInt64.self)
    let second = unsafe from.loadUnaligned(fromByteOffset: i + 8, as: UInt64.self)
    unsafe to.storeBytes(of: first, toByteOffset: i, as: UInt64.self)
    unsafe to.storeBytes(of: second, toByteOffset: i + 8, as: UInt64.self)
    let hit = first.littleEndian.jsonEscapes
    let nextHit = second.littleEndian.jsonEscapes
    if hit | nextHit != 0 {
      return i + (hit != 0 ? hit.trailingZeroBitCount / 8 : 8 + nextHit.trailingZeroBitCount / 8)
    }
    i += 16
  }
  while i < count {
    let byte = unsafe source[i]
    if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
    unsafe room[i] = byte
    i += 1
  }
  return i
}

extension UInt64 {
  /// The top bit of each byte that is a quotation mark, a backslash or below 0x20; exact up to the lowest such byte.
  @inline(__always)
  var jsonEscapes: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = self ^ (ones &* 0x22)
    let slash = self ^ (ones &* 0x5C)
    return ((quote &- ones) & ~quote | (slash &- ones) & ~slash | (self &- (ones &* 0x20)) & ~self)
      & 0x8080_8080_8080_8080
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Writes the escape of a byte that a JSON string cannot hold, at most 6 bytes.
  ///
  /// - Returns: The number of bytes.
  fileprivate func writeEscape(of byte: UInt8) -> Int {
    unsafe self[0] = UInt8(ascii: "\\")
    switch byte {
    case UInt8(ascii: "\n"): unsafe self[1] = UInt8(ascii: "n")
    case UInt8(ascii: "\r"): unsafe self[1] = UInt8(ascii: "r")
    case UInt8(ascii: "\t"): unsafe self[1] = UInt8(ascii: "t")
    case 0..<0x20:
      unsafe self[1] = UInt8(ascii: "u")
      unsafe self[2] = UInt8(ascii: "0")
      unsafe self[3] = UInt8(ascii: "0")
      unsafe self[4] = UInt8(ascii: "0") + byte >> 4
      let low = byte & 15
      unsafe self[5] = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + (low - 10)
      return 6
    default: unsafe self[1] = byte
    }
    return 2
  }

  /// Writes a number's decimal digits, at most 20 bytes with its sign.
  ///
  /// - Returns: The number of bytes.
  @inline(__always)
  func writeDecimal(_ value: Int) -> Int {
    if value >= 0, value < 10_000 { return unsafe writeUpToFourDigits(UInt32(truncatingIfNeeded: value)) }
    return unsafe writeLongDecimal(value)
  }

  @inline(never)
  private func writeLongDecimal(_ value: Int) -> Int {
    var count = 0
    if value < 0 {
      unsafe self[0] = UInt8(ascii: "-")
      count = 1
    }
    return unsafe count + (self + count).writeMagnitude(value.magnitude)
  }

  private func writeMagnitude(_ value: UInt) -> Int {
    guard value >= 10_000 else { return unsafe writeUpToFourDigits(UInt32(truncatingIfNeeded: value)) }
    let count = unsafe writeMagnitude(value / 10_000)
    let rest = UInt32(truncatingIfNeeded: value % 10_000)
    unsafe (self + count).writeTwoDigits(rest / 100)
    unsafe (self + count + 2).writeTwoDigits(rest % 100)
    return count + 4
  }

  @inline(__always)
  private func writeUpToFourDigits(_ value: UInt32) -> Int {
    if value < 10 {
      unsafe self[0] = UInt8(truncatingIfNeeded: 0x30 + value)
      return 1
    }
    if value < 100 {
      unsafe writeTwoDigits(value)
      return 2
    }
    if value < 1000 {
      unsafe self[0] = UInt8(truncatingIfNeeded: 0x30 + value / 100)
      unsafe (self + 1).writeTwoDigits(value % 100)
      return 3
    }
    unsafe writeTwoDigits(value / 100)
    unsafe (self + 2).writeTwoDigits(value % 100)
    return 4
  }

  @inline(__always)
  private func writeTwoDigits(_ value: UInt32) {
    unsafe self[0] = UInt8(truncatingIfNeeded: 0x30 + value / 10)
    unsafe self[1] = UInt8(truncatingIfNeeded: 0x30 + value % 10)
  }
}
