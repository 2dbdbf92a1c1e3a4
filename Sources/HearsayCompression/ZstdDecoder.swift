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
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost maximum: Int
  ) throws(CompressionError) -> Int {
    var consumed = 0
    var appended = 0
    while appended < maximum {
      if !isOpen, consumed == input.count { break }
      let before = output.count
      let step = unsafe input.extracting(consumed..<input.count)
        .runZstd(into: &output, capacity: min(maximum - appended, stepBytes)) {
          unsafe ZSTD_decompressStream(context, $0, $1)
        }
      if let error = zstdError(step.result) { throw .corrupt("Zstandard", error) }
      consumed += step.consumed
      appended += output.count - before
      // The result is how many bytes the decoder expects next, 0 after the end of a frame.
      isOpen = step.result != 0
      if step.consumed == 0, output.count == before { break }
    }
    return consumed
  }
}
