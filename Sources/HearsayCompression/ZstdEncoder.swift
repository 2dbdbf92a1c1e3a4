internal import CZstd

/// Compresses to Zstandard (RFC 8878), each frame with a checksum.
@safe public struct ZstdEncoder: ~Copyable, Compressor {
  /// From fast and large to slow and small.
  public static let levels = 1...19

  private let context: OpaquePointer

  public init(level: Int = 3) throws(CompressionError) {
    guard let context = unsafe ZSTD_createCCtx() else { throw .noMemory }
    unsafe self.context = context
    let level = Int32(min(max(level, Self.levels.lowerBound), Self.levels.upperBound))
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  public mutating func compress(_ input: Swift.Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) {
    var taken = 0
    while taken < input.count {
      taken += try step(input.extracting(taken..<input.count), ZSTD_e_continue, &output).used
    }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    let nothing: [UInt8] = []
    while try step(nothing.span, ZSTD_e_end, &output).left > 0 {}
  }

  private func step(
    _ input: Swift.Span<UInt8>, _ directive: ZSTD_EndDirective, _ output: inout [UInt8]
  ) throws(CompressionError) -> (used: Int, left: Int) {
    var used = 0
    var left = 0
    output.append(addingCapacity: stepBytes) { space in
      unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
        unsafe input.withUnsafeBufferPointer { source in
          var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
          var to = unsafe ZSTD_outBuffer(
            dst: buffer.baseAddress.map { unsafe $0 + initialized }, size: stepBytes, pos: 0)
          left = unsafe ZSTD_compressStream2(context, &to, &from, directive)
          used = unsafe from.pos
          initialized += unsafe to.pos
        }
      }
    }
    guard ZSTD_isError(left) == 0 else {
      throw CompressionError("Zstandard cannot compress (\(unsafe String(cString: ZSTD_getErrorName(left))))")
    }
    return (used, left)
  }
}
