import Hearsay
import HearsayCLI
import Testing

/// An example with the stage that it belongs to.
struct ExampleCase: Sendable, CustomTestStringConvertible {
  let stage: StageDescriptor
  let example: Example

  var testDescription: String { "\(stage.name): \(example.title)" }
  var location: SourceLocation {
    SourceLocation(fileID: "Hearsay/\(stage.name)", filePath: example.file, line: example.line, column: 1)
  }

  static let all = Catalogue.builtIn.stages.flatMap { stage in
    stage.examples.map { ExampleCase(stage: stage, example: $0) }
  }
  static let marked = all.filter { $0.example.expectation.isMarked }
}

@Suite("A stage does what its examples show")
struct StageExampleTests {
  @Test(arguments: ExampleCase.all)
  func theExampleHolds(_ c: ExampleCase) throws {
    let outcomes = try Catalogue.builtIn.run(c.example, of: c.stage)
    let mismatches = try c.example.expectation.mismatches(in: outcomes, marking: c.stage.layers.writes.first?.type)
    #expect(mismatches.isEmpty, sourceLocation: c.location)
  }

  @Test(
    "and holds after code points of two, three and four bytes", arguments: ExampleCase.marked, ["É. ", "„. ", "🎈. "])
  func theExampleHoldsShifted(_ c: ExampleCase, by prefix: String) throws {
    let layer = c.stage.layers.writes.first?.type ?? Sentences.self
    let plain = try #require(Catalogue.builtIn.run(c.example, of: c.stage).first?.document)
    let shifted = try #require(Catalogue.builtIn.run(c.example, of: c.stage, prefix: prefix + "\n\n").first?.document)
    #expect(Expectation.mark(shifted, layer).hasSuffix(Expectation.mark(plain, layer)), sourceLocation: c.location)
  }

  @Test("Every declaration is complete", arguments: Catalogue.builtIn.stages.map(\.name))
  func theDeclarationIsComplete(_ name: String) throws {
    let stage = try #require(Catalogue.builtIn[name])
    #expect(!stage.examples.isEmpty)
    #expect(stage.summary.hasSuffix(".") && stage.summary.count < 120)
    #expect(Set(stage.options.map(\.key)).count == stage.options.count)
    #expect(stage.options.allSatisfy { $0.key.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber } })
    #expect(stage.options.allSatisfy { $0.summary.hasSuffix(".") })
    // The defaults are themselves valid options, in range; what must be given is as in the first example.
    let given = stage.examples.first?.options
    let node = ConfigNode(
      .object(stage.options.map { JSONValue.Member($0.key, given?[$0.key] ?? $0.defaultValue) }),
      at: SourcePlace(file: name))
    var diagnostics: [Diagnostic] = []
    _ = stage.make(node, at: SourcePlace(file: name), &diagnostics)
    #expect(diagnostics.isEmpty)
  }
}
