internal import Hearsay
internal import HearsayCompression

/// A source with its compression seen through: gzip and Zstandard, told by their first bytes.
final class UnpackedSource: ByteSource, @unchecked Sendable {  // Used by one thread at a time, as every source.
  private enum Packing {
    /// Too few bytes were read to tell.
    case unknown
    case none
    case gzip
    case zstandard
  }

  private let raw: any ByteSource
  private let isStream: Bool
  private var packing: Packing
  private var inflater: Inflater?
  private var zstd: ZstdDecoder?
  /// Bytes that were read, and from `position` on not unpacked yet.
  private var packed: [UInt8] = []
  private var position = 0
  private var isRawAtEnd = false
  /// Whether the last piece was as long as was asked for, so that there may be more after it.
  private var isHoldingBack = false
  /// Of the bytes as they are stored; `nil` where some were left out.
  private var hash: XXH64? = XXH64()

  private static let readBytes = 262_144

  /// - Parameters:
  ///   - isStream: Whether nothing but the bytes tells the input from another one: then none is left out unread.
  ///   - unpacks: Whether compression is looked for.
  init(_ raw: any ByteSource, isStream: Bool = false, unpacks: Bool = true) {
    self.raw = raw
    self.isStream = isStream
    packing = unpacks ? .unknown : .none
  }

  var size: Int? {
    switch packing {
    case .unknown, .none: raw.size
    case .gzip, .zstandard: nil
    }
  }

  /// The digest of the stored bytes that were read; `nil` where some were left out.
  var digest: InputDigest? {
    hash.map { InputDigest(byteCount: $0.byteCount, hash: $0.digest) }
  }

  /// The digest by which a stream is known again.
  var prefix: InputDigest? { isStream ? digest : nil }

  /// The file on the disk that these bytes are, from its first one on; `nil` of any other source.
  var regularFile: OpenFile? {
    guard case .none = packing, !isStream, let file = raw as? OpenFile, file.size != nil else { return nil }
    return file
  }

  func isReady(within milliseconds: Int32) -> Bool {
    isHoldingBack || position < packed.count || isRawAtEnd || raw.isReady(within: milliseconds)
  }

  func skip(_ count: Int) -> Bool {
    guard case .none = packing, !isStream, raw.skip(count) else { return false }
    hash = nil
    return true
  }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    switch packing {
    case .none: return try readRaw(count, into: &bytes)
    case .unknown:
      guard !isRawAtEnd else { return false }
      // Most inputs are not packed: their first bytes go where they belong, and are taken back otherwise.
      let start = bytes.count
      bytes += packed
      packed = []
      isRawAtEnd = try !readRaw(count, into: &bytes)
      try begin(bytes.span.extracting(start..<bytes.count))
      if case .none = packing { return !isRawAtEnd }
      packed = Array(bytes[start...])
      bytes.removeSubrange(start...)
      return true
    case .gzip, .zstandard: return try unpack(count, into: &bytes)
    }
  }

  private func readRaw(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    let before = bytes.count
    let hasMore = try raw.read(count, into: &bytes)
    hash?.update(bytes.span.extracting(before..<bytes.count))
    return hasMore
  }

  /// Tells the packing by the first bytes, where they are enough.
  private func begin(_ head: Swift.Span<UInt8>) throws(SourceError) {
    do throws(CompressionError) {
      if head.starts(with: [0x1F, 0x8B, 0x08]) {
        packing = .gzip
        inflater = try Inflater()
      } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
        packing = .zstandard
        zstd = try ZstdDecoder()
      } else if head.count >= 4 || isRawAtEnd || !head.isEmpty && head[0] != 0x1F && head[0] != 0x28 {
        packing = .none
      }
    } catch {
      throw .damaged(error.description)
    }
  }

  private func unpack(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    if position == packed.count, !isHoldingBack, !isRawAtEnd {
      packed.removeAll(keepingCapacity: true)
      position = 0
      isRawAtEnd = try !readRaw(Self.readBytes, into: &packed)
    }
    let before = bytes.count
    do throws(CompressionError) {
      let taken =
        switch packing {
        case .gzip: try Self.unpack(&inflater, packed, from: position, into: &bytes, atMost: count)
        default: try Self.unpack(&zstd, packed, from: position, into: &bytes, atMost: count)
        }
      position += taken
      isHoldingBack = bytes.count - before == count
      guard isRawAtEnd, !isHoldingBack else { return true }
      let isWhole =
        switch packing {
        case .gzip: inflater?.isAtEnd ?? true
        default: zstd?.isAtEnd ?? true
        }
      guard isWhole else { throw CompressionError.truncated(packing == .gzip ? "gzip" : "Zstandard") }
      return false
    } catch {
      throw .damaged(error.description)
    }
  }

  private static func unpack<D: Decompressor & ~Copyable>(
    _ decompressor: inout D?, _ packed: [UInt8], from start: Int, into bytes: inout [UInt8], atMost most: Int
  ) throws(CompressionError) -> Int {
    try decompressor?.decompress(packed.span.extracting(start..<packed.count), into: &bytes, atMost: most) ?? 0
  }
}
