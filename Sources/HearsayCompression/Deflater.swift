internal import CZlib

/// Compresses to gzip (RFC 1952). The output depends on the input alone, not on the pieces in which it arrives: the
/// header contains neither name nor time.
@safe public struct Deflater: ~Copyable, Compressor {
  /// From fast and large to slow and small.
  public static let levels = 1...9

  private let stream = ZlibStream()

  public init(level: Int = 6) throws(CompressionError) {
    let level = Int32(min(max(level, Self.levels.lowerBound), Self.levels.upperBound))
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
      unsafe deflateInit2_(stream.state, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { throw .noMemory }
  }

  deinit { unsafe deflateEnd(stream.state) }

  public mutating func compress(_ input: Swift.Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) {
    var consumed = 0
    while consumed < input.count {
      consumed += try step(input.extracting(consumed..<input.count), Z_NO_FLUSH, &output).consumed
    }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    let nothing: [UInt8] = []
    while try step(nothing.span, Z_FINISH, &output).status != Z_STREAM_END {}
    unsafe deflateReset(stream.state)
  }

  private func step(
    _ input: Swift.Span<UInt8>, _ flush: Int32, _ output: inout [UInt8]
  ) throws(CompressionError) -> (consumed: Int, status: Int32) {
    let (consumed, status) = unsafe stream.run(input, into: &output, capacity: stepBytes) { unsafe deflate($0, flush) }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw CompressionError("gzip cannot compress (code \(status))")
    }
    return (consumed, status)
  }
}
