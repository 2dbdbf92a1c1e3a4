public import Hearsay

/// Renders a stage's declaration as a page of the reference.
public enum StageReference {
  /// Name, summary, layers, options and examples as Markdown.
  public static func markdown(of stage: StageDescriptor) -> String {
    var lines = ["# \(stage.name)", "", stage.summary]
    let use = stage.layers
    let layers = [("Reads", use.reads), ("Uses if there", use.optionalReads), ("Writes", use.writes)]
      .filter { !$0.1.isEmpty }
    if !layers.isEmpty { lines.append("") }
    for (verb, names) in layers {
      lines.append("- \(verb): \(names.map { "`\($0.name)`" }.joined(separator: ", "))")
    }
    if !stage.options.isEmpty {
      lines += ["", "## Options", "", "| option | type | default | what it does |", "| --- | --- | --- | --- |"]
      for option in stage.options {
        let value = option.defaultValue == .null ? "" : code(option.defaultValue.json)
        lines.append("| `\(option.key)` | \(cell(option.typeName)) | \(cell(value)) | \(cell(option.summary)) |")
      }
    }
    if !stage.examples.isEmpty { lines += ["", "## Examples"] }
    for example in stage.examples {
      lines += ["", "### \(example.title)", ""]
      if let options = example.options { lines += fenced("- \(stage.name): \(options.json)", "yaml") + [""] }
      lines += fenced(example.input, example.content == .html ? "html" : "text")
      lines += ["", "gives", ""] + fenced(example.expectation.description, "text")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private static func code(_ text: String) -> String { text.contains("`") ? "`` \(text) ``" : "`\(text)`" }

  /// A block that no run of backticks inside can end.
  private static func fenced(_ text: String, _ language: String) -> [String] {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return ["\(fence)\(language)", text, fence]
  }
}
