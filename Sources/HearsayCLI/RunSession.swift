import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams

/// One run from the command line: how it begins, who watches it, what is said at its end, and what is kept of it.
struct RunSession {
  var plan: RunPlan
  var watch: WatchOptions
  /// Whether the run has a table at its end, and progress before it.
  var showsTable = true
  /// What is kept beside the outputs; `nil` for a run that nobody would take up again.
  var keeping: Keeping?

  /// What is kept beside the outputs.
  struct Keeping {
    var options: ResumeOptions
    var identity: RunIdentity
    var pipeline: RunRecord.Source
  }

  func run() throws {
    try refuseOutputsAmongInputs()
    var plan = plan
    let watch = try watch.watch(plan.inputs, plan.input.selection, showsProgress: showsTable)
    if let keeping, plan.obstacleToResuming == nil, let path = keeping.options.journal ?? plan.defaultJournal {
      plan.journal = Journal(path: path, identity: keeping.identity, interval: keeping.options.checkpointEvery)
    }
    switch try keeping?.options.beginning(plan, recordPath: plan.recordPath, log: watch.log) ?? .anew {
    case .anew: break
    case .behind(let checkpoint):
      plan.start = checkpoint
      watch.log.write(.notice, "going on behind document \(checkpoint.documents)")
    case .finished: return
    }
    let started = Date()
    let control = RunControl()
    let interruption = Interruption(of: control) { watch.log.write(.notice, $0) }
    let report = Runner(plan, control: control, observer: watch.observer).run()
    watch.end(report)
    try keep(report, plan, started: started, watch.log)
    try finish(report, plan, interruption.signal, watch.log)
  }

  /// Writes the record; a finished run needs its journal no more.
  private func keep(_ report: RunReport, _ plan: RunPlan, started: Date, _ log: RunLog) throws {
    if case .failed(let error) = report.ending, error.action == .resume { return }
    if let keeping, let path = plan.recordPath {
      let record = RunRecord(
        report, plan, keeping.identity, pipeline: keeping.pipeline, started: started,
        arguments: Array(CommandLine.arguments.dropFirst()))
      do throws(OutputError) {
        try record.write(to: path)
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
      if error.action == .resume {
        log.write(.notice, "nothing was touched; --restart begins anew")
        throw ExitStatus.usage
      }
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
      sayHowToResume(report, plan, log)
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

extension RunPlan {
  /// The first file that the run writes.
  private var firstOutput: String? { steps.lazy.flatMap(\.stage.outputs).first { $0 != "-" && !$0.hasPrefix("/dev/") } }

  /// The path beside the first output that ends as `ending`; beside the folder of files that are named by documents.
  private func besideFirstOutput(_ ending: String) -> String? {
    guard let output = firstOutput else { return nil }
    guard let brace = output.firstIndex(of: "{") else { return output + ending }
    let folder = output[..<brace].lastIndex(of: "/").map { output[...$0] } ?? ""
    return folder + String(ending.dropFirst())
  }

  /// What a run before has begun to write and not finished, of the outputs whose names are known.
  var unfinishedOutput: String? {
    steps.lazy.flatMap(\.stage.outputs).filter { !$0.contains("{") }.map { $0 + ".part" }.first {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  /// Where the run keeps its place unless told otherwise: `out.jsonl.journal`.
  var defaultJournal: String? { besideFirstOutput(".journal") }

  /// Where the run leaves its record: `out.jsonl.run.json`.
  var recordPath: String? { besideFirstOutput(".run.json") }
}
