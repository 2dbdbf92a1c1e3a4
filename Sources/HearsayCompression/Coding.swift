/// Decompresses a stream in pieces. Any number of members or frames that follow each other are one stream.
public protocol Decompressor: ~Copyable {
  /// Whether the stream may end here: no member or frame is open.
  var isAtEnd: Bool { get }

  /// Consumes bytes of the stream and appends the decompressed bytes, at most `maximum`.
  ///
  /// - Returns: How many bytes of `input` were consumed. Call again with the others, and with none at all where
  ///   `maximum` bytes were appended: the decompressor may hold back more.
  mutating func decompress(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost maximum: Int
  ) throws(CompressionError) -> Int
}

/// Compresses a stream in pieces.
public protocol Compressor: ~Copyable {
  /// Consumes all of `input`, and appends as much of its compressed form as is complete.
  mutating func compress(_ input: Swift.Span<UInt8>, into output: inout [UInt8]) throws(CompressionError)

  /// Ends the member or frame, which is then complete. More input begins another one.
  mutating func finish(into output: inout [UInt8]) throws(CompressionError)
}

/// How many bytes of output are requested of a library at a time.
let stepBytes = 65_536
