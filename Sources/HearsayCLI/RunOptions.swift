import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline
import HearsayRunner
import HearsayStreams

/// What `run` and `stage` have in common: the inputs, and how to go through them.
struct RunOptions: ParsableArguments {
  @Argument(
    help: "Files, folders and patterns; '-', or none, is standard input.", completion: .file())
  var inputs: [String] = []

  @Option(
    help: "What the input is: auto, text, html, jsonl, csv or warc.",
    completion: .list(InputFormat.allCases.map(\.rawValue)))
  var format: String?

  @Option(help: "Read the first N documents only.")
  var limit: Int?

  @Option(help: "Read about one document in N, the same ones at every run.")
  var sample: Int?

  @Option(
    help: "Read part I of N: each document is in one of the parts.",
    transform: { text in
      guard let shard = Selection.Shard(text) else { throw ValidationError("a part is named I/N, such as 2/5") }
      return shard
    })
  var shard: Selection.Shard?

  @Option(help: "How many documents are worked on at once (default: one for each processor).")
  var workers: Int?

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var plugins: PluginOptions

  @Flag(name: .shortAndLong, help: "No table and no progress at the end; failures are still reported.")
  var quiet = false

  func validate() throws {
    if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers must lie from 1 to 1024") }
    if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    if let sample, sample < 1 { throw ValidationError("--sample must be 1 or more") }
    if let format, InputFormat(rawValue: format) == nil {
      let hint = InputFormat.allCases.map(\.rawValue).nearest(to: format).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no input format '\(format)'\(hint)")
    }
  }

  /// Runs the steps over the inputs and reports on standard error.
  ///
  /// - Parameter layers: The layers that documents may carry.
  func run(
    _ steps: [RunPlan.Step], input: InputSettings, layers: [any Layer.Type], onError: FailurePolicy, showsTable: Bool
  ) throws {
    try refuseOutputsAmongInputs(steps)
    var input = input
    if let format = format.flatMap(InputFormat.init(rawValue:)) { input.format = format }
    if let encoding = input.encoding, !InputSettings.knows(encoding: encoding) {
      throw ValidationError("'encoding' of the pipeline's input names no encoding that is known: '\(encoding)'")
    }
    input.selection = Selection(limit: limit, sample: sample, shard: shard)
    let plan = RunPlan(
      steps, inputs: inputs, input: input, layers: layers, onError: onError, workers: workers)
    let progress = quiet || !showsTable ? nil : ProgressLine.onTerminal()
    var observer = RunObserver()
    observer.failure = { failure in
      progress?.clear()
      complain("error: \(failure)")
    }
    observer.notice = { notice in
      progress?.clear()
      complain("note: \(notice)")
    }
    observer.message = { message in
      progress?.clear()
      log("\(message)")
    }
    observer.progress = { progress?.show($0) }
    let control = RunControl()
    let interruption = Interruption(of: control)
    let report = Runner(plan, control: control, observer: observer).run()
    progress?.clear()
    try finish(report, showsTable: showsTable && !quiet)
    if case .interrupted = report.ending, let signal = interruption.signal { throw ExitStatus.ended(by: signal) }
  }

  /// Answers each document on standard input by a line on standard output.
  func serve(_ steps: [RunPlan.Step], input: InputSettings, layers: [any Layer.Type]) throws {
    var input = input
    input.format = format.flatMap(InputFormat.init(rawValue:)) ?? .jsonl
    var plan = RunPlan(steps, inputs: [], input: input, layers: layers, onError: .skip, workers: workers)
    plan.answersDescriptor = STDOUT_FILENO
    var observer = RunObserver()
    observer.notice = { complain("note: \($0)") }
    observer.message = { log("\($0)") }
    let control = RunControl()
    let interruption = Interruption(of: control)
    let report = Runner(plan, control: control, observer: observer).run()
    switch report.ending {
    case .failed(let error):
      if error.isClosedPipe { return }
      complain("error: \(error)")
      throw ExitStatus.broken
    case .interrupted:
      if let signal = interruption.signal { throw ExitStatus.ended(by: signal) }
    case .finished, .stopped: break
    }
  }

  private func finish(_ report: RunReport, showsTable: Bool) throws {
    if case .failed(let error) = report.ending {
      if error.isClosedPipe { return }
      complain("error: \(error)")
      throw ExitStatus.broken
    }
    if showsTable { complain(report.table) }
    if let path = report.quarantinePath { complain("failed documents are kept in \(path)") }
    if case .stopped(let failure) = report.ending {
      complain("error: \(failure)\nstopped at the first failing document, as on_error has it")
      throw ExitStatus.findings
    }
    guard report.isBalanced else {
      complain("error: the counts do not add up, this is a mistake in Hearsay: \(report.summary)")
      throw ExitStatus.broken
    }
    if report.documentsFailed > 0 { throw ExitStatus.findings }
  }
}
