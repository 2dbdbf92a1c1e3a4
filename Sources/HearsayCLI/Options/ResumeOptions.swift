import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner

/// How a run is kept and resumed.
struct ResumeOptions: ParsableArguments {
  @Flag(help: "Go on where a run of the same pipeline over the same inputs has broken off.")
  var resume = false

  @Flag(help: "Begin anew, whatever a run before has left.")
  var restart = false

  @Option(
    help: "The folder in which the run keeps its place (default: the first output's path with '.journal').",
    completion: .directory)
  var journal: String?

  @Option(
    help: "How often the run keeps its place: a time (10s, 2m) or a length of input (64MB).",
    transform: { text in
      guard let interval = CheckpointInterval(text) else {
        throw ValidationError("'\(text)' is neither a time, such as 10s, nor a length, such as 64MB")
      }
      return interval
    })
  var checkpointEvery = CheckpointInterval.usual

  func validate() throws {
    if resume, restart { throw ValidationError("--resume goes on and --restart begins anew; leave one out") }
  }

  /// How a run begins.
  enum StartMode {
    case anew
    case after(Checkpoint)
    /// It was done before.
    case finished
  }

  /// What `--resume`, `--restart` and what lies beside the outputs come to. The run's locks are held by now.
  ///
  /// - Parameter recordPath: Where a finished run has left its record.
  func startMode(_ plan: inout RunPlan, recordPath: String?, log: RunLog) throws -> StartMode {
    plan.replacesUnfinished = resume || restart
    guard var journal = plan.journal else {
      if resume || self.journal != nil {
        try refuse("\(plan.resumeBlocker ?? "the run writes no file"): it cannot keep its place", log)
      }
      if !restart { try refuseToWriteOver(plan.unfinishedOutput, log) }
      return .anew
    }
    let state = journal.read()
    plan.journal = journal
    if case .foreign = state {
      try refuse(
        "'\(journal.path)' is no journal of Hearsay's, and is left as it is; name a folder by --journal that is not there "
          + "or is empty", log)
    }
    if restart { return .anew }
    if let record = recordPath.flatMap(RunRecord.finished(at:)), record.run == journal.run {
      // The run was killed between its last deed and the end of its journal.
      journal.remove()
      return try beginningAfterTheEnd(plan, journal, record, log)
    }
    switch state {
    case .unfinished(let checkpoint):
      if resume { return .after(checkpoint) }
      try refuse(
        "'\(journal.path)' is of a run that is not finished, \(checkpoint.documents) documents are done; go on with it "
          + "by --resume, or begin anew by --restart", log)
    case .other(let differences):
      try refuse(
        "'\(journal.path)' is of another run that is not finished: \(differences.joined(separator: "; ")); put things "
          + "back and --resume, or begin anew by --restart", log)
    case .damaged(let reason):
      try refuse("'\(journal.path)' cannot be read (\(reason)); begin anew by --restart", log)
    case .begun where !resume: try refuseToWriteOver(journal.path, log)
    case .none where !resume: try refuseToWriteOver(plan.unfinishedOutput, log)
    case .begun, .none, .foreign: break
    }
    guard resume else { return .anew }
    guard case .none = state, let record = recordPath.flatMap(RunRecord.finished(at:)) else {
      log.write(.notice, "there is nothing to resume; beginning at the first document")
      return .anew
    }
    return try beginningAfterTheEnd(plan, journal, record, log)
  }

  /// How a run begins where one is finished and has left its record.
  private func beginningAfterTheEnd(
    _ plan: RunPlan, _ journal: Journal, _ record: RunRecord, _ log: RunLog
  ) throws -> StartMode {
    guard resume else { return .anew }
    let differences = record.differences(from: plan, journal.identity)
    if !differences.isEmpty {
      try refuse(
        "the outputs are those of another run: \(differences.joined(separator: "; ")); begin anew by --restart", log)
    }
    if let gone = plan.outputFiles.first(where: { !$0.path.contains("{") && FileStatus(at: $0.path) == nil }) {
      log.write(.notice, "'\(gone.path)' of the finished run is gone; beginning at the first document")
      return .anew
    }
    log.write(.notice, "the run is finished already, \(record.documents.in) documents; nothing is left to do")
    return .finished
  }

  /// Refuses to begin where a run has left this, of which no place is known to go on from.
  private func refuseToWriteOver(_ path: String?, _ log: RunLog) throws {
    guard let path else { return }
    try refuse(
      "'\(path)' is of a run that is not finished, and there is no place to go on from; begin anew by --restart, or name "
        + "its --journal and --resume", log)
  }

  private func refuse(_ message: String, _ log: RunLog) throws -> Never {
    log.write(.error, message)
    throw ExitStatus.usage
  }
}
