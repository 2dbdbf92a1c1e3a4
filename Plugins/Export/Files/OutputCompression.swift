import Hearsay
import HearsayCompression

/// How an output's bytes are packed, by the end of its name.
enum OutputCompression: String, Sendable {
  case none, gzip, zstd

  init(path: String) {
    self = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstd : .none
  }

  /// The path without the ending that names the compression.
  func stripped(_ path: String) -> Substring {
    switch self {
    case .none: path[...]
    case .gzip: path.dropLast(3)
    case .zstd: path.dropLast(4)
    }
  }
}

/// Packs pieces of a file: each becomes a gzip member or a Zstandard frame of its own, which depends on its bytes alone.
struct Packer: ~Copyable {
  private var deflater: Deflater?
  private var encoder: ZstdEncoder?

  init(_ compression: OutputCompression) throws {
    deflater = compression == .gzip ? try Deflater() : nil
    encoder = compression == .zstd ? try ZstdEncoder() : nil
  }

  mutating func pack(_ piece: [UInt8]) throws -> [UInt8] {
    var packed: [UInt8] = []
    if deflater != nil {
      try deflater?.compress(piece.span, into: &packed)
      try deflater?.finish(into: &packed)
    } else if encoder != nil {
      try encoder?.compress(piece.span, into: &packed)
      try encoder?.finish(into: &packed)
    } else {
      return piece
    }
    return packed
  }
}
