import Foundation
import Hearsay
import HearsayCLI
import Testing

@Suite("Where the findings alone are wanted, no sink runs; a filter drops everywhere alike")
struct SinkTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let document =
    #"{"id":"a","text":"\"The Harbour Authority failed us,\" said Ann Lee. She blamed the Harbour Authority."}"# + "\n"

  private func table() throws -> String {
    try folder.file(
      "table.yaml",
      """
      stages:
        - split-sentences
        - extract-quotes
        - score-stance
        - summarize-stance
        - export: { path: "\(folder.url.path)/never.jsonl" }
      """
    ).path
  }

  @Test("Standard output has JSON lines only", arguments: [["--stdio"], ["-o", "-", "--format", "jsonl"]])
  func noTableBetweenTheLines(_ options: [String]) throws {
    let result = try Binary.run(["run", try table()] + options, input: Self.document)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 1, "\(result.output)")
    for line in lines { #expect(throws: Never.self) { try JSONReader.value(of: Array(line.utf8)) } }
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("never.jsonl").path))
  }

  @Test func aFileTakesThePlaceOfAllOutputs() throws {
    let output = folder.url.appendingPathComponent("all.jsonl").path
    let result = try Binary.run(["run", try table(), "-o", output, "--format", "jsonl"], input: Self.document)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)\(result.errors)")
    #expect(try String(contentsOfFile: output, encoding: .utf8).contains("\"quotes\":[{"))
  }

  @Test func aStageThatIsASinkWritesItsOwnOutputAlone() throws {
    let result = try Binary.run(["stage", "summarize-stance"], input: #"{"id":"a","text":"b","stances":[]}"# + "\n")
    #expect(result.status == 0 && !result.output.contains("{"), "\(result.output)\(result.errors)")
  }

  // MARK: Filters

  private static let german = "Die Stadt hat sich für die Brücke entschieden, und das ist auch gut so.\n"
  private static let english = "The town has decided on the bridge, and that is just as well for all of us.\n"

  private func filter(_ tests: String = "") throws -> String {
    try folder.file(
      "filter.yaml",
      """
      stages: [identify-language: { keep: [de] }, deduplicate, split-sentences]
      tests:
        - { name: kept, text: "\(Self.german.dropLast())", expect: { meta: { language: de } } }
        - { name: kept again, text: "\(Self.german.dropLast())", expect: { meta: { language: de } } }
        - { name: dropped, text: "\(Self.english.dropLast())", expect: { dropped: language } }
      \(tests)
      """
    ).path
  }

  @Test func explainShowsWhereADocumentIsDropped() throws {
    let text = try folder.file("english.txt", Self.english).path
    let result = try Binary.run(["explain", try filter(), text])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("identify-language\n  dropped: language, en\n"), "\(result.output)")
  }

  @Test func testsCanExpectADrop() throws {
    let result = try Binary.run(["test", try filter()])
    #expect(result.status == 0 && result.output.contains("3 passed, 0 failed"), "\(result.output)\(result.errors)")
  }

  @Test(
    "A drop that is not expected fails a test, and so does one that does not come",
    arguments: [
      ("{ sentences: [] }", english, "not at all"), ("{ dropped: language }", german, "language"),
      ("{ dropped: duplicate }", english, "duplicate"),
    ])
  func unexpected(_ expectation: String, _ text: String, _ expected: String) throws {
    let result = try Binary.run(
      ["test", try filter("  - { name: own, text: \"\(text.dropLast())\", expect: \(expectation) }")])
    #expect(result.status == 1 && result.output.contains("dropped"), "\(result.output)")
    #expect(result.output.contains(expected), "\(result.output)")
  }

  @Test(arguments: ["run", "stage", "stdio"])
  func everyVerbDrops(_ verb: String) throws {
    let input = [("a", Self.german), ("b", Self.english)].map { id, text in
      #"{"id":"\#(id)","text":"\#(text.dropLast())"}"# + "\n"
    }.joined()
    let arguments =
      switch verb {
      case "run": ["run", try filter(), "--format", "jsonl", "-o", "-"]
      case "stage": ["stage", "identify-language", "--set", "keep=[de]", "--format", "jsonl"]
      default: ["run", try filter(), "--stdio"]
      }
    let result = try Binary.run(arguments, input: input)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.contains(#""id":"a""#) == true && lines.first?.contains(#""language":"de""#) == true)
    if verb == "stdio" {
      #expect(lines.count == 2 && lines[1].contains(#""dropped":{"stage":"identify-language","reason":"language""#))
    } else {
      #expect(lines.count == 1, "\(result.output)")
    }
  }

  @Test(
    "A test that could not fail is refused",
    arguments: [
      ("{}", "names nothing"), ("{ qoutes: [] }", "did you mean 'quotes'"), ("{ claims: [] }", "no 'claims'"),
    ])
  func anExpectationOfNothing(_ expectation: String, _ message: String) throws {
    let result = try Binary.run(
      ["validate", try filter("  - { name: own, text: x, expect: \(expectation) }")])
    #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
  }
}
