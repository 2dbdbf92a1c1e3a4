internal import CLibArchive
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Hearsay

/// An archive that libarchive reads.
@safe final class OpenArchive {
  private let archive: OpaquePointer
  private let feed: ArchiveFeed
  private var isOpen = false

  init(_ feed: ArchiveFeed) throws(SourceError) {
    guard let archive = unsafe archive_read_new() else { throw .damaged("there is no memory for an archive") }
    unsafe self.archive = archive
    self.feed = feed
    unsafe archive_read_support_format_zip_streamable(archive)
    unsafe archive_read_support_format_tar(archive)
    unsafe archive_read_set_read_callback(archive) { _, feed, block in
      guard let feed = unsafe ArchiveFeed.of(feed), let block = unsafe block else { return -1 }
      return unsafe feed.next(&block.pointee)
    }
    unsafe archive_read_set_skip_callback(archive) { _, feed, count in
      unsafe ArchiveFeed.of(feed)?.skip(count) ?? 0
    }
    if feed.isSeekable {
      unsafe archive_read_support_format_zip_seekable(archive)
      unsafe archive_read_set_seek_callback(archive) { _, feed, offset, whence in
        unsafe ArchiveFeed.of(feed)?.seek(offset, whence) ?? Int64(ARCHIVE_FATAL)
      }
    }
    // This object retains the feed for as long as the archive is open.
    unsafe archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
  }

  deinit { unsafe archive_read_free(archive) }

  /// The header of the next entry; `nil` at the end.
  func nextEntry() throws(SourceError) -> OpaquePointer? {
    if !isOpen {
      isOpen = true
      guard unsafe archive_read_open1(archive) == ARCHIVE_OK else { throw failure() }
    }
    var entry: OpaquePointer?
    let status = UTF8Locale.using { unsafe archive_read_next_header(archive, &entry) }
    guard status != ARCHIVE_EOF else { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, unsafe entry != nil else { throw failure() }
    return unsafe entry
  }

  /// Appends up to `count` bytes of the current entry; `false` at its end.
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

  /// The name of an entry. In a zip archive, a name that is not UTF-8 is decoded as CP437, the default of the format;
  /// in a tar archive, U+FFFD replaces invalid bytes.
  func path(of entry: OpaquePointer) -> String {
    guard let name = unsafe UTF8Locale.using({ unsafe archive_entry_pathname(entry) }) else { return "unnamed" }
    var bytes = unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name))).map { UInt8(bitPattern: $0) }
    let isZip = unsafe archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP
    if isZip, !bytes.isValidUTF8, let converter = Converter(from: "CP437") {
      bytes = converter.decoded(bytes.span, unit: 1).utf8
    }
    let path = String(decoding: bytes, as: UTF8.self)
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  private func failure() -> SourceError {
    if let error = feed.failure { return error }
    guard let text = unsafe archive_error_string(archive) else { return .damaged("the archive is damaged") }
    return .damaged("the archive is damaged (\(unsafe String(cString: text)))")
  }
}
