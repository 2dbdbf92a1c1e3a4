import ArgumentParser
import Hearsay
import HearsayPipeline

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check pipeline files without running them.",
    discussion: "Every mistake of every file is shown at its line and column. Exits with 2 where there is one.")

  @Argument(help: "Pipeline files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var plugins: PluginOptions

  func run() throws {
    let catalogue = try plugins.catalogue()
    var isValid = true
    for file in files {
      do {
        let pipeline = try PipelineFile.load(file, over: catalogue, overrides: overrides)
        try StandardOutput.write(
          "\(line: file): fine, \(pipeline.stages.count) stages, \(pipeline.tests.count) tests")
      } catch let code as ExitCode where code == ExitStatus.usage {
        isValid = false
      }
    }
    if !isValid { throw ExitStatus.usage }
  }
}
