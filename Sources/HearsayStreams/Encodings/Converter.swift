#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Hearsay

/// The system's iconv, which converts an encoding to UTF-8.
@safe struct Converter: ~Copyable {
  private let handle: iconv_t

  /// `nil` where the system does not know the encoding.
  init?(from encoding: String) {
    // iconv_open returns -1, which is not a valid pointer, where it fails.
    guard let handle = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: handle) != -1 else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe iconv_close(handle) }

  /// Converts all of the bytes to UTF-8.
  ///
  /// - Parameter unit: How many bytes to skip where they are invalid.
  /// - Returns: The text, with U+FFFD for invalid bytes, and the number of these replacements.
  consuming func decoded(_ bytes: Swift.Span<UInt8>, unit: Int) -> (utf8: [UInt8], failures: Int) {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count + bytes.count / 2)
    var failures = 0
    var taken = 0
    while taken < bytes.count {
      let rest = bytes.extracting(taken..<bytes.count)
      let capacity = max(min(rest.count * 2, 1 << 20), 64)
      var left = rest.count
      var code: Int32 = 0
      utf8.append(addingCapacity: capacity) { space in
        unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
          unsafe rest.withUnsafeBytes { source in
            // iconv does not write to its input.
            var from = unsafe UnsafeMutableRawPointer(mutating: source.baseAddress)?.assumingMemoryBound(to: CChar.self)
            var to = unsafe buffer.baseAddress.map {
              unsafe UnsafeMutableRawPointer($0 + initialized).assumingMemoryBound(to: CChar.self)
            }
            var free = capacity
            if unsafe iconv(handle, &from, &left, &to, &free) == -1 { code = errno }
            initialized += capacity - free
          }
        }
      }
      taken = bytes.count - left
      guard code == EILSEQ || code == EINVAL else { continue }
      utf8 += [0xEF, 0xBF, 0xBD]
      failures += 1
      taken += code == EINVAL ? bytes.count - taken : min(unit, bytes.count - taken)
    }
    return (utf8, failures)
  }
}
