import Dispatch
import HearsayCompression
import Synchronization

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

  /// Packs a piece of a file into a gzip member or a Zstandard frame of its own, which depends on its bytes alone.
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

/// A piece of a file that is packed on a thread of its own, so that documents need not wait for it.
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

  /// The packed bytes, as soon as they are there.
  func bytes() throws -> [UInt8] {
    group.wait()
    return try result.withLock { try $0?.get() ?? [] }
  }
}
