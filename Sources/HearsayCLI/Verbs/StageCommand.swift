import ArgumentParser
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
    let catalogue = try options.plugins.catalogue()
    let stage = try catalogue.stage(named: name)
    let pipeline = try PipelineFile.single(stage.name, over: catalogue, overrides: options.overrides)
    var steps = pipeline.stages.map(\.step)
    if !stage.isSink { steps.append(try .findings(to: "-", provenance: provenance)) }
    let plan = try options.plan(steps, input: InputSettings(), layers: catalogue.layers, onError: .skip)
    try RunSession(plan: plan, watch: options.watch, showsTable: false).run()
  }
}
