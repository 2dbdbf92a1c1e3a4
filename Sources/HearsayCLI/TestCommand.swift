import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests inside pipeline files.",
    discussion: "For a test that fails, what was expected and what was found. Exits with 1 where one fails.")

  @Argument(help: "Pipeline files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  func run() throws {
    let painter = Painter.forTerminal(STDOUT_FILENO)
    var passed = 0
    var failed = 0
    var isValid = true
    for file in files {
      let pipeline: Pipeline
      do {
        pipeline = try PipelineFile.load(file, overrides: overrides)
      } catch let code as ExitCode where code == ExitStatus.usage {
        isValid = false
        continue
      }
      print(painter.paint(file, .bold) + (pipeline.tests.isEmpty ? ": no tests" : ""))
      for outcome in try PipelineTestRunner(pipeline, layers: HearsayCommand.catalogue.layers, log: complain).run() {
        if outcome.passed {
          passed += 1
          print("  " + painter.paint("✔", .green) + " \(outcome.test.name)")
        } else {
          failed += 1
          print("  " + painter.paint("✘", .red) + " \(outcome.test.name)  (\(outcome.test.place))")
          for line in difference(outcome, painter) { print("      " + line) }
        }
      }
    }
    print("\(passed) passed, \(failed) failed")
    if !isValid { throw ExitStatus.usage }
    if failed > 0 { throw ExitStatus.findings }
  }

  private func difference(_ outcome: PipelineTestRunner.Outcome, _ painter: Painter) -> [String] {
    if let failure = outcome.failure { return [failure] }
    return outcome.mismatches.flatMap { mismatch in
      [
        mismatch.path, painter.paint("- expected ", .red) + mismatch.expected,
        painter.paint("+ found    ", .green) + mismatch.found,
      ]
    }
  }
}
