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

  /// Invariant: `bytes[..<position]` is cut into records or left out, and what follows is of `file`.
  private var bytes: [UInt8] = []
  private var position = 0
  /// Whether a batch that was handed out has `bytes` too: then nothing may be appended.
  private var isShared = false
  private var batch = RawBatch()
  /// Whether the last input was opened and read, so that only what was handed out is left.
  public private(set) var isAtEnd = false

  private static let leastRead = 65_536

  /// - Parameters:
  ///   - inputs: Files, folders and patterns; `-`, or none at all, is the standard input.
  ///   - layers: The layers that documents may bring along.
  ///   - readBytes: How much is read at a time.
  public init(
    _ inputs: [String], settings: InputSettings = InputSettings(), layers: [any Layer.Type] = [],
    readBytes: Int = 524_288
  ) {
    self.settings = settings
    self.layers = layers
    target = max(readBytes, 1)
    walker = InputWalker(inputs)
  }

  /// The next batch; `nil` at the end of the last input.
  ///
  /// A slow pipe's records are handed out as they come.
  ///
  /// - Parameter isCancelled: Asked while a pipe has nothing to give: where it says yes, the input ends here.
  public mutating func next(unless isCancelled: () -> Bool = { false }) -> RawBatch? {
    while true {
      guard var open = file else {
        if isFull { return handOut() }
        guard openNext() else { return handOut() }
        continue
      }
      cut(&open)
      file = open.isDone ? nil : open
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
      file = open.isDone ? nil : open
    }
  }

  private var isFull: Bool { batch.isFull(batchBytes) }

  private mutating func handOut() -> RawBatch? {
    guard !batch.isEmpty else { return nil }
    var full = RawBatch()
    swap(&full, &batch)
    full.bytes = bytes
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
    guard let item = walker.next() else {
      isAtEnd = true
      return false
    }
    switch item {
    case .failure(let error): batch.add(error)
    case .standardInput: file = FileCutter(.standardInput, "stdin", settings, layers)
    case .file(let path):
      do throws(SystemError) {
        file = FileCutter(try OpenFile(path: path), path, settings, layers)
      } catch {
        batch.add(.cannotOpen(path, error))
      }
    }
    return true
  }

  private mutating func cut(_ open: inout FileCutter) {
    // The span borrows the whole reader, so the batch steps out of it.
    var growing = RawBatch()
    swap(&growing, &batch)
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
    do throws(SystemError) {
      let hasMore = try open.file.read(wanted, into: &bytes)
      open.didRead(bytes.count - position - pending, hasMore: hasMore)
    } catch {
      batch.add(.cannotOpen(open.path, error))
      open.isDone = true
      bytes.removeSubrange(position...)
    }
  }
}

extension RawBatch {
  private static let mostRecords = 4096

  /// Whether the batch has as many bytes, or as many records as are good for it.
  func isFull(_ bytes: Int) -> Bool { byteCount >= bytes || count >= Self.mostRecords }

  mutating func add(_ failure: InputError, number: Int? = nil) {
    records.append(Record(range: 0..<0, source: nil, line: failure.line, number: number, failure: failure))
  }
}
