internal import Hearsay

extension InputReader {
  /// How many bytes a reader may have read ahead, besides a record.
  private static let maximumReadAhead = 16 << 20

  /// Resumes at a position that another reader of the same inputs and settings had reached, before anything is read
  /// here: exactly the records after it follow.
  ///
  /// What that reader had read of a pipe or the standard input is read again and compared, which may take as long.
  ///
  /// - Throws: Where the input there, or one before it, has changed, and where the reading is cancelled.
  public mutating func resume(at position: InputPosition) throws(InputError) {
    while inputPosition.item < position.item, let item = walker.next() { inputPosition.pass(item) }
    guard inputPosition.item == position.item, inputPosition.trail == position.trail else {
      throw .changed(position.input?.path ?? "an input")
    }
    inputPosition.taken = position.taken
    guard let input = position.input else { return }
    let item = walker.next()
    // The notices on earlier inputs were given by the earlier run.
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
    resumeTarget = position
    guard let prefix = position.prefix else { return begin(opened, input.path, item) }
    let stream = RereadSource(opened, expected: prefix)
    begin(opened, input.path, item, reading: stream)
    try reread(stream, input.path)
  }

  /// Reads on to the position, and to the last byte that the other reader had read there.
  private mutating func reread(_ stream: RereadSource, _ path: String) throws(InputError) {
    do throws(SourceError) {
      while stream.state == .open, try advance() {}
      let most = settings.maxDocumentBytes.addingReportingOverflow(Self.maximumReadAhead)
      try stream.finish(atMost: most.overflow ? Int.max : most.partialValue, unless: isCancelled)
    } catch {
      throw error.code == .interrupted ? InputError(error, path, line: nil) : .changed(path)
    }
  }

  /// Takes a step towards the position; `false` once it is reached, and where no step leads to it.
  private mutating func advance() throws(SourceError) -> Bool {
    guard var open = file else {
      guard archive != nil else { return false }
      openMember()
      guard !isInterrupted else { throw .interrupted }
      return true
    }
    splitRecords(of: &open)
    let isThere = resumeTarget == nil && !open.isBeforeTarget && !open.isArchive
    finishFile(open)
    // The same bytes give no record before the position.
    guard !isThere, batch.records.isEmpty else { return false }
    guard file != nil else { return true }
    guard readMore(&open) else { throw .interrupted }
    file = open
    return true
  }
}
