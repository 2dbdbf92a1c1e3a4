internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// The file of documents that failed, as JSON Lines: what failed and where, and the document as it came.
///
/// | member | value |
/// | --- | --- |
/// | `id`, `path`, `line` | which document, and where it stands in the input |
/// | `stage`, `error` | what failed; `stage` is `null` where the document could not be read |
/// | `raw` | the record as it came, an input of its own; `null` where it was too long to keep |
/// | `raw_base64` | in place of `raw` where the record is not UTF-8 |
///
/// The file is made at the first failure, under a name of its own beside the final one, and renamed when the run
/// ends: an earlier run's file can be the input of this one.
struct Quarantine: Sendable {
  let path: String
  private var file: FileHandle?
  private var partPath: String { path + ".part" }

  /// The length of what is written, in bytes; `nil` where no document has failed.
  private(set) var length: Int?

  private let journal: Journal?

  /// - Parameter journal: Where the run keeps its place.
  init(path: String, journal: Journal?) {
    self.path = path
    self.journal = journal
  }

  /// Writes the failed documents of a batch, in order.
  mutating func add(_ failures: [(failure: DocumentFailure, raw: [UInt8])]) throws(RunError) {
    guard !failures.isEmpty else { return }
    var json = JSONWriter()
    for (failure, raw) in failures {
      json.beginObject()
      json.member("id", failure.id)
      json.member("path", failure.path)
      if let line = failure.line { json.member("line", line) }
      json.member("stage", failure.stage)
      json.member("error", "\(failure.error)")
      if raw.isEmpty {
        json.key("raw")
        json.null()
      } else if raw.isValidUTF8 {
        json.key("raw")
        json.string(raw.span)
      } else {
        json.member("raw_base64", Data(raw).base64EncodedString())
      }
      json.endObject()
      json.newline()
    }
    let lines = json.bytes
    let partPath = partPath
    let open = file
    if open == nil { journal?.add(output: path) }
    file = try attempt {
      let file = try open ?? Self.create(partPath)
      try file.write(contentsOf: lines)
      return file
    }
    length = (length ?? 0) + lines.count
  }

  /// Makes durable what is written.
  func synchronize() throws(RunError) {
    guard let file else { return }
    try attempt { try file.synchronize() }
    syncFolder(of: path)
  }

  /// Goes on with the file of a run before, as it was when it had this length.
  mutating func resume(at length: Int) throws(RunError) {
    let (partPath, path) = (partPath, path)
    file = try attempt {
      // A run may have ended between the file's new name and its last word in the journal.
      if !FileManager.default.fileExists(atPath: partPath), FileManager.default.fileExists(atPath: path) {
        guard unsafe rename(path, partPath) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      }
      let descriptor = unsafe open(partPath, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      guard try file.seekToEnd() >= UInt64(length) else {
        throw StageError("'\(partPath)' is shorter than it was; start the run anew")
      }
      try file.truncate(atOffset: UInt64(length))
      return file
    }
    self.length = length
  }

  /// Gives the file, if there is one, its name; of an interrupted run that can be taken up again it keeps the other.
  mutating func close(isFinal: Bool) throws(RunError) {
    guard let file else { return }
    self.file = nil
    guard isFinal else { return try attempt { try file.close() } }
    let (partPath, path) = (partPath, path)
    try attempt {
      try file.synchronize()
      try file.close()
      guard unsafe rename(partPath, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      syncFolder(of: path)
    }
  }

  private static func create(_ path: String) throws -> FileHandle {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private func attempt<Result>(_ work: () throws -> Result) throws(RunError) -> Result {
    do {
      return try work()
    } catch {
      throw RunError(action: .quarantine(path: path), error: error)
    }
  }
}
