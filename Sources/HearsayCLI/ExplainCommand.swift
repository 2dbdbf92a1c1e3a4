import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline
import HearsayStreams
import QuoteExtraction

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what each stage of a pipeline changes in a document and finds in it.",
    discussion: """
      Edits are shown at their places, what was removed as [-…-] and what was put in as {+…+} (in colour on a terminal); \
      what was found as ⟦…⟧ in the text.
      """)

  @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String

  @Argument(help: "The input; of several documents the first, or the one of --id.", completion: .file())
  var input: String

  @Flag(help: "Show why each quote was found: its cue, the rule or the model's scores, and the speakers not taken.")
  var why = false

  @Option(help: "The document's id, where the input holds several.")
  var id: String?

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Override an option. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var plugins: PluginOptions

  func run() throws {
    let pipeline = try PipelineFile.load(pipeline, over: plugins.catalogue(), overrides: overrides)
    var document = try find(InputSettings(pipeline.input), layers: pipeline.catalogue.layers)
    let painter = Painter.forTerminal(STDOUT_FILENO)
    let explanation = Explanation(painter: painter)
    let name = painter.paint("\(line: document.id)", .bold)
    try StandardOutput.write("\(name)  \(document.utf8.count) bytes of \(document.content.rawValue)")
    for step in pipeline.stages {
      try StandardOutput.write("\n\(painter.paint("\(line: step.label)", .bold))")
      // To look at a pipeline must not replace what it wrote.
      let outputs = step.stage.outputs
      guard outputs.isEmpty else {
        let paths = outputs.map { $0 == "-" ? "standard output" : $0 }.joined(separator: ", ")
        try StandardOutput.write(painter.paint("  (writes \(line: paths); not run here)", .dim))
        continue
      }
      document.resetProvenance()
      let before = document
      // The layer asks the stage that extracts quotes to fill it.
      if why { document[QuoteReasons.self] = [] }
      do {
        try step.stage.open(
          StageContext(label: step.label, layers: pipeline.catalogue.layers, log: log))
        try step.stage.process(&document)
        try step.stage.close(.finished)
      } catch {
        complain("error: document '\(line: document.id)': stage '\(line: step.label)': \(error)")
        throw ExitStatus.findings
      }
      try StandardOutput.write(explanation.lines(before: before, after: document).joined(separator: "\n"))
    }
  }

  private func find(_ settings: InputSettings, layers: [any Layer.Type]) throws -> Document {
    var reader = InputReader([input], settings: settings, layers: layers)
    while let batch = reader.next() {
      for index in 0..<batch.count {
        do {
          let document = try batch.document(at: index)
          if id == nil || document.id == id { return document }
        } catch {
          if id == nil {
            complain("error: \(error)")
            throw ExitStatus.findings
          }
        }
      }
    }
    complain("error: \(input): no document\(id.map { " '\($0)'" } ?? "") in it")
    throw ExitStatus.findings
  }
}
