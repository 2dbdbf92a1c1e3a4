internal import Foundation
internal import Hearsay

/// Where a run keeps its last checkpoint, so that a later one can go on from there.
///
/// It is a folder beside the outputs. `journal.json` in it says what the run is and where it stands; it is written aside,
/// synced and renamed, so that it is always whole. Files of the stages' own lie in a folder each beside it, and `outputs`
/// names what the run writes. When a run is finished the folder goes.
public struct Journal: Sendable {
  public let path: String
  public let identity: RunIdentity
  public let interval: CheckpointInterval

  private struct Content: Codable {
    var version: Int
    var identity: RunIdentity
    var checkpoint: Checkpoint
  }

  private static let version = 1
  private var file: String { path + "/journal.json" }
  /// The paths of the files that the run has begun, a zero byte behind each.
  private var outputs: String { path + "/outputs" }

  /// - Parameters:
  ///   - path: The folder; it is made when the run begins.
  ///   - identity: What the run is.
  public init(path: String, identity: RunIdentity, interval: CheckpointInterval = .usual) {
    self.path = path
    self.identity = identity
    self.interval = interval
  }

  /// What a journal from before says.
  public enum State: Sendable {
    case none
    /// A run has begun, and was broken off before its first checkpoint.
    case begun
    case unfinished(Checkpoint)
    /// The run that it is of is another one; these things differ.
    case other(differences: [String])
    /// It cannot be read.
    case damaged(reason: String)
  }

  /// Looks for what was kept by a run before.
  public func state() -> State {
    guard FileManager.default.fileExists(atPath: file) else {
      return FileManager.default.fileExists(atPath: path) ? .begun : .none
    }
    do {
      let content = try JSONDecoder().decode(Content.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
      guard content.version == Self.version else {
        return .other(differences: ["the journal is of another version of Hearsay"])
      }
      let differences = identity.differences(from: content.identity)
      return differences.isEmpty ? .unfinished(content.checkpoint) : .other(differences: differences)
    } catch {
      return .damaged(reason: "\(error)")
    }
  }

  /// Where a stage's own files lie.
  func folder(ofStep step: Int) -> String { "\(path)/stage-\(step)" }

  /// Makes the folders of these steps.
  ///
  /// - Parameter keeps: Whether what is there stays, because the run is taken up again.
  func open(steps: [Int], keeps: Bool) throws(RunError) {
    if !keeps {
      removeUnfinishedOutputs()
      remove()
    }
    try attempt {
      for folder in [path] + steps.map(folder) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    }
  }

  /// Adds a file that the run is about to make as `output.part`. One that cannot be added is no reason to end a run.
  func add(output: String) {
    guard output != "-" else { return }
    let descriptor = unsafe Foundation.open(outputs, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // Who begins anew may do so from another folder.
    let folder = output.hasPrefix("/") ? "" : FileManager.default.currentDirectoryPath + "/"
    try? (Array((folder + output).utf8) + [0]).write(to: descriptor, path: outputs)
  }

  /// Removes what the run of this journal has begun to write and not finished, with what SQLite puts beside it.
  private func removeUnfinishedOutputs() {
    guard let list = FileManager.default.contents(atPath: outputs) else { return }
    // Behind the last zero byte is nothing, or a path that was torn.
    for output in list.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
      let part = String(decoding: output, as: UTF8.self) + ".part"
      for end in ["", "-wal", "-shm", "-journal"] { unsafe unlink(part + end) }
    }
  }

  func write(_ checkpoint: Checkpoint) throws(RunError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try attempt {
      let content = Content(version: Self.version, identity: identity, checkpoint: checkpoint)
      try [UInt8](encoder.encode(content)).replaceFile(at: file)
    }
  }

  /// Removes the journal: the run is finished, or begins anew.
  public func remove() {
    // First what says that there is something to go on from: half a folder must not look like a run.
    unsafe unlink(file)
    try? FileManager.default.removeItem(atPath: path)
  }

  private func attempt<Result>(_ work: () throws -> Result) throws(RunError) -> Result {
    do {
      return try work()
    } catch {
      throw RunError(action: .journal(path: path), error: error)
    }
  }
}
