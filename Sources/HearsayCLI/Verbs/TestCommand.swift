import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests inside pipeline files, and the examples of stages.",
    discussion: """
      The examples of all stages from plugins are run too. For a test that fails, what was expected and what was found. \
      Exits with 1 where one fails.
      """)

  @Argument(
    help: "Pipeline files and names of stages; without any, the examples of all stages.",
    completion: .file(extensions: ["yaml", "yml"]))
  var subjects: [String] = []

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var plugins: PluginOptions

  func run() throws {
    var catalogue = try plugins.catalogue()
    var tally = TestTally()
    var pipelines: [(file: String, pipeline: Pipeline)] = []
    for file in subjects where catalogue[file] == nil {
      do {
        let pipeline = try PipelineFile.load(file, over: catalogue, overrides: overrides)
        // A plugin that one file names is there for the stages named after it.
        catalogue = pipeline.catalogue
        pipelines.append((file, pipeline))
      } catch let code as ExitCode where code == ExitStatus.usage {
        tally.isValid = false
      }
    }
    for stage in catalogue.stages where isWanted(stage) { try tally.test(stage, of: catalogue) }
    for (file, pipeline) in pipelines { try tally.test(pipeline, file: file) }
    try StandardOutput.write("\(tally.passed) passed, \(tally.failed) failed")
    if !tally.isValid { throw ExitStatus.usage }
    if tally.failed > 0 { throw ExitStatus.findings }
  }

  private func isWanted(_ stage: StageDescriptor) -> Bool {
    let isPlugin = HearsayCommand.catalogue[stage.name] == nil
    return isPlugin || subjects.contains(stage.name) || subjects.isEmpty && plugins.files.isEmpty
  }
}

/// What came of the tests so far. Each is shown as it is run.
private struct TestTally {
  var passed = 0
  var failed = 0
  /// Whether every pipeline file could be read.
  var isValid = true
  private let style = ANSIStyle.forTerminal(STDOUT_FILENO)

  mutating func test(_ pipeline: Pipeline, file: String) throws {
    try show(style.paint("\(line: file)", .bold) + (pipeline.tests.isEmpty ? ": no tests" : ""))
    for outcome in try PipelineTestRunner(pipeline, layers: pipeline.catalogue.layers, log: log).run() {
      try add(outcome.test.name, "\(outcome.test.place)", outcome.failure, outcome.mismatches)
    }
  }

  mutating func test(_ stage: StageDescriptor, of catalogue: Catalogue) throws {
    try show(style.paint("\(line: stage.name)", .bold) + (stage.examples.isEmpty ? ": no examples" : ""))
    for example in stage.examples {
      var mismatches: [Expectation.Mismatch] = []
      var failure: String?
      do {
        let outcomes = try catalogue.run(example, of: stage)
        mismatches = try example.expectation.mismatches(in: outcomes, marking: stage.layers.writes.first?.type)
      } catch {
        failure = "\(error)"
      }
      try add(example.title, "\(example.file):\(example.line)", failure, mismatches)
    }
  }

  private mutating func add(
    _ name: String, _ place: String, _ failure: String?, _ mismatches: [Expectation.Mismatch]
  ) throws {
    guard failure != nil || !mismatches.isEmpty else {
      passed += 1
      return try show("  \(style.paint("✔", .green)) \(line: name)")
    }
    failed += 1
    try show("  \(style.paint("✘", .red)) \(line: name)  (\(line: place))")
    if let failure { try show("      \(failure)") }
    for mismatch in mismatches {
      try show("      \(line: mismatch.path)")
      try show("      \(style.paint("- expected ", .red))\(mismatch.expected)")
      try show("      \(style.paint("+ found    ", .green))\(mismatch.found)")
    }
  }

  private func show(_ text: TerminalText) throws { try StandardOutput.write(text) }
}
