import Foundation
import Hearsay
import HearsayPipeline
import HearsayStreams
import Testing

@testable import HearsayCLI

@Suite("The input formats are those of the registry, everywhere")
struct InputFormatTests {
  private func load(format: String, overrides: [String] = []) throws -> Pipeline {
    let yaml = "stages: [split-sentences]\ninput: { format: \(format) }\n"
    return try PipelineLoader(
      catalogue: .builtIn, inputFormats: InputFormats.names, overrides: overrides.map { Override($0) }
    ).load(Array(yaml.utf8), file: "p.yaml")
  }

  @Test("A pipeline may name each format", arguments: InputFormats.names)
  func pipelinesNameAFormat(_ name: String) throws {
    let expected = InputFormats.all.first { $0.name == name }
    #expect(try InputSettings(load(format: name).input).format == expected)
    #expect(try InputSettings(load(format: "auto", overrides: ["input.format=\(name)"]).input).format == expected)
    #expect((expected == nil) == (name == InputFormats.automatic))
  }

  @Test func theDefaultIsDetection() throws {
    #expect(InputFormatName.automatic == InputFormats.automatic)
    #expect(try InputSettings(PipelineInput()).format == nil)
  }

  @Test func anUnknownFormatIsAnErrorAtItsPlace() throws {
    let names = InputFormats.names.map { "'\($0)'" }.joined(separator: ", ")
    let error = #expect(throws: PipelineErrors.self) { try load(format: "csvv") }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.message.text == "expected one of \(names), found 'csvv'")
    #expect((diagnostic.place.line, diagnostic.place.column) == (2, 18))
    #expect(diagnostic.suggestion == "csv")
    let list = #expect(throws: PipelineErrors.self) { try load(format: "[csv]") }
    #expect(list?.diagnostics.map(\.message.text) == ["expected \(names), found a list"])
  }

  @Test func theSchemaHasEveryFormat() throws {
    let schema = Catalogue.builtIn.pipelineSchema(inputFormats: InputFormats.names)
    let format = schema["$defs"]?["input"]?["properties"]?["format"]?["anyOf"]?.arrayValue?.first
    #expect(format == ["enum": .array(InputFormats.names.map { .string($0) })])
  }

  @Test func thePageNamesEveryFormat() throws {
    let page = try String(
      contentsOf: Binary.package.appendingPathComponent("Documentation/Pipelines.md"), encoding: .utf8)
    let others = InputFormats.all.map(\.name).joined(separator: ", ")
    #expect(page.contains("format: \(InputFormats.automatic)              # or \(others)\n"))
  }

  @Test("The command line takes each format", arguments: InputFormats.names)
  func optionsNameAFormat(_ name: String) throws {
    let arguments = ["stage", "split-sentences", "--quiet", "--format"]
    #expect(try Binary.run(arguments + [name]).status == 0)
    let unknown = try Binary.run(arguments + [name + "x"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is no input format '\(name)x'"), "\(unknown.errors)")
  }
}
