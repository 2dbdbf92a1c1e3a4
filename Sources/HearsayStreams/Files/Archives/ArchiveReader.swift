internal import CLibArchive
internal import Hearsay

/// The files in a zip or tar archive, one after the other in their order, in bounded memory.
final class ArchiveReader: @unchecked Sendable {  // Used by one thread at a time, as every source.
  /// A file in the archive. Its bytes can be read until the next file is requested.
  struct Member {
    let path: String
    let size: Int?
    let isEncrypted: Bool
  }

  private let feed: ArchiveFeed
  private var archive: OpenArchive
  /// Whether nothing more can be read, so that this is reported only once.
  private(set) var isBroken = false
  /// How many links and devices were left out.
  private(set) var leftOut = 0
  /// The error in the directory of a zip file, which is therefore read sequentially.
  private var directoryError: SourceError?
  private var hasFoundAny = false

  /// An archive that is read sequentially.
  ///
  /// - Parameters:
  ///   - source: What follows `head`.
  ///   - head: The first bytes of the archive, which were read already.
  ///   - isCancelled: Called before each read; where it returns `true`, the archive fails as interrupted.
  init(_ source: any ByteSource, head: [UInt8], isCancelled: @escaping @Sendable () -> Bool) throws(SourceError) {
    feed = StreamFeed(source, head, isCancelled)
    archive = try OpenArchive(feed)
  }

  /// A zip file on the disk. Its directory determines its files: entries that were deleted or replaced are not read.
  init(zipFile file: OpenFile, isCancelled: @escaping @Sendable () -> Bool) throws(SourceError) {
    feed = FileFeed(file, isCancelled)
    archive = try OpenArchive(feed)
  }

  /// The next file; `nil` at the end. Folders and hidden files are skipped.
  func next() throws(SourceError) -> Member? {
    while !isBroken {
      guard let entry = unsafe try nextEntry() else {
        guard let error = directoryError else { return nil }
        isBroken = true
        throw error
      }
      hasFoundAny = true
      let kind = unsafe UInt32(archive_entry_filetype(entry)) & 0o170000
      guard kind == 0o100000, unsafe archive_entry_hardlink(entry) == nil else {
        if kind != 0o040000 { leftOut += 1 }
        continue
      }
      let path = unsafe archive.path(of: entry)
      guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") && $0 != "." || $0 == "__MACOSX" }) else {
        continue
      }
      let size = unsafe archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
      return unsafe Member(path: path, size: size, isEncrypted: archive_entry_is_encrypted(entry) != 0)
    }
    return nil
  }

  private func nextEntry() throws(SourceError) -> OpaquePointer? {
    do throws(SourceError) {
      return unsafe try archive.nextEntry()
    } catch {
      guard error.code != .interrupted, !hasFoundAny, feed.rewindAsStream() else {
        isBroken = true
        throw error
      }
      // Without a valid directory, the entries before the damage can still be read.
      directoryError = error
      archive = try OpenArchive(feed)
      return unsafe try nextEntry()
    }
  }

  /// Appends up to `count` bytes of the current file; `false` at its end.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    do throws(SourceError) {
      return try archive.read(count, into: &bytes)
    } catch {
      isBroken = true
      throw error
    }
  }
}

/// The bytes of an archive's current file.
final class ArchiveMember: ByteSource {
  private let archive: ArchiveReader
  private let isEncrypted: Bool
  let size: Int?

  init(_ member: ArchiveReader.Member, of archive: ArchiveReader) {
    self.archive = archive
    isEncrypted = member.isEncrypted
    // Where the length is 0, the true one may follow the file.
    size = member.size.flatMap { $0 > 0 ? $0 : nil }
  }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    guard !isEncrypted else { throw .encrypted }
    return try archive.read(count, into: &bytes)
  }

  func isReady(within milliseconds: Int32) -> Bool { true }
  func skip(_ count: Int) -> Bool { false }
}

/// The archives whose files are read. They are detected by their first bytes.
enum ArchiveKind: Sendable {
  case zip, tar

  /// The extensions of archives, in lower case and without the dot.
  static let fileExtensions = ["zip", "tar", "tgz"]
  /// How many bytes are examined.
  static let headBytes = 512
  /// The name of the first file in an office document or an e-book, which are zip archives too.
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
