internal import Hearsay

/// Cuts one open file into records.
struct FileCutter: Sendable {
  let file: any ByteSource
  let path: String
  private let settings: InputSettings
  private let layers: [any Layer.Type]

  /// `nil` until the first bytes are there.
  private var format: (any DocumentFormat)?
  private var isContainer = true
  private var recordsAreLines = false
  private var announces = false
  private var awaitsHeader = false
  private var isAtEnd = false
  private var readCount = 0
  /// How many bytes of the file are cut, counted behind its decompression.
  private var offset = 0
  private var line = 1
  private var number = 0
  private var skip = Skip.nothing
  /// Where to go on, once the header is read.
  private var target: InputPosition?
  /// Why there are no more bytes.
  private var failure: SourceError?
  /// Nothing is left of the file.
  var isDone = false
  /// Whether the file is an archive, of which no byte is cut here.
  private(set) var isArchive = false
  private let isInArchive: Bool
  private let pathHash: UInt64
  /// Records that nobody wants, by what they are.
  private var leftOut: [String: Int] = [:]
  /// Whether all of the file was read.
  var isReadWhole: Bool { isAtEnd && failure == nil }
  /// The file's index among the sources of the present batch.
  var source: Int?
  /// Where bytes begin that were left out and need not be kept.
  var dropped: Int?

  /// What comes next and is no record.
  private enum Skip: Sendable, Equatable {
    case nothing
    /// The rest of a line.
    case line
    case bytes(Int)
  }

  /// - Parameter target: Where in the file to go on; `nil` for its beginning.
  init(
    _ file: any ByteSource, _ path: String, _ settings: InputSettings, _ layers: [any Layer.Type],
    isInArchive: Bool = false, from target: InputPosition? = nil
  ) {
    self.file = file
    self.path = path
    self.settings = settings
    self.layers = layers
    self.isInArchive = isInArchive
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

  private mutating func begin(_ format: some DocumentFormat) {
    self.format = format
    isContainer = type(of: format).isContainer
    recordsAreLines = format is JSONLFormat
    announces = format.announces
    awaitsHeader = format.needsHeader
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
  /// - Returns: The offset behind them.
  mutating func cut(_ bytes: Swift.Span<UInt8>, from start: Int, limit: Int, into batch: inout RawBatch) -> Int {
    let end = cutRecords(bytes, from: start, limit: limit, into: &batch)
    offset += end - start
    return end
  }

  private mutating func cutRecords(
    _ bytes: Swift.Span<UInt8>, from start: Int, limit: Int, into batch: inout RawBatch
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
      if announces, let record = ends?.announced(in: bytes, from: start) {
        if let kind = record.leftOut {
          leftOut[kind, default: 0] += 1
          skip = .bytes(record.byteCount)
          continue
        } else if record.byteCount > settings.maxDocumentBytes {
          fail(.tooLarge(path, line: nil, settings.maxDocumentBytes), isRecord: true, &batch)
          skip = .bytes(record.byteCount)
          continue
        }
      }
      let end = ends?.endOfRecord(in: bytes, from: start)
      if (end ?? bytes.count) - start > mostRecordBytes {
        start = leaveOutTooLong(bytes, from: start, &batch)
      } else if let end {
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

  // MARK: Leaving out

  /// Sets out for the target from an offset in the file.
  private mutating func seek(_ target: InputPosition, from offset: Int) {
    number = target.record
    line = target.line
    // A header that ends behind the target is another one than it was.
    let count = target.byteOffset - offset
    if count == 0 { restoreLine() } else { skip = .bytes(count < 0 ? Int.max : count) }
  }

  /// Behind the bytes that led to the target.
  private mutating func restoreLine() {
    if target?.isWithinRecord == true, !announces { skip = .line }
    target = nil
  }

  /// The offset behind what is to be left out; `nil` where it goes on behind the present bytes.
  private mutating func leaveOut(_ bytes: Swift.Span<UInt8>, from start: Int) -> Int? {
    var start = start
    if case .bytes(let count) = skip {
      guard count <= bytes.count - start else { return nil }
      skip = .nothing
      start += count
      restoreLine()
    }
    guard case .line = skip else { return start }
    guard let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start) else { return nil }
    skip = .nothing
    line += 1
    return end + 1
  }

  /// The most bytes that may go without the end of a record.
  private var mostRecordBytes: Int {
    // How long a record is, the heads of it and of its message tell.
    announces ? max(settings.maxDocumentBytes, 2 * HeaderBlock.mostBytes) : settings.maxDocumentBytes
  }

  /// Fails a record that is too long. It ends with the line in which it becomes so: where it would have ended may never
  /// be read, as behind a quotation mark that is not closed.
  ///
  /// - Returns: The offset at which it became too long.
  private mutating func leaveOutTooLong(
    _ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch
  ) -> Int {
    let end = start + mostRecordBytes
    fail(.tooLarge(path, line: shownLine, settings.maxDocumentBytes), isRecord: !awaitsHeader, &batch)
    // Without its header, nothing of the file can be read.
    isDone = awaitsHeader
    line += announces ? 0 : bytes.newlines(in: start..<end)
    if !announces { skip = .line }
    return end
  }

  /// All of the present bytes are left out, and maybe more.
  private mutating func endOfSkipped(_ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int {
    if case .bytes(let count) = skip {
      let missing = count - (bytes.count - start)
      skip = .bytes(missing)
      if isAtEnd, failure == nil { failure = shortfall(of: missing) }
    }
    if let failure {
      fail(InputError(failure, path, line: shownLine), isRecord: true, &batch)
      isDone = true
    } else if isAtEnd {
      finish(&batch)
    }
    return drop(bytes, batch)
  }

  /// What is wrong where the file ends so many bytes before the end of what is to be left out.
  private func shortfall(of missing: Int) -> SourceError? {
    if let target, !(announces && target.isWithinRecord) { return .shortened }
    // The line breaks behind the last record of a web archive may be missing.
    return missing > 4 ? .cutOff : nil
  }

  /// Nothing is left of the file, and all was well.
  private mutating func finish(_ batch: inout RawBatch) {
    isDone = true
    for (kind, count) in leftOut.sorted(by: { $0.key < $1.key }) {
      batch.notices.append(.leftOut(count, kind, of: path))
    }
    if number == 0, !hasFailed, leftOut.isEmpty { batch.notices.append(.noDocuments(in: path)) }
  }

  /// The line to show with an error, in formats that have lines.
  private var shownLine: Int? { announces ? nil : line }

  // MARK: Parts

  /// Tells the format by the first bytes. `nil` where they are not there yet, or the file cannot be read.
  private mutating func look(at bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int? {
    let head = bytes.extracting(start..<min(bytes.count, start + FormatDetection.headBytes))
    let isWhole = file.size.map { bytes.count - start >= $0 }
    guard isAtEnd || failure != nil || FormatDetection.suffices(head, ofWholeFile: isWhole) else { return nil }
    if !isInArchive, ArchiveKind(of: head) != nil {
      isArchive = true
      return nil
    }
    let format = settings.documentFormat(of: head, path, layers)
    begin(format)
    // A whole file is at its end if it was read in one go.
    if !isContainer, file.size.map({ readCount >= $0 }) ?? false { isAtEnd = true }
    // A document that is there as a whole shows its mistakes itself, and is kept with them.
    if isContainer || !isAtEnd, let mistake = format.mistake(in: head, path) {
      fail(mistake, isRecord: false, &batch)
      isDone = true
      return nil
    }
    return isContainer && head.starts(with: byteOrderMark) ? start + byteOrderMark.count : start
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

  private var hasFailed = false

  /// A failure in the place of a document, which is counted as one.
  ///
  /// - Parameter isRecord: Whether it stands for one of several records.
  private mutating func fail(_ error: InputError, isRecord: Bool, _ batch: inout RawBatch) {
    hasFailed = true
    let number = isRecord ? number : nil
    if settings.selection.takes(pathHash, number: number) { batch.add(error, number: number) }
    if isRecord { self.number += 1 }
  }

  /// Leaves out all bytes behind the last record, and does not keep them either.
  private mutating func drop(_ bytes: Swift.Span<UInt8>, _ batch: RawBatch) -> Int {
    dropped = batch.records.last { !$0.range.isEmpty }?.range.upperBound ?? 0
    return bytes.count
  }
}

extension Swift.Span<UInt8> {
  fileprivate func newlines(in range: Range<Int>) -> Int {
    let part = extracting(range)
    var lines = 0
    var start = 0
    while let hit = part.firstOffset(of: UInt8(ascii: "\n"), from: start) {
      lines += 1
      start = hit + 1
    }
    return lines
  }

  /// Whether `range` holds nothing but white space.
  fileprivate func isBlank(_ range: Range<Int>) -> Bool {
    for i in range where !self[i].isSpace { return false }
    return true
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
