internal import Hearsay

extension InputReader {
  /// How many bytes a reader may have read in advance, besides a record.
  private static let mostAhead = 16 << 20

  /// Goes on at a place that another reader of the same inputs and settings had come to, before anything is read here:
  /// exactly the records after it follow.
  ///
  /// What that reader had read of a pipe or the standard input is read again and compared; it may take as long.
  ///
  /// - Throws: Where the input there, or one before it, is not what it was, and where the reading is cancelled.
  public mutating func resume(at position: InputPosition) throws(InputError) {
    while place.item < position.item, let item = walker.next() { place.pass(item) }
    guard place.item == position.item, place.trail == position.trail else {
      throw .changed(position.input?.path ?? "an input")
    }
    place.taken = position.taken
    guard let input = position.input else { return }
    let item = walker.next()
    // What was said of the inputs before is not said again.
    _ = walker.takeNotices()
    let opened: OpenFile
    switch item {
    case .standardInput where input.path == InputWalker.standardInputName: opened = .standardInput
    case .file(let path, _) where path == input.path:
      guard let file = try? OpenFile(path: path), InputFingerprint(path, file) == input else { throw .changed(path) }
      opened = file
    default: throw .changed(input.path)
    }
    guard let item else { return }
    resumed = position
    guard let prefix = position.prefix else { return begin(opened, input.path, item) }
    let stream = RereadSource(opened, expected: prefix)
    begin(opened, input.path, item, reading: stream)
    try reread(stream, input.path)
  }

  /// Reads on to the place, and to the last byte that was read there.
  private mutating func reread(_ stream: RereadSource, _ path: String) throws(InputError) {
    do throws(SourceError) {
      while stream.state == .open, try advance() {}
      let most = settings.maxDocumentBytes.addingReportingOverflow(Self.mostAhead)
      try stream.finish(atMost: most.overflow ? Int.max : most.partialValue, unless: isCancelled)
    } catch {
      throw error.code == .interrupted ? InputError(error, path, line: nil) : .changed(path)
    }
  }

  /// Takes a step on the way to the place; `false` once it is reached, and where no step leads to it.
  private mutating func advance() throws(SourceError) -> Bool {
    guard var open = file else {
      guard archive != nil else { return false }
      openMember()
      guard !isInterrupted else { throw .interrupted }
      return true
    }
    cut(&open)
    let isThere = resumed == nil && !open.isBeforeTarget && !open.isArchive
    settle(open)
    // Of the same bytes, there is no record before the place.
    guard !isThere, batch.records.isEmpty else { return false }
    guard file != nil else { return true }
    guard readMore(&open) else { throw .interrupted }
    file = open
    return true
  }
}
