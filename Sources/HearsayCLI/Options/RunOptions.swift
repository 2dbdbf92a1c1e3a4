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
    help: "What the input is: \(InputFormats.names.joinedAsChoice).",
    completion: .list(InputFormats.names))
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

  @Flag(help: "Follow links in folders to files and folders outside them.")
  var follow = false

  @Option(help: "How many documents are worked on at once (default: one for each processor).")
  var workers: Int?

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var plugins: PluginOptions

  @OptionGroup var watch: ReportingOptions

  func validate() throws {
    if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers must lie from 1 to 1024") }
    if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    if let sample, sample < 1 { throw ValidationError("--sample must be 1 or more") }
    if let format {
      do throws(UnknownInputFormat) {
        _ = try InputFormats.format(named: format)
      } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  /// What the run of these steps over the inputs is.
  ///
  /// - Parameter layers: The layers that documents may carry.
  func plan(
    _ steps: [StageStep], input: InputSettings, layers: [any Layer.Type], onError: FailurePolicy
  ) throws -> RunPlan {
    var input = input
    if let format { input.format = try InputFormats.format(named: format) }
    if let encoding = input.encoding, !InputSettings.knows(encoding: encoding) {
      throw ValidationError("'encoding' of the pipeline's input names no encoding that is known: '\(encoding)'")
    }
    input.selection = Selection(limit: limit, sample: sample, shard: shard)
    input.followsLinks = follow
    return RunPlan(steps, inputs: inputs, input: input, layers: layers, onError: onError, workers: workers)
  }

  /// What of these options decides what comes out, as it was typed.
  var resultAffectingOptions: [String] {
    var resultAffectingOptions = overrides.map { "set \($0)" }
    if let format { resultAffectingOptions.append("format \(format)") }
    if let limit { resultAffectingOptions.append("limit \(limit)") }
    if let sample { resultAffectingOptions.append("sample \(sample)") }
    if let shard { resultAffectingOptions.append("shard \(shard)") }
    if follow { resultAffectingOptions.append("follow") }
    return resultAffectingOptions
  }

  /// Answers each document on standard input by a line on standard output.
  func serve(_ steps: [StageStep], input: InputSettings, layers: [any Layer.Type]) throws {
    guard StandardDescriptors.isInputReadable else {
      printError("error: standard input cannot be read: it is closed")
      throw ExitStatus.broken
    }
    var plan = try plan(steps, input: input, layers: layers, onError: .skip)
    if format == nil { plan.input.format = .jsonl }
    // Each line gets its answer, whatever the first one looks like.
    plan.input.readsPlainLines = plan.input.format == .jsonl
    plan.responseDescriptor = STDOUT_FILENO
    let watch = try watch.watch([], InputSettings(), showsProgress: false)
    // Who asked gets the failures in the answers.
    var observer = watch.observer
    observer.failure = { _ in }
    let control = RunControl()
    let interruption = SignalHandler(of: control) { watch.log.write(.notice, $0) }
    let report = Runner(plan, control: control, observer: observer).run()
    watch.end(report)
    switch report.ending {
    case .failed(let error):
      if error.isClosedPipe { return }
      watch.log.write(.error, "\(error)")
      throw ExitStatus.broken
    case .interrupted:
      if let signal = interruption.signal { throw ExitStatus.ended(by: signal) }
    case .finished, .stopped: break
    }
  }
}

extension [String] {
  /// `a, b or c`.
  fileprivate var joinedAsChoice: String {
    [dropLast().joined(separator: ", "), last ?? ""].filter { !$0.isEmpty }.joined(separator: " or ")
  }
}
