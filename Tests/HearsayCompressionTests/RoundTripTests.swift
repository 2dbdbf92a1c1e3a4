import HearsayCompression
import TestSupport
import Testing

@Suite("Compressed bytes are restored")
struct RoundTripTests {
  static let sizes = [0, 1, 100, 65_536, 400_000]

  /// Bytes that compress a little, in pieces of any size.
  private func bytes(_ count: Int) -> [UInt8] {
    var random = SplitMix(seed: UInt64(count))
    return (0..<count).map { _ in UInt8(random.next() % 23) + 65 }
  }

  private func pack<C: Compressor & ~Copyable>(
    _ bytes: [UInt8], piece: Int, _ compressor: inout C
  ) throws -> [UInt8] {
    var packed: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = min(start + piece, bytes.count)
      try compressor.compress(bytes.span.extracting(start..<end), into: &packed)
      start = end
    }
    try compressor.finish(into: &packed)
    return packed
  }

  private func unpack<D: Decompressor & ~Copyable>(
    _ packed: [UInt8], piece: Int, most: Int, _ decompressor: inout D
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    while true {
      let end = min(start + piece, packed.count)
      let before = bytes.count
      let taken = try decompressor.decompress(packed.span.extracting(start..<end), into: &bytes, atMost: most)
      #expect(bytes.count - before <= most)
      start += taken
      if start == packed.count, bytes.count - before < most { break }
      if taken == 0, bytes.count == before, end == packed.count { break }
    }
    if !decompressor.isAtEnd { throw CompressionError.truncated("test") }
    return bytes
  }

  @Test("gzip", arguments: sizes, [7, 1000, 1 << 20])
  func gzip(size: Int, piece: Int) throws {
    let bytes = bytes(size)
    var deflater = try Deflater()
    // Two members in a row are one stream.
    let packed = try pack(bytes, piece: piece, &deflater) + pack(bytes, piece: 999, &deflater)
    var inflater = try Inflater()
    #expect(try unpack(packed, piece: piece, most: 5000, &inflater) == bytes + bytes)
  }

  @Test("Zstandard", arguments: sizes, [7, 1000, 1 << 20])
  func zstd(size: Int, piece: Int) throws {
    let bytes = bytes(size)
    var encoder = try ZstdEncoder()
    let packed = try pack(bytes, piece: piece, &encoder) + pack(bytes, piece: 999, &encoder)
    var decoder = try ZstdDecoder()
    #expect(try unpack(packed, piece: piece, most: 5000, &decoder) == bytes + bytes)
  }

  @Test("A truncated stream is detected at every byte")
  func truncated() throws {
    let bytes = bytes(300)
    var deflater = try Deflater()
    let gzip = try pack(bytes, piece: 300, &deflater)
    var encoder = try ZstdEncoder()
    let zstd = try pack(bytes, piece: 300, &encoder)
    for end in 1..<gzip.count {
      var inflater = try Inflater()
      #expect(throws: CompressionError.self) {
        try unpack(Array(gzip[..<end]), piece: 50, most: 100, &inflater)
      }
    }
    for end in 1..<zstd.count {
      var decoder = try ZstdDecoder()
      #expect(throws: CompressionError.self) {
        try unpack(Array(zstd[..<end]), piece: 50, most: 100, &decoder)
      }
    }
  }

  @Test("A flipped bit is an error, never a crash")
  func damaged() throws {
    let bytes = bytes(5000)
    var deflater = try Deflater()
    var gzip = try pack(bytes, piece: 5000, &deflater)
    gzip[gzip.count / 2] ^= 0x10
    var inflater = try Inflater()
    #expect(throws: CompressionError.self) { try unpack(gzip, piece: 100, most: 1000, &inflater) }
    var encoder = try ZstdEncoder()
    var zstd = try pack(bytes, piece: 5000, &encoder)
    zstd[zstd.count / 2] ^= 0x10
    var decoder = try ZstdDecoder()
    #expect(throws: CompressionError.self) { try unpack(zstd, piece: 100, most: 1000, &decoder) }
  }

  @Test("Zeros may follow gzip, anything else may not")
  func padding() throws {
    let bytes = bytes(100)
    var deflater = try Deflater()
    let packed = try pack(bytes, piece: 100, &deflater)
    var inflater = try Inflater()
    #expect(try unpack(packed + [0, 0, 0], piece: 10, most: 1000, &inflater) == bytes)
    var another = try Inflater()
    #expect(throws: CompressionError.self) { try unpack(packed + [1, 2, 3], piece: 10, most: 1000, &another) }
  }
}
