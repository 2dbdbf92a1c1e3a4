public import Hearsay

/// Reads the inputs one after the other and returns batches of whole records.
///
/// Its memory is bounded: one batch, or one record where that is longer. It only splits the bytes into records; they
/// are decoded by `RawBatch.document(at:)`. One thread at a time may use it.
public struct InputReader: Sendable {
  let settings: InputSettings
  let layers: [any Layer.Type]
  /// How many bytes are read at a time.
  private let readBytes: Int
  /// How large a batch should be. It has fewer records where a pipe is slow.
  public var batchSize = BatchSize()
  /// Called at each read, and ten times a second while a pipe has no bytes: where it returns `true`, the input ends
  /// here, as if nothing of the incomplete record had been read.
  public var isCancelled: @Sendable () -> Bool
  var walker: InputWalker
  var file: RecordSplitter?
  /// The archive that contains `file`, or the file after it.
  var archive: (reader: ArchiveReader, path: String)?
  /// What `file` reads, for its digest at the end.
  var source: DecompressedSource?

  /// Invariant: `bytes[..<splitCount]` is split into records or left out, and what follows is of `file`.
  var bytes: [UInt8] = []
  var splitCount = 0
  /// Whether a batch that was returned shares `bytes`: then nothing may be appended.
  private var isShared = false
  var batch = RawBatch()
  /// The input that is being read, or comes next, and how far it was read.
  var inputPosition = InputPosition()
  /// The input that is being read.
  var currentItem: InputWalker.Item?
  /// Where to resume in that input.
  var resumeTarget: InputPosition?
  /// Whether an archive was left in the middle of a read, so that nothing more can be read.
  var isInterrupted = false
  /// Whether the last input was opened and read, so that nothing is left to return.
  public internal(set) var isAtEnd = false

  private static let minimumReadBytes = 65_536

  /// - Parameters:
  ///   - inputs: Files, folders and patterns; `-`, or none at all, is the standard input.
  ///   - layers: The layers that documents may bring along.
  ///   - readBytes: How much is read at a time.
  ///   - isCancelled: See the property.
  public init(
    _ inputs: [String], settings: InputSettings = InputSettings(), layers: [any Layer.Type] = [],
    readBytes: Int = 262_144, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.settings = settings
    self.layers = layers
    self.readBytes = max(readBytes, 1)
    walker = InputWalker(inputs, followsLinks: settings.followsLinks)
    self.isCancelled = isCancelled
  }

  /// The next batch; `nil` at the end of the last input, and where the reading is cancelled.
  ///
  /// A slow pipe's records are returned as they arrive.
  public mutating func next() -> RawBatch? {
    guard !isLimitReached else {
      isAtEnd = true
      return nil
    }
    while true {
      guard var open = file else {
        if isFull || isInterrupted { return takeBatch() }
        if archive != nil {
          openMember()
          continue
        }
        if isCancelled() { return takeBatch() }
        guard openNext() else { return takeBatch() }
        continue
      }
      splitRecords(of: &open)
      finishFile(open)
      if isFull { return takeBatch() }
      guard file != nil else { continue }
      if !batch.isEmpty {
        let isLarge = isShared || splitCount >= readBytes
        if isLarge && !isHungry || open.hasLargeRest(above: readBytes) || !open.file.isReady(within: 0) {
          return takeBatch()
        }
      }
      guard readMore(&open) else { return takeBatch() }
      file = open
    }
  }

  private var isFull: Bool { batch.isFull(batchSize) || isLimitReached }

  /// Whether the batch should have more records, though they are read only by and by.
  private var isHungry: Bool {
    batch.byteCount > 0 && batch.count < batchSize.wantedDocuments && batch.byteCount < batchSize.wantedBytes
  }

  private var isLimitReached: Bool { settings.selection.limit.map { inputPosition.taken + batch.count >= $0 } ?? false }

  private mutating func takeBatch() -> RawBatch? {
    guard !batch.isEmpty else { return nil }
    var full = RawBatch()
    swap(&full, &batch)
    full.bytes = bytes
    inputPosition.taken += full.count
    file?.savePosition(in: &inputPosition)
    inputPosition.prefix = source?.prefix
    full.end = inputPosition
    file?.batchSource = nil
    if splitCount == bytes.count {
      bytes = []
      splitCount = 0
      isShared = false
    } else {
      isShared = true
    }
    return full
  }

  /// Keeps the file, or closes it where nothing is left of it.
  mutating func finishFile(_ open: RecordSplitter) {
    guard !open.isArchive else { return openArchive(open) }
    guard open.isDone else {
      file = open
      return
    }
    file = nil
    if let member = inputPosition.member {
      inputPosition.beginFile()
      inputPosition.member = member + 1
      // The error of the archive was reported for its last file.
      if let archive, archive.reader.isBroken { closeArchive(archive.path, nil) }
      return
    }
    if open.progress.isComplete, let digest = source?.digest { batch.finished.append((inputPosition.item, digest)) }
    source = nil
    if let item = currentItem.take() { inputPosition.pass(item) }
  }

  mutating func splitRecords(of open: inout RecordSplitter) {
    // The span borrows the whole reader, so the batch is moved out of it meanwhile.
    var growing = RawBatch()
    swap(&growing, &batch)
    growing.remainingCapacity = settings.selection.limit.map { $0 - inputPosition.taken } ?? Int.max
    let end = open.splitRecords(bytes.span, from: splitCount, limit: batchSize, into: &growing)
    swap(&growing, &batch)
    splitCount = end
    guard let start = open.discardedFrom else { return }
    // The bytes of a record that is too long are not kept.
    bytes = Array(bytes[..<start])
    splitCount = start
    isShared = false
    open.discardedFrom = nil
  }

  /// Reads the next bytes as soon as they are there; `false` where the reading is cancelled.
  mutating func readMore(_ open: inout RecordSplitter) -> Bool {
    repeat {
      guard !isInterrupted, !isCancelled() else { return false }
    } while !open.file.isReady(within: 100)
    open.skipUnread()
    let pending = bytes.count - splitCount
    if isShared || batch.byteCount == 0 && splitCount > 0 {
      let start = batch.firstByte ?? splitCount
      bytes = Array(bytes[start...])
      batch.shift(by: start)
      splitCount -= start
      isShared = false
    }
    // Growing by as much as is pending keeps the work linear however long a record is, up to the longest allowed.
    var wanted = max(readBytes, pending)
    if let rest = open.restOfWholeFile { wanted = max(rest, 1) }
    let most = settings.maxDocumentBytes.addingReportingOverflow(1)
    let allowed = most.overflow ? Int.max : max(most.partialValue - pending, Self.minimumReadBytes)
    wanted = min(wanted, allowed)
    if bytes.capacity - bytes.count < min(wanted, Self.minimumReadBytes) {
      bytes.reserveCapacity(bytes.count + wanted + readBytes)
    }
    wanted = min(wanted, max(bytes.capacity - bytes.count, 1))
    let before = bytes.count
    do throws(SourceError) {
      let hasMore = try open.file.read(wanted, into: &bytes)
      open.didRead(bytes.count - before, hasMore: hasMore)
    } catch {
      guard error.code != .interrupted else {
        isInterrupted = true
        return false
      }
      open.didRead(bytes.count - before, hasMore: true)
      open.didFail(error)
    }
    return true
  }
}

extension RawBatch {
  private static let maximumRecords = 4096

  /// Whether the batch is as large as it should be, or has as many records as it may hold.
  func isFull(_ size: BatchSize) -> Bool {
    size.isReached(byteCount: byteCount, count: count) || count >= min(Self.maximumRecords, remainingCapacity)
  }

  mutating func add(_ failure: InputError, number: Int? = nil) {
    records.append(Record(range: 0..<0, source: nil, line: failure.line, number: number, failure: failure))
  }
}
