internal import Hearsay

/// Cuts one open file into records.
struct FileCutter: Sendable {
  let file: any ByteSource
  let path: String
  let settings: InputSettings
  let layers: [any Layer.Type]

  /// `nil` until the first bytes are there.
  var format: (any DocumentFormat)?
  var isContainer = true
  var recordsAreLines = false
  var announces = false
  var awaitsHeader = false
  var isAtEnd = false
  private(set) var readCount = 0
  /// How many bytes of the file are cut, counted after its decompression.
  var offset = 0
  var line = 1
  var number = 0
  var skip = Skip.nothing
  /// How far the next record was searched for its end.
  var scan = RecordScan()
  /// Where to go on, once the header is read.
  var target: InputPosition?
  /// Why there are no more bytes.
  var failure: SourceError?
  /// Nothing is left of the file.
  var isDone = false
  /// Whether the file is an archive, of which no byte is cut here.
  var isArchive = false
  let origin: Origin
  private let pathHash: UInt64
  /// Records that nobody wants, by what they are.
  private(set) var leftOut: [String: Int] = [:]
  /// Whether all of the file was read.
  var isReadWhole: Bool { isAtEnd && failure == nil }
  /// The file's index among the sources of the present batch.
  var source: Int?
  /// Where bytes begin that were left out and need not be kept.
  var dropped: Int?

  /// Where the bytes come from, which decides what may be in them.
  enum Origin: Sendable {
    /// An input of its own, which may be an archive.
    case input
    /// A file in an archive. An archive in an archive is not read.
    case archive
    /// A stream of lines, each of which is read or fails by itself whatever the first bytes look like.
    case plainLines
  }

  /// What comes next and is no record.
  enum Skip: Sendable, Equatable {
    case nothing
    /// The rest of a line.
    case line
    case bytes(Int)
  }

  /// - Parameter target: Where in the file to go on; `nil` for its beginning.
  init(
    _ file: any ByteSource, _ path: String, _ settings: InputSettings, _ layers: [any Layer.Type],
    origin: Origin = .input, from target: InputPosition? = nil
  ) {
    self.file = file
    self.path = path
    self.settings = settings
    self.layers = layers
    self.origin = origin
    pathHash = settings.selection.takesAll ? 0 : Selection.hash(of: path)
    self.target = target.flatMap { $0.byteOffset > 0 ? $0 : nil }
    // A guess, to read a small file in one go; `look` tells it for certain.
    switch settings.format == .auto ? InputFormat(extensionOf: path) ?? .auto : settings.format {
    case .text, .html: isContainer = false
    default: break
    }
  }

  /// Puts into `position` how far the file is cut.
  func mark(_ position: inout InputPosition) {
    position.byteOffset = offset
    position.record = number
    position.line = line
    switch skip {
    case .nothing: position.isWithinRecord = false
    case .line: position.isWithinRecord = true
    case .bytes(let count):
      position.byteOffset += count
      position.isWithinRecord = target?.isWithinRecord ?? announces
    }
  }

  /// How many bytes are still to be read of a file that is one document; `nil` where that cannot be told.
  var restOfWholeFile: Int? {
    guard !isContainer, let size = file.size, size <= settings.maxDocumentBytes else { return nil }
    return size - readCount
  }

  /// Whether this is a file that will be one document larger than `limit`.
  func isLargeFile(than limit: Int) -> Bool { (restOfWholeFile ?? 0) > limit }

  mutating func didRead(_ count: Int, hasMore: Bool) {
    readCount += count
    // What is appended to a file while it is read is left for the next run.
    let isWhole = !isContainer && file.size.map { readCount >= $0 } ?? false
    if !hasMore || isWhole { isAtEnd = true }
  }

  /// Nothing more can be read: what is there as a whole is still cut.
  mutating func didFail(_ error: SourceError) { failure = error }

  /// Leaves out bytes that are to be left out without reading them, where the source can.
  mutating func skipUnread() {
    guard case .bytes(let count) = skip, file.skip(count) else { return }
    skip = .nothing
    offset += count
    readCount += count
    if let size = file.size, readCount > size { failure = shortfall(of: readCount - size) }
    restoreLine()
  }

  /// Cuts off the records that are there as a whole, until the batch has `limit` bytes.
  ///
  /// - Returns: The offset after them.
  mutating func cut(_ bytes: Swift.Span<UInt8>, from start: Int, limit: BatchSize, into batch: inout RawBatch) -> Int {
    let end = cutRecords(bytes, from: start, limit: limit, into: &batch)
    offset += end - start
    return end
  }

  private mutating func cutRecords(
    _ bytes: Swift.Span<UInt8>, from start: Int, limit: BatchSize, into batch: inout RawBatch
  ) -> Int {
    let firstStart = start
    var start = start
    if format == nil {
      guard let first = look(at: bytes, from: start, &batch) else { return isDone ? drop(bytes, batch) : start }
      start = first
    }
    guard isContainer else { return cutWhole(bytes, from: start, into: &batch) }
    // A header does not change where records end, so one look at the format serves for all.
    let ends = format
    while !batch.isFull(limit) {
      if let target, !awaitsHeader { seek(target, from: offset + start - firstStart) }
      if skip != .nothing {
        guard let end = leaveOut(bytes, from: start) else { return endOfSkipped(bytes, from: start, &batch) }
        start = end
      }
      let end: Int?
      if announces, let record = announcement(of: ends, in: bytes, from: start) {
        if leaveOut(record, &batch) { continue }
        end = record.byteCount <= bytes.count - start ? start + record.byteCount : nil
      } else {
        end = ends?.endOfRecord(in: bytes, from: start, after: &scan)
      }
      if (end ?? bytes.count) - start > mostRecordBytes {
        start = leaveOutTooLong(bytes, from: start, &batch)
      } else if let end {
        scan = RecordScan()
        take(start..<end, of: bytes, into: &batch)
        start = end
      } else {
        break
      }
      if isDone { return drop(bytes, batch) }
    }
    guard !batch.isFull(limit) else { return start }
    if let failure {
      fail(InputError(failure, path, line: shownLine), isRecord: true, &batch)
      isDone = true
      return drop(bytes, batch)
    }
    if isAtEnd {
      take(start..<bytes.count, of: bytes, into: &batch)
      finish(&batch)
      return bytes.count
    }
    return start
  }

  // MARK: Parts

  /// What the head of the next record says; it is read once.
  private mutating func announcement(
    of format: (any DocumentFormat)?, in bytes: Swift.Span<UInt8>, from start: Int
  ) -> Announcement? {
    if scan.announcement == nil { scan.announcement = format?.announced(in: bytes, from: start, after: &scan) }
    return scan.announcement
  }

  /// Leaves out a record that nobody wants, or that is too long; `false` where it is wanted.
  private mutating func leaveOut(_ record: Announcement, _ batch: inout RawBatch) -> Bool {
    if let kind = record.leftOut {
      leftOut[kind, default: 0] += 1
    } else if record.byteCount > settings.maxDocumentBytes {
      fail(.tooLarge(path, line: nil, settings.maxDocumentBytes), isRecord: true, &batch)
    } else {
      return false
    }
    scan = RecordScan()
    skip = .bytes(record.byteCount)
    return true
  }

  private mutating func cutWhole(_ bytes: Swift.Span<UInt8>, from start: Int, into batch: inout RawBatch) -> Int {
    let count = max(file.size ?? 0, bytes.count - start)
    guard count <= settings.maxDocumentBytes else {
      fail(.tooLarge(path, line: nil, settings.maxDocumentBytes), isRecord: false, &batch)
      isDone = true
      return drop(bytes, batch)
    }
    if let failure {
      fail(InputError(failure, path, line: nil), isRecord: false, &batch)
      isDone = true
      return drop(bytes, batch)
    }
    guard isAtEnd else { return start }
    isDone = true
    if start == bytes.count { batch.notices.append(.empty(path)) }
    add(start..<bytes.count, line: nil, number: nil, to: &batch)
    return bytes.count
  }

  /// Adds a record, unless it is a blank line or a header.
  private mutating func take(_ range: Range<Int>, of bytes: Swift.Span<UInt8>, into batch: inout RawBatch) {
    let lines = recordsAreLines ? 1 : announces ? 0 : bytes.newlines(in: range)
    defer { line += lines }
    guard !bytes.isBlank(range) else { return }
    if awaitsHeader, let format {
      awaitsHeader = false
      do throws(InputError) {
        self.format = try format.headed(by: bytes.extracting(range), at: RecordPlace(path: path, line: line))
      } catch {
        fail(error, isRecord: false, &batch)
        isDone = true
      }
      return
    }
    add(range, line: shownLine, number: number, to: &batch)
    number += 1
  }

  private mutating func add(_ range: Range<Int>, line: Int?, number: Int?, to batch: inout RawBatch) {
    guard let format, settings.selection.takes(pathHash, number: number) else { return }
    let index: Int
    if let source {
      index = source
    } else {
      index = batch.sources.count
      batch.sources.append(RawBatch.Source(path: path, format: format))
      source = index
    }
    // An empty record stays valid whatever becomes of the bytes.
    let range = range.isEmpty ? 0..<0 : range
    batch.records.append(RawBatch.Record(range: range, source: index, line: line, number: number, failure: nil))
    batch.byteCount += range.count
  }

  var hasFailed = false

  /// A failure in the place of a document, which is counted as one.
  ///
  /// - Parameter isRecord: Whether it stands for one of several records.
  mutating func fail(_ error: InputError, isRecord: Bool, _ batch: inout RawBatch) {
    hasFailed = true
    let number = isRecord ? number : nil
    if settings.selection.takes(pathHash, number: number) { batch.add(error, number: number) }
    if isRecord { self.number += 1 }
  }

  /// Leaves out all bytes after the last record, and does not keep them either.
  mutating func drop(_ bytes: Swift.Span<UInt8>, _ batch: RawBatch) -> Int {
    dropped = batch.records.last { !$0.range.isEmpty }?.range.upperBound ?? 0
    return bytes.count
  }
}

extension SourceError {
  static var cutOff: Self { .damaged("ends within a record") }
  static var shortened: Self {
    Self(code: .changed, problem: "is shorter than it was", hint: "put it back as it was, or begin the run anew")
  }
}

extension InputError {
  static func tooLarge(_ path: String, line: Int?, _ limit: Int) -> Self {
    let what = line == nil ? "the document" : "the record"
    return Self(
      .tooLarge, path, line: line, "\(what) is larger than \(limit) bytes",
      hint: "raise max_document_bytes, or split it")
  }
}

extension InputNotice {
  static func empty(_ path: String) -> Self { Self(path: path, message: "the file is empty") }
  static func leftOut(_ count: Int, _ kind: String, of path: String) -> Self {
    Self(path: path, message: "\(count) \(kind) were left out")
  }
  static func noDocuments(in path: String) -> Self { Self(path: path, message: "the file holds no documents") }
}
