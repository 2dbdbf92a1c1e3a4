import Foundation
import Testing

/// A block of code in a page.
struct CodeBlock: Sendable, CustomTestStringConvertible {
  var language: String
  var text: String
  var line: Int

  var testDescription: String { "line \(line)" }

  static func all(in page: String) -> [CodeBlock] {
    guard let text = try? String(contentsOf: Binary.package.appendingPathComponent(page), encoding: .utf8) else {
      return []
    }
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = CodeBlock(language: String(line.dropFirst(3)), text: "", line: index + 1)
        }
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }
}

@Suite("What the README shows is so")
struct ReadmeTests {
  static let blocks = CodeBlock.all(in: "README.md")

  @Test func itHasBlocks() {
    for language in ["console", "yaml", "swift"] {
      #expect(Self.blocks.contains { $0.language == language }, "a block of \(language)")
    }
  }

  /// A line `$ command` is run; what follows must be its output. A line of `…` stands for any lines.
  @Test(arguments: blocks.filter { $0.language == "console" })
  func aCommandPrintsWhatIsShown(_ block: CodeBlock) throws {
    var commands: [(line: String, output: [String])] = []
    for line in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].output.append(String(line))
      }
    }
    #expect(!commands.isEmpty)
    for command in commands {
      let result = try Binary.shell(command.line + " 2>&1")
      let printed = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(matches(printed[...], command.output[...]), "\(command.line) printed:\n\(result.output)")
    }
  }

  private func matches(_ lines: ArraySlice<String>, _ wanted: ArraySlice<String>) -> Bool {
    guard let first = wanted.first else { return lines.allSatisfy(\.isEmpty) }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], wanted.dropFirst()) }
    }
    guard let line = lines.first, line == first else { return false }
    return matches(lines.dropFirst(), wanted.dropFirst())
  }

  @Test(arguments: blocks.filter { $0.language == "yaml" && $0.text.contains("stages:") })
  func aPipelineIsValid(_ block: CodeBlock) throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("readme.yaml", block.text)
    let result = try Binary.run(["validate", file.path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try Binary.run(["test", file.path]).status == 0)
  }

  @Test func theStageIsTheOneThatIsTested() throws {
    let file = Binary.package.appendingPathComponent("Tests/HearsayCLITests/Redact.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    #expect(Self.blocks.contains { $0.language == "swift" && $0.text == source })
  }
}
