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
    var consumed = 0
    while consumed < input.count {
      consumed += try step(input.extracting(consumed..<input.count), ZSTD_e_continue, &output).consumed
    }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    let nothing: [UInt8] = []
    while try step(nothing.span, ZSTD_e_end, &output).pending > 0 {}
  }

  /// - Returns: How many bytes of `input` were consumed, and how many bytes of output are still pending.
  private func step(
    _ input: Swift.Span<UInt8>, _ directive: ZSTD_EndDirective, _ output: inout [UInt8]
  ) throws(CompressionError) -> (consumed: Int, pending: Int) {
    let (consumed, result) = unsafe input.runZstd(into: &output, capacity: stepBytes) {
      unsafe ZSTD_compressStream2(context, $0, $1, directive)
    }
    if let error = zstdError(result) { throw CompressionError("Zstandard cannot compress (\(error))") }
    return (consumed, result)
  }
}
