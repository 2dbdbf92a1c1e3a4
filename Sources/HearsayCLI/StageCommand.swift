import ArgumentParser
import Export
import Hearsay
import HearsayPipeline
import HearsayRunner
import HearsayStreams

struct StageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage",
    abstract: "Run one stage over its input, JSON Lines on standard output.",
    discussion: """
      Layers that the documents carry already are kept and used, so stages chain through pipes:

        hearsay stage clean page.html | hearsay stage split-sentences

      An option is set as --set OPTION=VALUE.
      """)

  @Argument(
    help: "The stage's name; 'hearsay stages' lists them.",
    completion: .custom { _, _, _ in HearsayCommand.catalogue.stages.map(\.name) })
  var name: String

  @OptionGroup var options: RunOptions

  @Flag(help: "Add where each finding stands in the raw input, in bytes.")
  var provenance = false

  func run() throws {
    let catalogue = HearsayCommand.catalogue
    guard let descriptor = catalogue[name] else {
      let hint = catalogue.stages.map(\.name).nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no stage '\(name)'\(hint)")
    }
    let stage = try makeOrExit { diagnostics in
      let overrides = options.overrides.map { Override($0) }
      return Override.make(descriptor, overrides, &diagnostics)
    }
    var steps = [RunPlan.Step(name, stage)]
    if !(stage is Export) {
      var export = Export.Options()
      export.provenance = provenance
      steps.append(RunPlan.Step(Export.name, try Export(export)))
    }
    try options.run(steps, input: InputSettings(), onError: .skip, showsTable: false)
  }

  /// Prints all diagnostics and exits with 2 where there are any.
  private func makeOrExit(_ make: (inout [Diagnostic]) -> (any Stage)?) throws -> any Stage {
    var diagnostics: [Diagnostic] = []
    let stage = make(&diagnostics)
    guard diagnostics.isEmpty, let stage else {
      Painter.complain(diagnostics)
      throw ExitStatus.usage
    }
    return stage
  }
}
