internal import Hearsay

extension InputReader {
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
  mutating func fail(_ error: InputError) {
    if settings.selection.takes(Selection.hash(of: error.path), number: nil) { batch.add(error) }
  }

  /// - Parameter raw: What the bytes come from, where that is not the file itself.
  mutating func begin(
    _ opened: OpenFile, _ path: String, _ item: InputWalker.Item, reading raw: (any ByteSource)? = nil
  ) {
    upcoming = item
    let fingerprint = InputFingerprint(path, opened)
    place.input = fingerprint
    batch.begun.append((place.item, fingerprint))
    let isStandardInput = item == .standardInput
    let isPlain = isStandardInput && settings.readsPlainLines
    let unpacked = UnpackedSource(
      raw ?? opened, isStream: isStandardInput || opened.size == nil, unpacks: !isPlain)
    source = unpacked
    // A place in an archive's file is for that file.
    file = FileCutter(
      unpacked, path, settings, layers, origin: isPlain ? .plainLines : .input,
      from: resumed?.member == nil ? resumed.take() : nil)
  }

  /// Goes from an archive's first bytes to its files.
  mutating func openArchive(_ open: FileCutter) {
    let head = Array(bytes[position...])
    bytes.removeSubrange(position...)
    file = nil
    place.member = 0
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

  /// Opens the archive's next file, or steps over the archive where there is none.
  mutating func openMember() {
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
          source, "\(path)/\(member.path)", settings, layers, origin: .archive, from: resumed.take())
        return
      }
      if place.member == 0 { batch.notices.append(.noDocuments(in: path)) }
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
    resumed = nil
    source = nil
    if let item = upcoming.take() { place.pass(item) }
  }
}

extension InputPosition {
  /// Steps over an item of the walk.
  mutating func pass(_ item: InputWalker.Item) {
    switch item {
    case .file(let path, let status): pass(path, status)
    case .standardInput: pass(InputWalker.standardInputName, nil)
    case .failure(let error): pass(error.path, nil)
    }
  }
}
