internal import Hearsay

extension FileCutter {
  /// Whether the place where to go on is not reached yet.
  var isBeforeTarget: Bool { target != nil }

  /// Sets out for the target from an offset in the file.
  mutating func seek(_ target: InputPosition, from offset: Int) {
    number = target.record
    line = target.line
    // A header that ends after the target is another one than it was.
    let count = target.byteOffset - offset
    if count == 0 { restoreLine() } else { skip = .bytes(count < 0 ? Int.max : count) }
  }

  /// Behind the bytes that led to the target.
  mutating func restoreLine() {
    if target?.isWithinRecord == true, !announces { skip = .line }
    target = nil
  }

  /// The offset after what is to be left out; `nil` where it goes on after the present bytes.
  mutating func leaveOut(_ bytes: Swift.Span<UInt8>, from start: Int) -> Int? {
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
  var mostRecordBytes: Int {
    // How long a record is, the heads of it and of its message tell.
    announces ? max(settings.maxDocumentBytes, 2 * HeaderBlock.mostBytes) : settings.maxDocumentBytes
  }

  /// Fails a record that is too long. It ends with the line in which it becomes so: where it would have ended may never
  /// be read, as after a quotation mark that is not closed.
  ///
  /// - Returns: The offset at which it became too long.
  mutating func leaveOutTooLong(
    _ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch
  ) -> Int {
    let end = start + mostRecordBytes
    scan = RecordScan()
    fail(.tooLarge(path, line: shownLine, settings.maxDocumentBytes), isRecord: !awaitsHeader, &batch)
    // Without its header, nothing of the file can be read.
    isDone = awaitsHeader
    line += announces ? 0 : bytes.newlines(in: start..<end)
    if !announces { skip = .line }
    return end
  }

  /// All of the present bytes are left out, and maybe more.
  mutating func endOfSkipped(_ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int {
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
  func shortfall(of missing: Int) -> SourceError? {
    if let target, !(announces && target.isWithinRecord) { return .shortened }
    // The line breaks after the last record of a web archive may be missing.
    return missing > 4 ? .cutOff : nil
  }

  /// Nothing is left of the file, and all was well.
  mutating func finish(_ batch: inout RawBatch) {
    isDone = true
    for (kind, count) in leftOut.sorted(by: { $0.key < $1.key }) {
      batch.notices.append(.leftOut(count, kind, of: path))
    }
    if number == 0, !hasFailed, leftOut.isEmpty { batch.notices.append(.noDocuments(in: path)) }
  }

  /// The line to show with an error, in formats that have lines.
  var shownLine: Int? { announces ? nil : line }
}
