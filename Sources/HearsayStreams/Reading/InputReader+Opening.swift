internal import Hearsay

extension InputReader {
  /// Opens the next input, or adds the failure that stands in its place; `false` at the end.
  mutating func openNext() -> Bool {
    let item = walker.next()
    batch.notices += walker.takeNotices()
    guard let item else {
      isAtEnd = true
      return false
    }
    switch item {
    case .failure(let error):
      fail(error)
      inputPosition.pass(item)
    case .standardInput: begin(.standardInput, InputWalker.standardInputName, item)
    case .file(let path, _):
      do throws(SystemError) {
        begin(try OpenFile(path: path), path, item)
      } catch {
        fail(.cannotOpen(path, error))
        inputPosition.pass(item)
      }
    }
    return true
  }

  /// A failure in the place of a whole input.
  mutating func fail(_ error: InputError) {
    if RecordSampler(settings.selection, path: error.path).takes(nil) { batch.add(error) }
  }

  /// - Parameter raw: The source of the bytes, where that is not the file itself.
  mutating func begin(
    _ opened: OpenFile, _ path: String, _ item: InputWalker.Item, reading raw: (any ByteSource)? = nil
  ) {
    currentItem = item
    let fingerprint = InputFingerprint(path, opened)
    inputPosition.input = fingerprint
    batch.begun.append((inputPosition.item, fingerprint))
    let isStandardInput = item == .standardInput
    let isPlain = isStandardInput && settings.readsPlainLines
    let decompressed = DecompressedSource(
      raw ?? opened, isStream: isStandardInput || opened.size == nil, detectsCompression: !isPlain)
    source = decompressed
    // A position in an archive's file is for that file.
    file = RecordSplitter(
      decompressed, path, settings, layers, origin: isPlain ? .plainLines : .input,
      from: resumeTarget?.member == nil ? resumeTarget.take() : nil)
  }

  /// Continues from an archive's first bytes to its files.
  mutating func openArchive(_ open: RecordSplitter) {
    let head = Array(bytes[splitCount...])
    bytes.removeSubrange(splitCount...)
    file = nil
    inputPosition.member = 0
    do throws(SourceError) {
      archive = (try archiveReader(open.file, head), open.path)
    } catch {
      closeArchive(open.path, error)
    }
  }

  private func archiveReader(_ rest: any ByteSource, _ head: [UInt8]) throws(SourceError) -> ArchiveReader {
    if let file = source?.regularFile, ArchiveKind(of: head.span) == .zip, ZipEnd.isWhole(file) {
      return try ArchiveReader(zipFile: file, isCancelled: isCancelled)
    }
    return try ArchiveReader(rest, head: head, isCancelled: isCancelled)
  }

  /// Opens the archive's next file, or closes the archive where there is none.
  mutating func openMember() {
    guard let (reader, path) = archive else { return }
    do throws(SourceError) {
      while let member = try reader.next() {
        let number = inputPosition.member ?? 0
        if let resumeTarget, let wanted = resumeTarget.member, number < wanted {
          inputPosition.member = number + 1
          continue
        }
        let source = DecompressedSource(ArchiveMember(member, of: reader))
        file = RecordSplitter(
          source, "\(path)/\(member.path)", settings, layers, origin: .archive, from: resumeTarget.take())
        return
      }
      if inputPosition.member == 0 { batch.notices.append(.noDocuments(in: path)) }
      if reader.leftOut > 0 { batch.notices.append(.leftOut(reader.leftOut, of: path)) }
      closeArchive(path, nil)
    } catch {
      guard error.code != .interrupted else {
        isInterrupted = true
        return
      }
      closeArchive(path, error)
    }
  }

  mutating func closeArchive(_ path: String, _ error: SourceError?) {
    if let error {
      fail(InputError(error, path, line: nil))
    }
    archive = nil
    resumeTarget = nil
    source = nil
    if let item = currentItem.take() { inputPosition.pass(item) }
  }
}

extension InputPosition {
  /// Moves past an item of the walk.
  mutating func pass(_ item: InputWalker.Item) {
    switch item {
    case .file(let path, let status): pass(path, status)
    case .standardInput: pass(InputWalker.standardInputName, nil)
    case .failure(let error): pass(error.path, nil)
    }
  }
}
