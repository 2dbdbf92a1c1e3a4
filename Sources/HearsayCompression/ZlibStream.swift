internal import CZlib

/// The state of a compressor or a decompressor of zlib, at a fixed address, as the library keeps it. Who calls
/// `deflateInit2_` or `inflateInit2_` on it, calls `deflateEnd` or `inflateEnd`.
@safe struct ZlibStream: ~Copyable {
  let state: UnsafeMutablePointer<z_stream>

  init() {
    unsafe state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
  }

  deinit { unsafe state.deallocate() }

  /// Calls `operation` once, with `input` and space for `capacity` bytes of output.
  ///
  /// - Returns: How many bytes of `input` were consumed, and what the operation returned.
  func run(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], capacity: Int,
    _ operation: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> (consumed: Int, status: Int32) {
    var status = Z_OK
    var consumed = 0
    output.append(addingCapacity: capacity) { space in
      unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
        unsafe input.withUnsafeBufferPointer { source in
          let count = min(source.count, Int(UInt32.max))
          unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
          unsafe state.pointee.avail_in = UInt32(count)
          unsafe state.pointee.next_out = buffer.baseAddress.map { unsafe $0 + initialized }
          unsafe state.pointee.avail_out = UInt32(capacity)
          status = unsafe operation(state)
          consumed = unsafe count - Int(state.pointee.avail_in)
          initialized += unsafe capacity - Int(state.pointee.avail_out)
        }
      }
    }
    return (consumed, status)
  }
}
