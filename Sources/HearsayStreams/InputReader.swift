public import Hearsay

/// Reads the inputs one after the other and hands out batches of whole records.
///
/// What it holds is bounded: a batch on its way, or one record where that is longer. Cutting is all that it does with
/// the bytes; see `RawBatch.document(at:)` for the rest. One thread at a time may use it.
public struct InputReader: Sendable {
  private let settings: InputSettings
  private let layers: [any Layer.Type]
  private let target: Int
  /// How large a batch should be, in bytes. It holds one record more than fits, and fewer where a pipe is slow.
  public var batchBytes = 262_144
  private var walker: InputWalker
  private var file: FileCutter?
  /// The archive that `file` is in, or the next one is.
  private var archive: (reader: ArchiveReader, path: String)?
  /// What `file` reads, for its digest at the end.
  private var source: UnpackedSource?

  /// Invariant: `bytes[..<position]` is cut into records or left out, and what follows is of `file`.
  private var bytes: [UInt8] = []
  private var position = 0
  /// Whether a batch that was handed out has `bytes` too: then nothing may be appended.
  private var isShared = false
  private var batch = RawBatch()
  /// The input that is being read, or comes next.
  private var place = InputPosition()
  /// What the walk has found and is not opened yet.
  private var upcoming: InputWalker.Item?
  /// Where to go on in the next input.
  private var resumed: InputPosition?
  /// Whether the last input was opened and read, so that only what was handed out is left.
  public private(set) var isAtEnd = false

  private static let leastRead = 65_536

  /// - Parameters:
  ///   - inputs: Files, folders and patterns; `-`, or none at all, is the standard input.
  ///   - layers: The layers that documents may bring along.
  ///   - readBytes: How much is read at a time.
  public init(
    _ inputs: [String], settings: InputSettings = InputSettings(), layers: [any Layer.Type] = [],
    readBytes: Int = 262_144
  ) {
    self.settings = settings
    self.layers = layers
    target = max(readBytes, 1)
    walker = InputWalker(inputs, followsLinks: settings.followsLinks)
  }

  /// Goes on at a place that another reader of the same inputs and settings had come to, before anything is read here:
  /// exactly the records behind it follow.
  ///
  /// - Throws: Where the input there, or one before it, is not what it was.
  public mutating func resume(at position: InputPosition) throws(InputError) {
    while place.item < position.item, let item = walker.next() { place.pass(item) }
    guard place.item == position.item, place.trail == position.trail else {
      throw .changed(position.input?.path ?? "an input")
    }
    place.taken = position.taken
    guard let input = position.input else { return }
    upcoming = walker.next()
    switch upcoming {
    case .standardInput where input.path == InputWalker.standardInputName: break
    case .file(let path, _) where path == input.path:
      guard let file = try? OpenFile(path: path), InputFingerprint(path, file) == input else { throw .changed(path) }
    default: throw .changed(input.path)
    }
    resumed = position
  }

  /// The next batch; `nil` at the end of the last input.
  ///
  /// A slow pipe's records are handed out as they come.
  ///
  /// - Parameter isCancelled: Asked while a pipe has nothing to give: where it says yes, the input ends here.
  public mutating func next(unless isCancelled: () -> Bool = { false }) -> RawBatch? {
    guard !isLimitReached else {
      isAtEnd = true
      return nil
    }
    while true {
      guard var open = file else {
        if isFull { return handOut() }
        if archive != nil {
          openMember()
          continue
        }
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
      while !open.file.isReady(within: 100) {
        if isCancelled() { return nil }
      }
      readMore(&open)
      file = open
    }
  }

  private var isFull: Bool { batch.isFull(batchBytes) || isLimitReached }

  private var isLimitReached: Bool { settings.selection.limit.map { place.taken + batch.count >= $0 } ?? false }

  private mutating func handOut() -> RawBatch? {
    guard !batch.isEmpty else { return nil }
    var full = RawBatch()
    swap(&full, &batch)
    full.bytes = bytes
    place.taken += full.count
    file?.mark(&place)
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

  private mutating func openNext() -> Bool {
    let item = upcoming.take() ?? walker.next()
    batch.notices += walker.takeNotices()
    guard let item else {
      isAtEnd = true
      return false
    }
    switch item {
    case .failure(let error):
      fail(error)
      place.pass(item)
    case .standardInput: begin(.standardInput, InputWalker.standardInputName, item)
    case .file(let path, _):
      do throws(SystemError) {
        begin(try OpenFile(path: path), path, item)
      } catch {
        fail(.cannotOpen(path, error))
        place.pass(item)
      }
    }
    return true
  }

  /// A failure in the place of a whole input.
  private mutating func fail(_ error: InputError) {
    if settings.selection.takes(Selection.hash(of: error.path), number: nil) { batch.add(error) }
  }

  private mutating func begin(_ opened: OpenFile, _ path: String, _ item: InputWalker.Item) {
    upcoming = item
    let fingerprint = InputFingerprint(path, opened)
    place.input = fingerprint
    batch.begun.append((place.item, fingerprint))
    let unpacked = UnpackedSource(opened)
    source = unpacked
    // A place in an archive's file is for that file.
    file = FileCutter(unpacked, path, settings, layers, from: resumed?.member == nil ? resumed.take() : nil)
  }

  /// Goes from an archive's first bytes to its files.
  private mutating func openArchive(_ open: FileCutter) {
    let head = Array(bytes[position...])
    bytes.removeSubrange(position...)
    file = nil
    place.member = 0
    do throws(SourceError) {
      archive = (try ArchiveReader(open.file, head: head), open.path)
    } catch {
      closeArchive(open.path, error)
    }
  }

  /// Opens the archive's next file, or steps over the archive where there is none.
  private mutating func openMember() {
    guard let (reader, path) = archive else { return }
    do throws(SourceError) {
      while let member = try reader.next() {
        let number = place.member ?? 0
        if let resumed, let wanted = resumed.member, number < wanted {
          place.member = number + 1
          continue
        }
        let source = UnpackedSource(ArchiveMember(member, of: reader))
        file = FileCutter(
          source, "\(path)/\(member.path)", settings, layers, isInArchive: true, from: resumed.take())
        return
      }
      if place.member == 0 { batch.notices.append(.noDocuments(in: path)) }
      if reader.leftOut > 0 { batch.notices.append(.leftOut(reader.leftOut, of: path)) }
      closeArchive(path, nil)
    } catch {
      closeArchive(path, error)
    }
  }

  private mutating func closeArchive(_ path: String, _ error: SourceError?) {
    if let error {
      fail(InputError(error, path, line: nil))
    }
    archive = nil
    resumed = nil
    source = nil
    if let item = upcoming.take() { place.pass(item) }
  }

  /// Keeps the file, or steps over it where nothing is left of it.
  private mutating func settle(_ open: FileCutter) {
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

  private mutating func cut(_ open: inout FileCutter) {
    // The span borrows the whole reader, so the batch steps out of it.
    var growing = RawBatch()
    swap(&growing, &batch)
    growing.room = settings.selection.limit.map { $0 - place.taken } ?? Int.max
    let end = open.cut(bytes.span, from: position, limit: batchBytes, into: &growing)
    swap(&growing, &batch)
    position = end
    guard let start = open.dropped else { return }
    // A record that is too long is not worth its memory.
    bytes = Array(bytes[..<start])
    position = start
    isShared = false
    open.dropped = nil
  }

  private mutating func readMore(_ open: inout FileCutter) {
    open.skipUnread()
    let pending = bytes.count - position
    if isShared || batch.byteCount == 0 && position > 0 {
      bytes = Array(bytes[position...])
      position = 0
      isShared = false
    }
    // Growing by as much as is pending keeps the work linear however long a record is.
    var wanted = max(target, pending)
    if let rest = open.restOfWholeFile { wanted = max(rest, 1) }
    if bytes.capacity - bytes.count < min(wanted, Self.leastRead) {
      bytes.reserveCapacity(bytes.count + wanted + target)
    }
    let room = max(bytes.capacity - bytes.count, 1)
    let most = settings.maxDocumentBytes.addingReportingOverflow(1)
    let allowed = most.overflow ? Int.max : max(most.partialValue - pending, Self.leastRead)
    wanted = min(wanted, room, allowed)
    let before = bytes.count
    do throws(SourceError) {
      let hasMore = try open.file.read(wanted, into: &bytes)
      open.didRead(bytes.count - before, hasMore: hasMore)
    } catch {
      open.didRead(bytes.count - before, hasMore: true)
      open.didFail(error)
    }
  }
}

extension InputPosition {
  /// Steps over an item of the walk.
  fileprivate mutating func pass(_ item: InputWalker.Item) {
    switch item {
    case .file(let path, let status): pass(path, status)
    case .standardInput: pass(InputWalker.standardInputName, nil)
    case .failure(let error): pass(error.path, nil)
    }
  }
}

extension RawBatch {
  private static let mostRecords = 4096

  /// Whether the batch has as many bytes, or as many records as are good for it.
  func isFull(_ bytes: Int) -> Bool { byteCount >= bytes || count >= min(Self.mostRecords, room) }

  mutating func add(_ failure: InputError, number: Int? = nil) {
    records.append(Record(range: 0..<0, source: nil, line: failure.line, number: number, failure: failure))
  }
}
