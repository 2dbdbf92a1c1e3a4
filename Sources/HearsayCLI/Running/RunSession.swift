import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams

/// One run from the command line: how it begins, who watches it, what is said at its end, and what is kept of it.
struct RunSession {
  var plan: RunPlan
  var watch: ReportingOptions
  /// Whether the run has a table at its end, and progress before it.
  var showsTable = true
  /// The pipeline file and the plugins' libraries, which are read.
  var sources: [String] = []
  /// What is kept beside the outputs; `nil` for a run that nobody would take up again.
  var keeping: Keeping?
  /// Whether the file of failed documents is one that nobody has named, in the present folder: then runs at the same time
  /// have one each, `quarantine.jsonl`, `quarantine-2.jsonl`, ….
  var choosesQuarantine = false
  /// Whether nobody has named the file of failed documents: then only one of an earlier run is replaced.
  var isQuarantineUnnamed = false

  /// What is kept beside the outputs.
  struct Keeping {
    var options: ResumeOptions
    var identity: RunIdentity
    var pipeline: RunRecord.Source
  }

  func run() throws {
    var plan = plan
    if let keeping, plan.resumeBlocker == nil, let path = keeping.options.journal ?? plan.defaultJournal {
      plan.journal = Journal(path: path, identity: keeping.identity, interval: keeping.options.checkpointEvery)
    }
    try refuseOutputsAmongInputs(of: plan)
    let locks = try locks(of: &plan)
    defer { locks.release() }
    try takeFiles(of: plan)
    let watch = try watch.watch(plan.inputs, plan.input, showsProgress: showsTable)
    switch try keeping?.options.startMode(&plan, recordPath: plan.recordPath, log: watch.log) ?? .anew {
    case .anew: break
    case .after(let checkpoint):
      plan.start = checkpoint
      watch.log.write(.notice, "going on after document \(checkpoint.documents)")
    case .finished: return
    }
    let started = Date()
    let control = RunControl()
    let interruption = SignalHandler(of: control) { watch.log.write(.notice, $0) }
    let report = Runner(plan, control: control, observer: watch.observer).run()
    watch.end(report)
    try keep(report, plan, started: started, watch.log)
    try finish(report, plan, interruption.signal, watch.log)
  }

  /// Takes the locks of all that the run writes; where another run has one, this one ends here.
  private func locks(of plan: inout RunPlan) throws -> RunLocks {
    do throws(FileLock.Failure) {
      let locks = try RunLocks(plan.locks)
      do throws(FileLock.Failure) {
        try lockQuarantine(of: &plan, with: locks)
        return locks
      } catch {
        locks.release()
        throw error
      }
    } catch {
      RunLog(format: watch.logFormat).write(.error, "\(error)")
      if case .cannotOpen = error { throw ExitStatus.broken }
      throw ExitStatus.usage
    }
  }

  /// Takes the lock of the file of failed documents. A folder that cannot be written to matters at the first of them only.
  private func lockQuarantine(of plan: inout RunPlan, with locks: RunLocks) throws(FileLock.Failure) {
    guard let path = plan.quarantineFile else { return }
    var number = 1
    var chosen = path
    while true {
      do throws(FileLock.Failure) {
        try locks.add(RunPlan.beside(chosen, ".lock"), of: chosen)
        break
      } catch {
        if case .cannotOpen = error { return }
        guard choosesQuarantine, number < 1000 else { throw error }
        number += 1
        chosen = path.replacing(".jsonl", with: "-\(number).jsonl", maxReplacements: 1)
      }
    }
    if chosen != path { plan.onError = .quarantine(path: chosen) }
  }

  /// Writes the record; a finished run needs its journal no more.
  private func keep(_ report: RunReport, _ plan: RunPlan, started: Date, _ log: RunLog) throws {
    if case .failed(let error) = report.ending, error.isRefusalToResume { return }
    if let keeping, let path = plan.recordPath {
      let record = RunRecord(
        report, plan, keeping.identity, pipeline: keeping.pipeline, started: started,
        arguments: Array(CommandLine.arguments.dropFirst()))
      do throws(OutputError) {
        try record.write(to: path, from: plan.journal?.path)
      } catch {
        // Of a run that failed there is worse to say.
        guard report.isOver else { return }
        log.write(.error, "\(error)")
        throw ExitStatus.broken
      }
    }
    if report.isOver || !report.isResumable { plan.journal?.remove() }
  }

  private func finish(_ report: RunReport, _ plan: RunPlan, _ signal: Int32?, _ log: RunLog) throws {
    let fields: [(key: String, value: JSONValue)] = [
      ("event", "end"), ("ending", .string(report.ending.name)), ("in", .number("\(report.documentsIn)")),
      ("out", .number("\(report.documentsOut)")), ("dropped", .number("\(report.documentsDropped)")),
      ("failed", .number("\(report.documentsFailed)")), ("abandoned", .number("\(report.documentsAbandoned)")),
    ]
    if case .failed(let error) = report.ending {
      if error.isClosedPipe { return }
      log.write(.error, "\(error)", fields)
      if error.isRefusalToResume {
        let touched = error.action == .resume ? "nothing was touched" : "no document was read"
        log.write(.notice, "\(touched); put things back as they were, or begin anew by --restart")
        throw ExitStatus.usage
      }
      // Something else has the name of an output: no document was read.
      if case .open = error.action, (error.error as? OutputError)?.code == EEXIST { throw ExitStatus.usage }
      sayHowToResume(report, plan, log)
      throw ExitStatus.broken
    }
    if showsTable, !watch.quiet { log.write(.info, log.format == .json ? report.summary : report.table, fields) }
    if let path = report.quarantinePath { log.write(.info, "failed documents are kept in \(path)") }
    guard report.isBalanced else {
      log.write(.error, "the counts do not add up, this is a mistake in Hearsay: \(report.summary)")
      throw ExitStatus.broken
    }
    switch report.ending {
    case .stopped(let failure):
      log.write(.error, "\(failure)\nstopped at the first failing document, as on_error has it")
      if report.isResumable, plan.journal != nil {
        log.write(
          .notice,
          "the run has kept its place: with --resume --set on_error=quarantine it goes on from there and keeps what fails; "
            + "inputs that are changed need --restart")
      } else {
        log.write(.notice, "begin anew by --restart, with the document mended or with --set on_error=quarantine")
      }
      throw ExitStatus.findings
    case .interrupted:
      sayHowToResume(report, plan, log)
      if let signal { throw ExitStatus.ended(by: signal) }
    case .finished, .failed: break
    }
    if report.documentsFailed > 0 { throw ExitStatus.findings }
  }

  private func sayHowToResume(_ report: RunReport, _ plan: RunPlan, _ log: RunLog) {
    guard report.isResumable, plan.journal != nil else { return }
    log.write(.notice, "the run has kept its place: the same command with --resume goes on from there")
  }
}
