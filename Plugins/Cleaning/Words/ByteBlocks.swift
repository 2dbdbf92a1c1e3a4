internal import CByteClasses
import Foundation

extension Swift.Span<UInt8> {
  /// The classes of the 64 bytes from `offset` on. Behind the text's end there is a blank that is of no other class.
  @inline(__always) func byteClasses(at offset: Int) -> HearsayByteClasses {
    if offset >= 0, offset <= count &- 64 {
      return unsafe withUnsafeBufferPointer { text in
        guard let base = text.baseAddress else { return HearsayByteClasses() }
        return unsafe hearsay_byte_classes(base + offset)
      }
    }
    return lastByteClasses(at: offset)
  }

  @inline(never) private func lastByteClasses(at offset: Int) -> HearsayByteClasses {
    var classes = HearsayByteClasses()
    classes.blank = ~0
    guard offset >= 0, offset < count else { return classes }
    var rest = [UInt8](repeating: 0, count: 64)
    for i in offset..<count { rest[i - offset] = self[i] }
    classes = unsafe rest.withUnsafeBufferPointer { rest in
      guard let base = rest.baseAddress else { return classes }
      return unsafe hearsay_byte_classes(base)
    }
    classes.control &= (1 << UInt64(count - offset)) &- 1
    return classes
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
