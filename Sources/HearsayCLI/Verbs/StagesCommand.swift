import ArgumentParser
import Foundation
import Hearsay
import HearsayPipeline
import HearsayText

struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "List the stages, or show one stage's options, layers and examples.")

  @Argument(
    help: "A stage's name.", completion: .custom { _, _, _ in HearsayCommand.catalogue.stages.map(\.name) })
  var name: String?

  @OptionGroup var plugins: PluginOptions

  @Flag(help: "Print the reference page, of one stage or of all.")
  var markdown = false

  func run() throws {
    let catalogue = try plugins.catalogue()
    if let name {
      let stage = try catalogue.stage(named: name)
      if markdown {
        try StandardOutput.write(exactly: StageReference.markdown(of: stage) + "\n", onTerminal: .text)
      } else {
        try StandardOutput.write(page(stage))
      }
    } else if markdown {
      let pages = catalogue.stages.map { StageReference.markdown(of: $0) }
      try StandardOutput.write(exactly: pages.joined(separator: "\n"), onTerminal: .text)
    } else {
      let width = catalogue.stages.map(\.name.count).max() ?? 0
      let lines: [TerminalText] = catalogue.stages.map {
        "\(line: $0.name.padded(to: width))  \(line: $0.summary)"
      }
      try StandardOutput.write(lines.joined(separator: "\n"))
    }
  }

  private func page(_ stage: StageDescriptor) -> TerminalText {
    let style = ANSIStyle.forTerminal(STDOUT_FILENO)
    func names(_ layers: [LayerUse.Reference]) -> String {
      layers.isEmpty ? "nothing" : layers.map { $0.name }.joined(separator: ", ")
    }
    var lines: [TerminalText] = [
      style.paint("\(line: stage.name)", .bold), "  \(stage.summary)", "", "  reads   \(names(stage.layers.reads))",
    ]
    if !stage.layers.optionalReads.isEmpty {
      lines.append("  uses    \(names(stage.layers.optionalReads)), where present")
    }
    lines.append("  writes  \(names(stage.layers.writes))")
    if !stage.options.isEmpty { lines += ["", style.paint("Options", .bold)] }
    for option in stage.options {
      let type = style.paint("\(line: option.typeName)", .dim)
      lines.append("  \(style.paint("\(line: option.key)", .cyan)): \(option.defaultValue.json)   \(type)")
      lines.append("      \(option.summary)")
    }
    lines += ["", style.paint("Examples", .bold)]
    for example in stage.examples {
      let options: TerminalText = example.options.map { "   \(style.paint("\($0.json)", .dim))" } ?? ""
      lines.append("  \(line: example.title)\(options)")
      lines.append("      \(line: example.input)")
      lines.append("    → \(line: example.expectation.description)")
    }
    return lines.joined(separator: "\n")
  }
}

extension Catalogue {
  /// The stage of that name, or a usage error with the nearest one.
  func stage(named name: String) throws -> StageDescriptor {
    if let stage = self[name] { return stage }
    let hint = stages.map(\.name).nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
    throw ValidationError("there is no stage '\(name)'\(hint)")
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
