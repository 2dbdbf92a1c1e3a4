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
/// ends: the file of an earlier run stays until then. A device or a pipe is written to as it is.
struct Quarantine: Sendable {
  let path: String
  private var file: OutputFile?
  private let registerOutput: @Sendable (String) throws(OutputError) -> Void

  /// What is written; `nil` where no document has failed, or it cannot be gone on with.
  var mark: OutputFile.Mark? { file.flatMap { $0.isStream ? nil : $0.mark } }

  /// - Parameter registerOutput: Called with the file's path before it is made.
  init(path: String, registerOutput: @escaping @Sendable (String) throws(OutputError) -> Void) {
    self.path = path
    self.registerOutput = registerOutput
  }

  /// Writes the failed documents of a batch, in order.
  mutating func add(_ failures: [(failure: DocumentFailure, raw: [UInt8])]) throws(RunError) {
    guard !failures.isEmpty else { return }
    let lines = Self.lines(failures)
    var file = file
    try attempt { () throws(OutputError) in
      if file == nil { file = try OutputFile(new: path, registerOutput: registerOutput) }
      try file?.write(lines)
    }
    self.file = file
  }

  private static func lines(_ failures: [(failure: DocumentFailure, raw: [UInt8])]) -> [UInt8] {
    var json = JSONWriter()
    for (failure, raw) in failures {
      json.beginObject()
      json.member("id", failure.id)
      json.member("path", failure.path)
      if let line = failure.line { json.member("line", line) }
      json.member("stage", failure.stage)
      json.member("error", "\(failure.error)")
      json.rawRecord(raw)
      json.endObject()
      json.newline()
    }
    return json.bytes
  }

  /// Makes durable what is written.
  mutating func synchronize() throws(RunError) {
    guard var file else { return }
    try attempt { () throws(OutputError) in try file.sync() }
    self.file = file
    try? OutputFolder.sync([OutputFolder.path(of: file.partPath)])
  }

  /// Goes on with the file of a run before, as it was at the checkpoint.
  mutating func resume(at mark: OutputFile.Mark) throws(RunError) {
    file = try attempt { try OutputFile(resuming: path, at: mark) }
  }

  /// Gives the file, if there is one, its name; of an interrupted run that can be resumed it keeps the other.
  mutating func close(isFinal: Bool) throws(RunError) {
    guard var file else { return }
    self.file = nil
    try attempt { () throws(OutputError) in try file.finish(isFinal ? .finished : .interrupted) }
  }

  private func attempt<Result, Failure>(_ work: () throws(Failure) -> Result) throws(RunError) -> Result {
    do {
      return try work()
    } catch {
      throw RunError(action: .quarantine(path: path), error: error)
    }
  }
}
