import Dispatch
import HearsayCompression
import Synchronization

/// The compression of an output, by the ending of its name.
enum OutputCompression: String, Sendable {
  case none, gzip, zstd

  init(path: String) {
    self = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstd : .none
  }

  /// The path without the ending of the compression.
  func stripped(_ path: String) -> Substring {
    switch self {
    case .none: path[...]
    case .gzip: path.dropLast(3)
    case .zstd: path.dropLast(4)
    }
  }

  /// Compresses a piece of a file into a gzip member or a Zstandard frame, which depends only on the piece.
  func pack(_ piece: [UInt8]) throws -> [UInt8] {
    var packed: [UInt8] = []
    switch self {
    case .none: return piece
    case .gzip:
      var deflater = try Deflater()
      try deflater.compress(piece.span, into: &packed)
      try deflater.finish(into: &packed)
    case .zstd:
      var encoder = try ZstdEncoder()
      try encoder.compress(piece.span, into: &packed)
      try encoder.finish(into: &packed)
    }
    return packed
  }
}

/// A piece of a file that is compressed on another thread, so that documents do not wait for it.
final class PackedPiece: Sendable {
  private let result = Mutex<Result<[UInt8], any Error>?>(nil)
  private let group = DispatchGroup()

  init(_ piece: [UInt8], _ compression: OutputCompression) {
    group.enter()
    DispatchQueue.global().async { [self] in
      let packed = Result { try compression.pack(piece) }
      result.withLock { $0 = packed }
      group.leave()
    }
  }

  var isDone: Bool { result.withLock { $0 != nil } }

  /// Waits for the compressed bytes.
  func bytes() throws -> [UInt8] {
    group.wait()
    return try result.withLock { try $0?.get() ?? [] }
  }
}
