internal import Hearsay

/// Files of many records.
extension RecordSplitter {
  /// Splits off records until the batch is full.
  ///
  /// - Parameter offset: The offset of `start` in the file.
  mutating func splitManyRecords(
    _ bytes: Swift.Span<UInt8>, from start: Int, at offset: Int, _ limit: BatchSize, _ batch: inout RawBatch
  ) -> Int {
    let distance = offset - start
    var start = start
    // A file's header does not change where records end, so one lookup of the format serves for all.
    let splitting = format
    while !batch.isFull(limit) {
      if skip.isActive {
        if !awaitsHeader { skip.seek(from: &position, at: distance + start, in: layout) }
        guard let end = skip.advance(through: bytes, from: start, line: &position.line, in: layout) else {
          return skipAll(bytes, from: start, &batch)
        }
        start = end
      }
      let end: Int?
      if layout == .lengthPrefixed, let header = recordHeader(by: splitting, in: bytes, from: start) {
        if leaveOut(header, &batch) { continue }
        end = header.byteCount <= bytes.count - start ? start + header.byteCount : nil
      } else {
        end = splitting?.endOfRecord(in: bytes, from: start, after: &scan)
      }
      if (end ?? bytes.count) - start > maximumRecordBytes {
        start = leaveOutTooLong(bytes, from: start, &batch)
      } else if let end {
        scan = RecordScan()
        take(start..<end, of: bytes, into: &batch)
        start = end
      } else {
        return splitRest(bytes, from: start, &batch)
      }
      if isDone { return discard(bytes, batch) }
    }
    return start
  }

  /// Finishes a file that no more bytes follow in: `start` begins a record without an end.
  private mutating func splitRest(_ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int {
    if let failure = progress.failure {
      fail(InputError(failure, path, line: shownLine), isRecord: true, &batch)
      isDone = true
      return discard(bytes, batch)
    }
    guard progress.isAtEnd else { return start }
    take(start..<bytes.count, of: bytes, into: &batch)
    finish(&batch)
    return bytes.count
  }

  /// The header of the next record; it is parsed once.
  private mutating func recordHeader(
    by format: (any RecordFormat)?, in bytes: Swift.Span<UInt8>, from start: Int
  ) -> RecordHeader? {
    if scan.header == nil { scan.header = format?.recordHeader(in: bytes, from: start, after: &scan) }
    return scan.header
  }

  /// Adds a record, unless it is a blank line or the header of the file.
  private mutating func take(_ range: Range<Int>, of bytes: Swift.Span<UInt8>, into batch: inout RawBatch) {
    let lines =
      switch layout {
      case .lines: 1
      case .lengthPrefixed: 0
      case .delimited, .wholeFile: bytes.countOfLineBreaks(in: range)
      }
    defer { position.line += lines }
    guard !bytes.isBlank(range) else { return }
    if awaitsHeader, let format {
      awaitsHeader = false
      do throws(InputError) {
        self.format = try format.applying(
          header: bytes.extracting(range), at: RecordPlace(path: path, line: position.line))
      } catch {
        fail(error, isRecord: false, &batch)
        isDone = true
      }
      return
    }
    add(range, line: shownLine, number: position.number, to: &batch)
    position.number += 1
  }

  /// The line that an error shows, in formats that have lines.
  private var shownLine: Int? { layout.hasLines ? position.line : nil }

  // MARK: Leaving out

  /// The most bytes that may go without the end of a record.
  private var maximumRecordBytes: Int {
    // A length-prefixed record is measured by its header; what is bounded here is that header and that of its message.
    layout == .lengthPrefixed
      ? max(maximumDocumentBytes, 2 * HeaderBlock.maximumBytes) : maximumDocumentBytes
  }

  /// Leaves out a record that is of an omitted kind, or too long; `false` where it is read.
  private mutating func leaveOut(_ record: RecordHeader, _ batch: inout RawBatch) -> Bool {
    if let kind = record.omittedKind {
      omitted.add(kind)
    } else if record.byteCount > maximumDocumentBytes {
      fail(.tooLarge(path, line: nil, maximumDocumentBytes), isRecord: true, &batch)
    } else {
      return false
    }
    scan = RecordScan()
    skip.skip(bytes: record.byteCount)
    return true
  }

  /// Fails a record that is too long. It ends with the line in which it becomes too long: its own end may never be
  /// found, as after a quotation mark that is not closed.
  ///
  /// - Returns: The offset at which it became too long.
  private mutating func leaveOutTooLong(
    _ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch
  ) -> Int {
    let end = start + maximumRecordBytes
    scan = RecordScan()
    fail(.tooLarge(path, line: shownLine, maximumDocumentBytes), isRecord: !awaitsHeader, &batch)
    // Without its header, the file cannot be read.
    isDone = awaitsHeader
    if layout.hasLines {
      position.line += bytes.countOfLineBreaks(in: start..<end)
      skip.skipRestOfLine()
    }
    return end
  }

  /// Skips all of the bytes, where what is to be skipped does not end within them.
  private mutating func skipAll(_ bytes: Swift.Span<UInt8>, from start: Int, _ batch: inout RawBatch) -> Int {
    if let missing = skip.advance(by: bytes.count - start), progress.isComplete {
      progress.fail(skip.shortfallError(missing, in: layout))
    }
    if let failure = progress.failure {
      fail(InputError(failure, path, line: shownLine), isRecord: true, &batch)
      isDone = true
    } else if progress.isAtEnd {
      finish(&batch)
    }
    return discard(bytes, batch)
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
  static func leftOut(_ count: Int, _ kind: String, of path: String) -> Self {
    Self(path: path, message: "\(count) \(kind) were left out")
  }
}
