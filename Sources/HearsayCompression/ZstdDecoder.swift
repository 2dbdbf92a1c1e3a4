internal import CZstd

/// Decompresses Zstandard of any number of frames (RFC 8878); skippable frames are left out.
@safe public struct ZstdDecoder: ~Copyable, Decompressor {
  private let context: OpaquePointer
  private var isOpen = true

  public var isAtEnd: Bool { !isOpen }

  public init() throws(CompressionError) {
    guard let context = unsafe ZSTD_createDCtx() else { throw .noMemory }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  public mutating func decompress(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost most: Int
  ) throws(CompressionError) -> Int {
    var taken = 0
    var appended = 0
    while appended < most {
      if !isOpen, taken == input.count { break }
      let room = min(most - appended, stepBytes)
      let rest = input.extracting(taken..<input.count)
      let before = output.count
      var hint = 0
      var used = 0
      output.append(addingCapacity: room) { space in
        unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
          unsafe rest.withUnsafeBufferPointer { source in
            var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            var to = unsafe ZSTD_outBuffer(
              dst: buffer.baseAddress.map { unsafe $0 + initialized }, size: room, pos: 0)
            hint = unsafe ZSTD_decompressStream(context, &to, &from)
            used = unsafe from.pos
            initialized += unsafe to.pos
          }
        }
      }
      guard ZSTD_isError(hint) == 0 else {
        throw .corrupt("Zstandard", unsafe String(cString: ZSTD_getErrorName(hint)))
      }
      taken += used
      appended += output.count - before
      isOpen = hint != 0
      if used == 0, output.count == before { break }
    }
    return taken
  }
}
