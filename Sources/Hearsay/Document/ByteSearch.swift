import Foundation

extension Swift.Span<UInt8> {
  /// The offset of the first `byte` in `start..<end`, or `nil`. The range must lie in the text.
  public func offset(of byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
    let end = end ?? count
    guard start >= 0, start < end, end <= count else { return nil }
    return unsafe withUnsafeBufferPointer { text in
      guard let base = text.baseAddress, let found = unsafe memchr(base + start, Int32(byte), end - start) else {
        return nil
      }
      return unsafe UnsafeRawPointer(base).distance(to: found)
    }
  }
}
