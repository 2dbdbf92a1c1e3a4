internal import Hearsay

/// Splits one open file into records.
struct RecordSplitter: Sendable {
  let file: any ByteSource
  /// A larger record fails; in bytes.
  let maximumDocumentBytes: Int
  private let detector: FormatDetector
  private let sampler: RecordSampler

  /// `nil` until it is detected.
  var format: (any RecordFormat)?
  /// The layout of `format`; before, what the file's name suggests.
  private(set) var layout: RecordLayout
  /// Whether the next record is the header of the file.
  var awaitsHeader = false
  var progress = SourceProgress()
  /// Where the next record begins.
  var position = RecordPosition()
  var skip: SkipState
  /// How far the next record was searched for its end.
  var scan = RecordScan()
  var omitted = OmittedRecords()
  private var hasFailed = false
  /// Whether nothing is left of the file.
  var isDone = false
  /// Whether the file is an archive, which is not split here.
  private(set) var isArchive = false
  /// The index of the file among the sources of the current batch.
  var batchSource: Int?
  /// Where bytes begin that were left out and need not be kept.
  var discardedFrom: Int?

  /// - Parameter target: Where in the file to resume; `nil` for its beginning.
  init(
    _ file: any ByteSource, _ path: String, _ settings: InputSettings, _ layers: [any Layer.Type],
    origin: FormatDetector.Origin = .input, from target: InputPosition? = nil
  ) {
    self.file = file
    maximumDocumentBytes = settings.maxDocumentBytes
    detector = FormatDetector(path: path, settings: settings, layers: layers, origin: origin)
    sampler = RecordSampler(settings.selection, path: path)
    skip = SkipState(to: target)
    // Lets a small file be read in one go.
    layout = detector.expectedLayout
  }

  var path: String { detector.path }

  /// Whether the position where to resume is not reached yet.
  var isBeforeTarget: Bool { skip.target != nil }

  /// Puts into `saved` how far the file is split.
  func savePosition(in saved: inout InputPosition) {
    saved.byteOffset = position.byteOffset
    saved.record = position.number
    saved.line = position.line
    skip.save(in: &saved, in: layout)
  }

  // MARK: Reading

  /// How many bytes are still to be read of a file that is one document; `nil` where that is unknown.
  var restOfWholeFile: Int? {
    guard layout == .wholeFile, let size = file.size, size <= maximumDocumentBytes else { return nil }
    return size - progress.byteCount
  }

  /// Whether the file is one document of which more than `limit` bytes are still to be read.
  func hasLargeRest(above limit: Int) -> Bool { (restOfWholeFile ?? 0) > limit }

  mutating func didRead(_ count: Int, hasMore: Bool) {
    progress.advance(count)
    if !hasMore { progress.reachEnd() }
    endIfWhole()
  }

  /// What is appended to a file that is one document while it is read, is left for the next run.
  private mutating func endIfWhole() {
    if layout == .wholeFile, let size = file.size, progress.byteCount >= size { progress.reachEnd() }
  }

  /// No more bytes can be read. Records that are complete are still split off.
  mutating func didFail(_ error: SourceError) { progress.fail(error) }

  /// Skips bytes that are to be skipped without reading them, where the source can.
  mutating func skipUnread() {
    guard case .bytes(let count) = skip.pending, file.skip(count) else { return }
    position.byteOffset += count
    progress.advance(count)
    if let size = file.size, progress.byteCount > size {
      progress.fail(skip.shortfallError(progress.byteCount - size, in: layout))
    }
    skip.finishBytes(in: layout)
  }

  // MARK: Splitting

  /// Splits off the records that are complete, until the batch has `limit` bytes.
  ///
  /// - Returns: The offset after them.
  mutating func splitRecords(
    _ bytes: Swift.Span<UInt8>, from start: Int, limit: BatchSize, into batch: inout RawBatch
  ) -> Int {
    let end: Int
    if let first = format == nil ? detectFormat(bytes, from: start, &batch) : start {
      end =
        layout == .wholeFile
        ? splitWholeFile(bytes, from: first, into: &batch)
        : splitManyRecords(bytes, from: first, at: position.byteOffset + first - start, limit, &batch)
    } else {
      end = isDone ? discard(bytes, batch) : start
    }
    position.byteOffset += end - start
    return end
  }

  /// Detects the format by the first bytes.
  ///
  /// - Returns: The offset of the first record; `nil` where more bytes are needed or the file is not split.
  private mutating func detectFormat(_ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int? {
    let available = bytes.extracting(start..<bytes.count)
    switch detector.detect(available, ofFileOf: file.size, isComplete: progress.isFinal) {
    case .undecided: return nil
    case .archive:
      isArchive = true
      return nil
    case .format(let format): begin(format)
    }
    // A document that was read as a whole shows its mistakes when it is decoded, and is kept with them.
    let mayBeRefused = detector.origin != .plainLines && (layout.hasManyRecords || !progress.isAtEnd)
    let head = available.extracting(0..<min(available.count, FormatDetector.headBytes))
    if mayBeRefused, let error = format?.validationError(in: head, path) {
      fail(error, isRecord: false, &batch)
      isDone = true
      return nil
    }
    return layout.hasManyRecords && head.starts(with: byteOrderMark) ? start + byteOrderMark.count : start
  }

  private mutating func begin(_ format: any RecordFormat) {
    self.format = format
    layout = type(of: format).layout
    awaitsHeader = format.needsHeader
    endIfWhole()
  }

  private mutating func splitWholeFile(
    _ bytes: Swift.Span<UInt8>, from start: Int, into batch: inout RawBatch
  ) -> Int {
    let count = max(file.size ?? 0, bytes.count - start)
    let error: InputError? =
      count > maximumDocumentBytes
      ? .tooLarge(path, line: nil, maximumDocumentBytes)
      : progress.failure.map { InputError($0, path, line: nil) }
    if let error {
      fail(error, isRecord: false, &batch)
      isDone = true
      return discard(bytes, batch)
    }
    guard progress.isAtEnd else { return start }
    isDone = true
    if start == bytes.count { batch.notices.append(.empty(path)) }
    add(start..<bytes.count, line: nil, number: nil, to: &batch)
    return bytes.count
  }

  // MARK: Records

  /// Adds a record to the batch, if it is selected.
  mutating func add(_ range: Range<Int>, line: Int?, number: Int?, to batch: inout RawBatch) {
    guard sampler.takes(number), let source = source(in: &batch) else { return }
    // An empty record stays valid whatever becomes of the bytes.
    let range = range.isEmpty ? 0..<0 : range
    batch.records.append(RawBatch.Record(range: range, source: source, line: line, number: number, failure: nil))
    batch.byteCount += range.count
  }

  /// The index of the file among the sources of the batch.
  private mutating func source(in batch: inout RawBatch) -> Int? {
    if let batchSource { return batchSource }
    guard let format else { return nil }
    batchSource = batch.sources.count
    batch.sources.append(RawBatch.RecordSource(path: path, format: format))
    return batchSource
  }

  /// A failure in the place of a document, which is counted as one.
  ///
  /// - Parameter isRecord: Whether it stands for one of several records.
  mutating func fail(_ error: InputError, isRecord: Bool, _ batch: inout RawBatch) {
    hasFailed = true
    let number = isRecord ? position.number : nil
    if sampler.takes(number) { batch.add(error, number: number) }
    if isRecord { position.number += 1 }
  }

  /// Nothing is left of the file, which was read without failure.
  mutating func finish(_ batch: inout RawBatch) {
    isDone = true
    batch.notices += omitted.notices(for: path)
    if position.number == 0, !hasFailed, omitted.isEmpty { batch.notices.append(.noDocuments(in: path)) }
  }

  /// Leaves out all bytes after the last record, which need not be kept either.
  mutating func discard(_ bytes: Swift.Span<UInt8>, _ batch: RawBatch) -> Int {
    discardedFrom = batch.records.last { !$0.range.isEmpty }?.range.upperBound ?? 0
    return bytes.count
  }
}

extension InputNotice {
  fileprivate static func empty(_ path: String) -> Self { Self(path: path, message: "the file is empty") }
  static func noDocuments(in path: String) -> Self { Self(path: path, message: "the file holds no documents") }
}
