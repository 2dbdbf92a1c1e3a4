internal import CZlib

/// Compresses to gzip (RFC 1952). The same bytes come out for the same bytes in, whatever the pieces: the header holds
/// neither name nor time.
@safe public struct Deflater: ~Copyable, Compressor {
  /// From fast and large to slow and small.
  public static let levels = 1...9

  private let stream: UnsafeMutablePointer<z_stream>
  private var isOpen = false

  public init(level: Int = 6) throws(CompressionError) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let level = Int32(min(max(level, Self.levels.lowerBound), Self.levels.upperBound))
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
      unsafe deflateInit2_(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { throw .noMemory }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  public mutating func compress(_ input: Swift.Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) {
    guard !input.isEmpty else { return }
    isOpen = true
    var taken = 0
    while taken < input.count { taken += try step(input.extracting(taken..<input.count), Z_NO_FLUSH, &output).used }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    let nothing: [UInt8] = []
    while try step(nothing.span, Z_FINISH, &output).status != Z_STREAM_END {}
    unsafe deflateReset(stream)
    isOpen = false
  }

  private func step(
    _ input: Swift.Span<UInt8>, _ flush: Int32, _ output: inout [UInt8]
  ) throws(CompressionError) -> (used: Int, status: Int32) {
    var status = Z_OK
    var used = 0
    output.append(addingCapacity: stepBytes) { space in
      unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
        unsafe input.withUnsafeBufferPointer { source in
          let count = min(source.count, Int(UInt32.max))
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(count)
          unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + initialized }
          unsafe stream.pointee.avail_out = UInt32(stepBytes)
          status = unsafe deflate(stream, flush)
          used = unsafe count - Int(stream.pointee.avail_in)
          initialized += unsafe stepBytes - Int(stream.pointee.avail_out)
        }
      }
    }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw CompressionError("gzip cannot compress (code \(status))")
    }
    return (used, status)
  }
}
