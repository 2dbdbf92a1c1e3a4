import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline
import HearsayStreams

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
    let document = try find(InputSettings(pipeline.input), layers: pipeline.catalogue.layers)
    let style = ANSIStyle.forTerminal(STDOUT_FILENO)
    var run = DocumentRun(pipeline.stages.map(\.step), layers: pipeline.catalogue.layers, log: log)
    run.isolatesEdits = true
    run.collectsReasons = why
    try StandardOutput.write(heading(of: document, style))
    let outcomes = try run.whileOpen {
      try run.run(document) { visit in try show(visit, Explanation(style: style)) }
    }
    for case .failed(let document, let step, let error) in outcomes {
      printError("error: document '\(line: document.id)': stage '\(line: step.label)': \(error)")
      throw ExitStatus.findings
    }
  }

  private func heading(of document: Document, _ style: ANSIStyle) -> TerminalText {
    "\(style.paint("\(line: document.id)", .bold))  \(document.utf8.count) bytes of \(document.content.rawValue)"
  }

  private func show(_ visit: DocumentRun.Visit, _ explanation: Explanation) throws {
    let style = explanation.style
    try StandardOutput.write("\n\(style.paint("\(line: visit.step.label)", .bold))")
    // To look at a pipeline must not replace what it wrote.
    guard !visit.isSkipped else {
      let outputs = visit.step.stage.sinkOutputs.map { $0 == "-" ? "standard output" : $0 }
      let writes = outputs.isEmpty ? "has outputs of its own" : "writes \(outputs.joined(separator: ", "))"
      return try StandardOutput.write(style.paint("  (\(line: writes); not run here)", .dim))
    }
    switch visit.result {
    case .success(.keep):
      let lines = try explanation.lines(before: visit.before, after: visit.after)
      try StandardOutput.write(lines.joined(separator: "\n"))
    case .success(.drop(let reason, let detail)):
      let why = detail.map { "\(reason), \($0)" } ?? reason
      try StandardOutput.write("  \(style.paint("dropped:", .yellow)) \(line: why)")
    case .success(.replace(let parts)):
      try StandardOutput.write("  replaced by \(parts.count) documents, shown one after the other:")
      for part in parts { try StandardOutput.write("    \(heading(of: part, style))") }
    case .failure: break
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
            printError("error: \(error)")
            throw ExitStatus.findings
          }
        }
      }
    }
    printError("error: \(input): no document\(id.map { " '\($0)'" } ?? "") in it")
    throw ExitStatus.findings
  }
}
