internal import Hearsay
internal import HearsayCompression

/// The decompressed bytes of a source in gzip or Zstandard, which are detected by its first bytes; of any other
/// source, its own bytes.
final class DecompressedSource: ByteSource, @unchecked Sendable {  // Used by one thread at a time, as every source.
  /// The extensions of compressed files, in lower case and without the dot.
  static let fileExtensions = ["gz", "zst", "zstd"]

  private enum Compression {
    /// Too few bytes were read to detect it.
    case unknown
    case none
    case gzip
    case zstandard
  }

  private let raw: any ByteSource
  private let isStream: Bool
  private var compression: Compression
  private var inflater: Inflater?
  private var zstd: ZstdDecoder?
  /// Bytes that were read, and from `position` on not decompressed yet.
  private var compressed: [UInt8] = []
  private var position = 0
  private var isRawAtEnd = false
  /// Whether the last read returned as many bytes as were asked for, so that the decompressor may hold back more.
  private var mayHoldBack = false
  /// Of the bytes as they are stored; `nil` where some were skipped.
  private var hash: XXH64? = XXH64()

  private static let readBytes = 262_144

  /// - Parameters:
  ///   - isStream: Whether the input is identified by its bytes alone: then none is skipped without being read.
  ///   - detectsCompression: Whether compressed bytes are decompressed.
  init(_ raw: any ByteSource, isStream: Bool = false, detectsCompression: Bool = true) {
    self.raw = raw
    self.isStream = isStream
    compression = detectsCompression ? .unknown : .none
  }

  var size: Int? {
    switch compression {
    case .unknown, .none: raw.size
    case .gzip, .zstandard: nil
    }
  }

  /// The digest of the stored bytes that were read; `nil` where some were skipped.
  var digest: InputDigest? {
    hash.map { InputDigest(byteCount: $0.byteCount, hash: $0.digest) }
  }

  /// The digest by which a stream is recognized when a run resumes.
  var prefix: InputDigest? { isStream ? digest : nil }

  /// The file on the disk whose bytes these are, from the first on; `nil` of any other source.
  var regularFile: OpenFile? {
    guard case .none = compression, !isStream, let file = raw as? OpenFile, file.size != nil else { return nil }
    return file
  }

  func isReady(within milliseconds: Int32) -> Bool {
    mayHoldBack || position < compressed.count || isRawAtEnd || raw.isReady(within: milliseconds)
  }

  func skip(_ count: Int) -> Bool {
    guard case .none = compression, !isStream, raw.skip(count) else { return false }
    hash = nil
    return true
  }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    switch compression {
    case .none: return try readRaw(count, into: &bytes)
    case .unknown:
      guard !isRawAtEnd else { return false }
      // Most inputs are not compressed: the bytes are read to their final place, and removed from there otherwise.
      let start = bytes.count
      bytes += compressed
      compressed = []
      isRawAtEnd = try !readRaw(count, into: &bytes)
      try detectCompression(bytes.span.extracting(start..<bytes.count))
      if case .none = compression { return !isRawAtEnd }
      compressed = Array(bytes[start...])
      bytes.removeSubrange(start...)
      return true
    case .gzip, .zstandard: return try decompress(count, into: &bytes)
    }
  }

  private func readRaw(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    let before = bytes.count
    let hasMore = try raw.read(count, into: &bytes)
    hash?.update(bytes.span.extracting(before..<bytes.count))
    return hasMore
  }

  /// Detects the compression by the first bytes, where they are enough.
  private func detectCompression(_ head: Swift.Span<UInt8>) throws(SourceError) {
    do throws(CompressionError) {
      if head.starts(with: [0x1F, 0x8B, 0x08]) {
        compression = .gzip
        inflater = try Inflater()
      } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
        compression = .zstandard
        zstd = try ZstdDecoder()
      } else if head.count >= 4 || isRawAtEnd || !head.isEmpty && head[0] != 0x1F && head[0] != 0x28 {
        compression = .none
      }
    } catch {
      throw .damaged(error.description)
    }
  }

  private func decompress(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    if position == compressed.count, !mayHoldBack, !isRawAtEnd {
      compressed.removeAll(keepingCapacity: true)
      position = 0
      isRawAtEnd = try !readRaw(Self.readBytes, into: &compressed)
    }
    let before = bytes.count
    do throws(CompressionError) {
      let taken =
        switch compression {
        case .gzip: try Self.decompress(&inflater, compressed, from: position, into: &bytes, atMost: count)
        default: try Self.decompress(&zstd, compressed, from: position, into: &bytes, atMost: count)
        }
      position += taken
      mayHoldBack = bytes.count - before == count
      guard isRawAtEnd, !mayHoldBack else { return true }
      let isWhole =
        switch compression {
        case .gzip: inflater?.isAtEnd ?? true
        default: zstd?.isAtEnd ?? true
        }
      guard isWhole else { throw CompressionError.truncated(compression == .gzip ? "gzip" : "Zstandard") }
      return false
    } catch {
      throw .damaged(error.description)
    }
  }

  private static func decompress<D: Decompressor & ~Copyable>(
    _ decompressor: inout D?, _ compressed: [UInt8], from start: Int, into bytes: inout [UInt8], atMost most: Int
  ) throws(CompressionError) -> Int {
    try decompressor?.decompress(compressed.span.extracting(start..<compressed.count), into: &bytes, atMost: most) ?? 0
  }
}
