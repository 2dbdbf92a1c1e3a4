internal import Hearsay

extension FileCutter {
  /// Tells the format by the first bytes. `nil` where they are not there yet, or the file cannot be read.
  mutating func look(at bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int? {
    let head = bytes.extracting(start..<min(bytes.count, start + FormatDetection.headBytes))
    guard isAtEnd || failure != nil || suffices(head, bytes.count - start) else { return nil }
    if origin == .input, ArchiveKind(of: head) != nil {
      isArchive = true
      return nil
    }
    let format = settings.documentFormat(of: head, path, layers)
    begin(format)
    // A whole file is at its end if it was read in one go.
    if !isContainer, file.size.map({ readCount >= $0 }) ?? false { isAtEnd = true }
    // A document that is there as a whole shows its mistakes itself, and is kept with them.
    if origin != .plainLines, isContainer || !isAtEnd, let mistake = format.mistake(in: head, path) {
      fail(mistake, isRecord: false, &batch)
      isDone = true
      return nil
    }
    return isContainer && head.starts(with: byteOrderMark) ? start + byteOrderMark.count : start
  }

  /// Whether the format can be told by the first bytes, of which `count` are there.
  private func suffices(_ head: Swift.Span<UInt8>, _ count: Int) -> Bool {
    // Only a byte order mark matters before lines that are read as they are.
    if origin == .plainLines {
      return !byteOrderMark.dropLast().starts(with: [UInt8](copying: head, 0..<min(head.count, 3)))
    }
    return FormatDetection.suffices(head, ofWholeFile: file.size.map { count >= $0 })
  }

  private mutating func begin(_ format: some DocumentFormat) {
    self.format = format
    isContainer = type(of: format).isContainer
    recordsAreLines = format is JSONLFormat
    announces = format.announces
    awaitsHeader = format.needsHeader
  }
}
