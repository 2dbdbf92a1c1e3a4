import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline
import HearsayRunner
import HearsayStreams

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline over files, folders or standard input.",
    discussion: """
      A stage's option is overridden by --set STAGE.OPTION=VALUE, a key of the file by --set KEY=VALUE:

        hearsay run news.yaml corpus/ --set split-sentences.language=de --set on_error=stop

      \(ExitStatus.help)
      """)

  @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String

  @OptionGroup var options: RunOptions

  @OptionGroup var resuming: ResumeOptions

  @Option(
    name: .shortAndLong,
    help: """
      Write the findings to this file, in the format of its ending, in place of all that the pipeline writes; '-' is \
      standard output, as JSON Lines.
      """)
  var output: String?

  @Flag(help: "Add where each finding stands in the raw input, in bytes, to the output of -o.")
  var provenance = false

  @Flag(
    help: """
      Be the worker of another program: documents as JSON Lines on standard input, one line for each on standard \
      output, in order, in place of all that the pipeline writes.
      """)
  var stdio = false

  func validate() throws {
    guard stdio else { return }
    if resuming.resume || resuming.journal != nil { throw ValidationError("--stdio keeps no journal to resume from") }
    if output != nil { throw ValidationError("--stdio writes to standard output; leave -o out") }
    if !options.inputs.isEmpty { throw ValidationError("--stdio reads standard input; leave the inputs out") }
  }

  func run() throws {
    let path = pipeline
    let pipeline = try PipelineFile.load(
      path, over: options.plugins.catalogue(), overrides: options.overrides)
    var steps = pipeline.stages.map(\.step)
    // Where the findings alone are wanted, sinks are left out.
    if stdio || output != nil { steps.removeAll { $0.stage is any SinkStage } }
    if stdio {
      return try options.serve(steps, input: InputSettings(pipeline.input), layers: pipeline.catalogue.layers)
    }
    if let output {
      do {
        steps.append(try .findings(to: output, provenance: provenance))
      } catch {
        throw ValidationError("-o: \(error)")
      }
    } else if provenance {
      throw ValidationError("--provenance goes with -o; in a pipeline it is an option of 'export'")
    }
    var plan = try options.plan(
      steps, input: InputSettings(pipeline.input), layers: pipeline.catalogue.layers, onError: .skip)
    plan.onError = FailurePolicy(pipeline, plan)
    let keeping = try keeping(pipeline, at: path)
    try RunSession(
      plan: plan, watch: options.watch, sources: [path] + keeping.identity.plugins.keys.sorted(), keeping: keeping,
      choosesQuarantine: pipeline.quarantine == nil && plan.outputFiles.isEmpty,
      isQuarantineUnnamed: pipeline.quarantine == nil
    ).run()
  }

  private func keeping(_ pipeline: Pipeline, at path: String) throws -> RunSession.Keeping {
    let text = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
    var resultAffecting = options.resultAffectingOptions
    if let output { resultAffecting.append("output \(output)") }
    if provenance { resultAffecting.append("provenance") }
    let identity = RunIdentity(
      text: text, plugins: pipeline.plugins + (try options.plugins.paths()), options: resultAffecting,
      inputs: options.inputs)
    return RunSession.Keeping(
      options: resuming, identity: identity,
      pipeline: RunRecord.Source(path: path, text: String(decoding: text, as: UTF8.self)))
  }
}
