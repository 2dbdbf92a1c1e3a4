internal import Foundation
internal import Hearsay
internal import Synchronization

/// Gives leave to make a file as `PATH.part`: it has one purpose in this run, and what stands there is this run's own.
final class PartWriter: Sendable {
  private let files: RunFiles
  private let replacesUnfinished: Bool
  private let state = Mutex(State())

  private struct State {
    var journal: Journal?
    /// What the run that is gone on with has begun.
    var begun: Set<String> = []
    /// What this process has begun.
    var made: [String] = []
  }

  init(_ plan: RunPlan) {
    files = plan.files
    replacesUnfinished = plan.replacesUnfinished
  }

  /// Takes the journal of the run, which lists what it has begun before it broke off.
  func begin(_ journal: Journal) {
    state.withLock { state in
      state.journal = journal
      state.begun = journal.begunOutputs()
    }
  }

  /// See `StageContext.registerOutput`.
  ///
  /// - Parameter step: Whose file it is; `nil` for the quarantine's, which has its place in `RunFiles` already.
  func registerOutput(_ path: String, step: (index: Int, label: String)?) throws(OutputError) {
    if let step { try files.begin(path, step: step.index, label: step.label) }
    if let present = FileStatus(ofLinkAt: OutputFile.partPath(of: path)) {
      if let other = madePath(present.identity) {
        throw OutputError(
          path: path, action: "make", code: EEXIST,
          detail: "the file system takes the name for '\(other)', which is written already; give each a name of its own"
        )
      }
      if let (lock, holder) = FileLock.holder(above: path) {
        throw OutputError(
          path: path, action: "make", code: EEXIST,
          detail: "another run may be writing it: \(holder), as '\(lock)' says; wait for it, or write elsewhere")
      }
      let isOwn = state.withLock { $0.begun.contains(Journal.absolute(path)) }
      if isOwn || replacesUnfinished { OutputFile.removeUnfinished(path) }
    }
    state.withLock { $0.made.append(path) }
    state.withLock { $0.journal }?.add(output: path)
  }

  /// See `StageContext.registerContinuedOutput`.
  func registerContinuedOutput(_ path: String, step: (index: Int, label: String)) throws(OutputError) {
    try files.begin(path, step: step.index, label: step.label)
    state.withLock { $0.made.append(path) }
  }

  /// The file of this run that is being written as this one. Some file systems do not distinguish names by case or Unicode form.
  private func madePath(_ identity: FileStatus.Identity) -> String? {
    state.withLock(\.made).first { FileStatus(ofLinkAt: OutputFile.partPath(of: $0))?.identity == identity }
  }
}
