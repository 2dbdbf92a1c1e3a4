#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import CLibArchive
internal import Hearsay

/// Passes the bytes of an archive to libarchive.
@safe class ArchiveFeed {
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveFeed.blockBytes, alignment: 1)
  fileprivate let isCancelled: @Sendable () -> Bool
  /// Why there are no more bytes.
  fileprivate(set) var failure: SourceError?

  fileprivate static let blockBytes = 262_144

  fileprivate init(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled = isCancelled }

  deinit { unsafe block.deallocate() }

  /// The feed that was registered as a callback's data.
  static func of(_ data: UnsafeMutableRawPointer?) -> ArchiveFeed? {
    unsafe data.map { unsafe Unmanaged<ArchiveFeed>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Whether `seek` may be called.
  var isSeekable: Bool { false }

  /// Sets `start` to the next bytes, which stay valid until the next call; returns their number, 0 at the end.
  func next(_ start: inout UnsafeRawPointer?) -> Int { -1 }

  /// Skips bytes without reading them, where the source can; returns their number.
  func skip(_ count: Int64) -> Int64 { 0 }

  /// Moves to an offset; returns the new one, counted from the first byte, or `ARCHIVE_FATAL`.
  func seek(_ offset: Int64, _ whence: Int32) -> Int64 { Int64(ARCHIVE_FATAL) }

  /// Starts again at the first byte, without seeking from then on; `false` where the source cannot.
  func rewindAsStream() -> Bool { false }

  /// Copies bytes to where they stay valid until the next call.
  fileprivate func pass(_ bytes: ArraySlice<UInt8>, to start: inout UnsafeRawPointer?) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe block.copyMemory(from: $0) }
    unsafe start = UnsafeRawPointer(block.baseAddress)
    return bytes.count
  }
}

/// An archive that is read from first to last.
@safe final class StreamFeed: ArchiveFeed {
  private let source: any ByteSource
  private var bytes: [UInt8]
  private var position = 0
  private var isAtEnd = false

  init(_ source: any ByteSource, _ head: [UInt8], _ isCancelled: @escaping @Sendable () -> Bool) {
    self.source = source
    bytes = head
    super.init(isCancelled)
  }

  override func next(_ start: inout UnsafeRawPointer?) -> Int {
    while position == bytes.count, !isAtEnd {
      bytes.removeAll(keepingCapacity: true)
      position = 0
      do throws(SourceError) {
        repeat {
          guard !isCancelled() else { throw .interrupted }
        } while !source.isReady(within: 100)
        isAtEnd = try !source.read(Self.blockBytes, into: &bytes)
      } catch {
        // What precedes the damage is still passed on.
        failure = error
        isAtEnd = true
      }
    }
    let count = min(bytes.count - position, Self.blockBytes)
    guard count > 0 else { return failure == nil ? 0 : -1 }
    defer { position += count }
    return unsafe pass(bytes[position..<position + count], to: &start)
  }

  override func skip(_ count: Int64) -> Int64 {
    guard position == bytes.count, count > 0, source.skip(Int(count)) else { return 0 }
    return count
  }
}

/// An archive in a file on the disk.
@safe final class FileFeed: ArchiveFeed {
  private let file: OpenFile
  private let size: Int
  private var offset = 0
  private(set) var isStream = false

  init(_ file: OpenFile, _ isCancelled: @escaping @Sendable () -> Bool) {
    self.file = file
    size = file.size ?? 0
    super.init(isCancelled)
  }

  override var isSeekable: Bool { !isStream }

  override func next(_ start: inout UnsafeRawPointer?) -> Int {
    guard !isCancelled() else {
      failure = .interrupted
      return -1
    }
    guard let bytes = file.bytes(at: offset, count: min(Self.blockBytes, max(size - offset, 0))) else {
      failure = .system(SystemError(errno))
      return -1
    }
    offset += bytes.count
    return unsafe pass(bytes[...], to: &start)
  }

  override func skip(_ count: Int64) -> Int64 {
    let skipped = min(max(Int(count), 0), max(size - offset, 0))
    offset += skipped
    return Int64(skipped)
  }

  override func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    let base =
      switch whence {
      case SEEK_CUR: self.offset
      case SEEK_END: size
      default: 0
      }
    let (wanted, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, wanted >= 0 else { return Int64(ARCHIVE_FATAL) }
    self.offset = min(wanted, size)
    return Int64(self.offset)
  }

  override func rewindAsStream() -> Bool {
    guard !isStream else { return false }
    isStream = true
    offset = 0
    return true
  }
}
