/// Decompresses a stream piece by piece. Any number of members or frames that follow each other are one stream.
public protocol Decompressor: ~Copyable {
  /// Whether the stream may end here: no member or frame is open.
  var isAtEnd: Bool { get }

  /// Takes bytes of the stream and appends what they stand for, at most `most` bytes.
  ///
  /// - Returns: How many bytes of `input` were taken. Call again with the others, and with none at all where `most`
  ///   bytes were appended: more may be held back.
  mutating func decompress(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost most: Int
  ) throws(CompressionError) -> Int
}

/// Compresses a stream piece by piece.
public protocol Compressor: ~Copyable {
  /// Takes all of `input`, and appends as much of its compressed form as is ready.
  mutating func compress(_ input: Swift.Span<UInt8>, into output: inout [UInt8]) throws(CompressionError)

  /// Ends the member or frame, which can be read back as a whole then. More input begins another one.
  mutating func finish(into output: inout [UInt8]) throws(CompressionError)
}

/// How much is asked of a library at a time, in bytes.
let stepBytes = 65_536
