internal import CZstd

extension Swift.Span<UInt8> {
  /// Calls an operation of Zstandard once, with these bytes and space for `capacity` bytes of output.
  ///
  /// - Returns: How many bytes of the input were consumed, and what the operation returned.
  func runZstd(
    into output: inout [UInt8], capacity: Int,
    _ operation: (UnsafeMutablePointer<ZSTD_outBuffer>, UnsafeMutablePointer<ZSTD_inBuffer>) -> Int
  ) -> (consumed: Int, result: Int) {
    var result = 0
    var consumed = 0
    output.append(addingCapacity: capacity) { space in
      unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
        unsafe withUnsafeBufferPointer { source in
          var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
          var to = unsafe ZSTD_outBuffer(
            dst: buffer.baseAddress.map { unsafe $0 + initialized }, size: capacity, pos: 0)
          result = unsafe operation(&to, &from)
          consumed = unsafe from.pos
          initialized += unsafe to.pos
        }
      }
    }
    return (consumed, result)
  }
}

/// The message of an error that an operation of Zstandard returned; `nil` where the result is no error.
func zstdError(_ result: Int) -> String? {
  ZSTD_isError(result) == 0 ? nil : unsafe String(cString: ZSTD_getErrorName(result))
}
