/// Bytes that grow at their end. Room is asked for once a piece, not once a byte as an array does.
struct ByteBuffer: Sendable {
  private var storage: [UInt8] = []
  private(set) var count = 0

  /// The bytes so far.
  var bytes: [UInt8] { Array(storage[..<count]) }

  /// Forgets the bytes and keeps the room.
  mutating func removeAll() { count = 0 }

  /// Makes room for `most` bytes and has `body` write them.
  ///
  /// - Parameter body: Writes from its pointer on and gives how many bytes it wrote, `most` or fewer.
  @inline(__always)
  mutating func write(atMost most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if count + most > storage.count { grow(by: most) }
    unsafe storage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      count += unsafe body(base + count)
    }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    unsafe write(atMost: 1) { room in
      unsafe room.pointee = byte
      return 1
    }
  }

  mutating func append(_ text: Swift.Span<UInt8>) {
    unsafe write(atMost: text.count) { room in
      unsafe text.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { unsafe room.update(from: base, count: source.count) }
      }
      return text.count
    }
  }

  /// Makes room for `most` more bytes.
  mutating func reserve(_ most: Int) {
    if count + most > storage.count { grow(by: most) }
  }

  @inline(never)
  private mutating func grow(by most: Int) {
    let size = max(count + most, storage.count * 2, 256)
    storage.append(contentsOf: repeatElement(0, count: size - storage.count))
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Writes a number's decimal digits, at most 20 bytes with its sign.
  ///
  /// - Returns: The number of bytes.
  @inline(__always)
  func writeDecimal(_ value: Int) -> Int {
    var sign = 0
    if value < 0 {
      unsafe self[0] = UInt8(ascii: "-")
      sign = 1
    }
    var rest = value.magnitude
    var length = 1
    var bound: UInt = 10
    while rest >= bound {
      length += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    var place = sign + length
    repeat {
      place -= 1
      unsafe self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while place > sign
    return sign + length
  }
}
