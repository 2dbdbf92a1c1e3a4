public import Hearsay

/// Reads the inputs one after the other and hands out batches of whole records.
///
/// What it holds is bounded: a batch on its way, or one record where that is longer. Cutting is all that it does with
/// the bytes; see `RawBatch.document(at:)` for the rest. One thread at a time may use it.
public struct InputReader: Sendable {
  let settings: InputSettings
  let layers: [any Layer.Type]
  private let target: Int
  /// How large a batch should be.
  public var batchSize = BatchSize()
  /// Asked at each read, and ten times a second while a pipe has nothing to give: where it says yes, the input ends
  /// here, as if nothing of the record on its way had come.
  public var isCancelled: @Sendable () -> Bool
  var walker: InputWalker
  var file: FileCutter?
  /// The archive that `file` is in, or the next one is.
  var archive: (reader: ArchiveReader, path: String)?
  /// What `file` reads, for its digest at the end.
  var source: UnpackedSource?

  /// Invariant: `bytes[..<position]` is cut into records or left out, and what follows is of `file`.
  var bytes: [UInt8] = []
  var position = 0
  /// Whether a batch that was handed out has `bytes` too: then nothing may be appended.
  private var isShared = false
  var batch = RawBatch()
  /// The input that is being read, or comes next.
  var place = InputPosition()
  /// What the walk has found: the input that is being read.
  var upcoming: InputWalker.Item?
  /// Where to go on in that input.
  var resumed: InputPosition?
  /// Whether an archive was left in the middle of a read, so that nothing more can be read.
  var isInterrupted = false
  /// Whether the last input was opened and read, so that only what was handed out is left.
  public internal(set) var isAtEnd = false

  private static let leastRead = 65_536

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
    target = max(readBytes, 1)
    walker = InputWalker(inputs, followsLinks: settings.followsLinks)
    self.isCancelled = isCancelled
  }

  /// The next batch; `nil` at the end of the last input, and where the reading is cancelled.
  ///
  /// A slow pipe's records are handed out as they come.
  public mutating func next() -> RawBatch? {
    guard !isLimitReached else {
      isAtEnd = true
      return nil
    }
    while true {
      guard var open = file else {
        if isFull || isInterrupted { return handOut() }
        if archive != nil {
          openMember()
          continue
        }
        if isCancelled() { return handOut() }
        guard openNext() else { return handOut() }
        continue
      }
      cut(&open)
      settle(open)
      if isFull { return handOut() }
      guard file != nil else { continue }
      if !batch.isEmpty,
        isShared || position >= target || open.isLargeFile(than: target) || !open.file.isReady(within: 0)
      {
        return handOut()
      }
      guard readMore(&open) else { return handOut() }
      file = open
    }
  }

  private var isFull: Bool { batch.isFull(batchSize) || isLimitReached }

  private var isLimitReached: Bool { settings.selection.limit.map { place.taken + batch.count >= $0 } ?? false }

  private mutating func handOut() -> RawBatch? {
    guard !batch.isEmpty else { return nil }
    var full = RawBatch()
    swap(&full, &batch)
    full.bytes = bytes
    place.taken += full.count
    file?.mark(&place)
    place.prefix = source?.prefix
    full.end = place
    file?.source = nil
    if position == bytes.count {
      bytes = []
      position = 0
      isShared = false
    } else {
      isShared = true
    }
    return full
  }

  /// Keeps the file, or steps over it where nothing is left of it.
  mutating func settle(_ open: FileCutter) {
    guard !open.isArchive else { return openArchive(open) }
    guard open.isDone else {
      file = open
      return
    }
    file = nil
    if let member = place.member {
      place.beginFile()
      place.member = member + 1
      // What is wrong with the archive was said of its last file.
      if let archive, archive.reader.isBroken { closeArchive(archive.path, nil) }
      return
    }
    if open.isReadWhole, let digest = source?.digest { batch.finished.append((place.item, digest)) }
    source = nil
    if let item = upcoming.take() { place.pass(item) }
  }

  mutating func cut(_ open: inout FileCutter) {
    // The span borrows the whole reader, so the batch steps out of it.
    var growing = RawBatch()
    swap(&growing, &batch)
    growing.room = settings.selection.limit.map { $0 - place.taken } ?? Int.max
    let end = open.cut(bytes.span, from: position, limit: batchSize, into: &growing)
    swap(&growing, &batch)
    position = end
    guard let start = open.dropped else { return }
    // A record that is too long is not worth its memory.
    bytes = Array(bytes[..<start])
    position = start
    isShared = false
    open.dropped = nil
  }

  /// Reads what comes next as soon as it is there; `false` where the reading is cancelled.
  mutating func readMore(_ open: inout FileCutter) -> Bool {
    repeat {
      guard !isInterrupted, !isCancelled() else { return false }
    } while !open.file.isReady(within: 100)
    open.skipUnread()
    let pending = bytes.count - position
    if isShared || batch.byteCount == 0 && position > 0 {
      bytes = Array(bytes[position...])
      position = 0
      isShared = false
    }
    // Growing by as much as is pending keeps the work linear however long a record is, up to the longest one.
    var wanted = max(target, pending)
    if let rest = open.restOfWholeFile { wanted = max(rest, 1) }
    let most = settings.maxDocumentBytes.addingReportingOverflow(1)
    let allowed = most.overflow ? Int.max : max(most.partialValue - pending, Self.leastRead)
    wanted = min(wanted, allowed)
    if bytes.capacity - bytes.count < min(wanted, Self.leastRead) {
      bytes.reserveCapacity(bytes.count + wanted + target)
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
  private static let mostRecords = 4096

  /// Whether the batch has as many bytes, or as many records as are good for it.
  func isFull(_ size: BatchSize) -> Bool {
    size.isReached(byteCount: byteCount, count: count) || count >= min(Self.mostRecords, room)
  }

  mutating func add(_ failure: InputError, number: Int? = nil) {
    records.append(Record(range: 0..<0, source: nil, line: failure.line, number: number, failure: failure))
  }
}
