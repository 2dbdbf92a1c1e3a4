internal import CLibArchive
internal import Hearsay

/// The files in a zip or tar archive, one after the other as they stand in it, in bounded memory.
@safe final class ArchiveReader: @unchecked Sendable {  // Used by one thread at a time, as every source.
  /// A file in the archive. Its bytes are there until the next one is asked for.
  struct Member {
    let path: String
    let size: Int?
    let isEncrypted: Bool
  }

  private let archive: OpaquePointer
  private let feed: ArchiveFeed
  private var isOpen = false
  /// Whether nothing more can be read, so that it need not be said twice.
  private(set) var isBroken = false
  /// How many links and devices were left out.
  private(set) var leftOut = 0

  /// - Parameters:
  ///   - source: What follows `head`.
  ///   - head: The first bytes of the archive, which are read already.
  init(_ source: any ByteSource, head: [UInt8]) throws(SourceError) {
    guard let archive = unsafe archive_read_new() else { throw .damaged("there is no memory for an archive") }
    unsafe self.archive = archive
    feed = ArchiveFeed(source, head)
    // From first to last, so that an archive from a pipe is read as one from a disk.
    unsafe archive_read_support_format_zip_streamable(archive)
    unsafe archive_read_support_format_tar(archive)
    unsafe archive_read_set_read_callback(archive) { _, feed, block in
      guard let feed = unsafe feed, let block = unsafe block else { return -1 }
      return unsafe Unmanaged<ArchiveFeed>.fromOpaque(feed).takeUnretainedValue().next(&block.pointee)
    }
    unsafe archive_read_set_skip_callback(archive) { _, feed, count in
      guard let feed = unsafe feed else { return 0 }
      return unsafe Unmanaged<ArchiveFeed>.fromOpaque(feed).takeUnretainedValue().skip(count)
    }
    // The reader outlives the archive that it closes, and holds the feed as long.
    unsafe archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
  }

  deinit { unsafe archive_read_free(archive) }

  /// The next file; `nil` at the end. Folders and hidden files are passed over.
  func next() throws(SourceError) -> Member? {
    if !isOpen {
      isOpen = true
      guard unsafe archive_read_open1(archive) == ARCHIVE_OK else { throw failure() }
    }
    while !isBroken {
      var entry: OpaquePointer?
      let status = unsafe archive_read_next_header(archive, &entry)
      guard status != ARCHIVE_EOF else { return nil }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else { throw failure() }
      let kind = unsafe UInt32(archive_entry_filetype(entry)) & 0o170000
      guard kind == 0o100000, unsafe archive_entry_hardlink(entry) == nil else {
        if kind != 0o040000 { leftOut += 1 }
        continue
      }
      let path = unsafe Self.path(of: entry)
      guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") && $0 != "." || $0 == "__MACOSX" }) else {
        continue
      }
      let size = unsafe archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
      return unsafe Member(path: path, size: size, isEncrypted: archive_entry_is_encrypted(entry) != 0)
    }
    return nil
  }

  /// Appends up to `count` bytes of the present file; `false` at its end.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    var read = 0
    bytes.append(addingCapacity: count) { space in
      unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        read = unsafe archive_read_data(archive, base + initialized, count)
        initialized += max(read, 0)
      }
    }
    guard read >= 0 else { throw failure() }
    return read > 0
  }

  private static func path(of entry: OpaquePointer) -> String {
    // A name in another encoding than UTF-8 is shown with U+FFFD.
    let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    guard let name = unsafe name else { return "unnamed" }
    let path = unsafe String(cString: name)
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  private func failure() -> SourceError {
    isBroken = true
    if let error = feed.failure { return error }
    guard let text = unsafe archive_error_string(archive) else { return .damaged("the archive is damaged") }
    return .damaged("the archive is damaged (\(unsafe String(cString: text)))")
  }
}

/// Hands the bytes of a source to libarchive.
@safe private final class ArchiveFeed {
  private let source: any ByteSource
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveFeed.blockBytes, alignment: 1)
  private var bytes: [UInt8]
  private var position = 0
  private var isAtEnd = false
  private(set) var failure: SourceError?

  private static let blockBytes = 262_144

  init(_ source: any ByteSource, _ head: [UInt8]) {
    self.source = source
    bytes = head
  }

  deinit { unsafe block.deallocate() }

  /// Sets `start` to the next bytes, which stay there until the next call; gives their number, 0 at the end.
  func next(_ start: inout UnsafeRawPointer?) -> Int {
    while position == bytes.count, !isAtEnd {
      bytes.removeAll(keepingCapacity: true)
      position = 0
      while !source.isReady(within: 1000) {}
      do throws(SourceError) {
        isAtEnd = try !source.read(Self.blockBytes, into: &bytes)
      } catch {
        // What came before the damage is still handed on.
        failure = error
        isAtEnd = true
      }
    }
    let count = min(bytes.count - position, Self.blockBytes)
    guard count > 0 else { return failure == nil ? 0 : -1 }
    unsafe bytes.withUnsafeBytes {
      unsafe block.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    unsafe start = UnsafeRawPointer(block.baseAddress)
    return count
  }

  /// Leaves out bytes without reading them, where the source can; gives their number.
  func skip(_ count: Int64) -> Int64 {
    guard position == bytes.count, count > 0, source.skip(Int(count)) else { return 0 }
    return count
  }
}

/// The bytes of an archive's present file.
final class ArchiveMember: ByteSource {
  private let archive: ArchiveReader
  private let isEncrypted: Bool
  let size: Int?

  init(_ member: ArchiveReader.Member, of archive: ArchiveReader) {
    self.archive = archive
    isEncrypted = member.isEncrypted
    // A length of nothing may be a length that stands behind the file.
    size = member.size.flatMap { $0 > 0 ? $0 : nil }
  }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    guard !isEncrypted else { throw .encrypted }
    return try archive.read(count, into: &bytes)
  }

  func isReady(within milliseconds: Int32) -> Bool { true }
  func skip(_ count: Int) -> Bool { false }
}

/// The archives that are seen through, told by their first bytes.
enum ArchiveKind: Sendable {
  case zip, tar

  /// How many bytes are looked at.
  static let headBytes = 512
  /// What the first file of an office document or an e-book is called, which are zip archives too.
  private static let documentParts = ["[Content_Types].xml", "mimetype", "_rels/", "docProps/", "word/", "META-INF/"]

  init?(of head: Swift.Span<UInt8>) {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      let name = [UInt8](copying: head, min(30, head.count)..<min(60, head.count))
      if Self.documentParts.contains(where: { name.starts(with: $0.utf8) }) { return nil }
      self = .zip
    } else if head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .zip
    } else if head.count >= 262, head.extracting(257..<262).starts(with: Array("ustar".utf8)) {
      self = .tar
    } else {
      return nil
    }
  }
}

extension SourceError {
  fileprivate static let encrypted = Self(
    code: .unreadable, problem: "is encrypted", hint: "unpack the archive with its password first")
}

extension InputNotice {
  static func leftOut(_ count: Int, of path: String) -> Self {
    Self(
      path: path,
      message: count == 1 ? "a link in the archive was left out" : "\(count) links in the archive were left out")
  }
}
