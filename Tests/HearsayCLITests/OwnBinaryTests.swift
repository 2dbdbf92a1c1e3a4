import Foundation
import Hearsay
import HearsayCLI
import Testing

@Suite("A binary of one's own adds stages to the command line")
struct OwnBinaryTests {
  @Test func itsExamplesHold() throws {
    let catalogue = Catalogue([Redact.self])
    let stage = try #require(catalogue["redact"])
    for example in stage.examples {
      let outcomes = try catalogue.run(example, of: stage)
      #expect(try example.expectation.mismatches(in: outcomes) == [])
    }
  }

  @Test func itRunsInAPipelineWithOptionsFromYAML() throws {
    let folder = try TemporaryFolder()
    let pipeline = try folder.file(
      "redact.yaml",
      """
      stages:
        - redact: { words: [Ann], mask: "xxx" }
        - export: { path: "\(folder.url.path)/out.jsonl" }
      """)
    let text = try folder.file("a.txt", "Ask Ann.")
    #expect(HearsayCommand.run(adding: [Redact.self], ["run", pipeline.path, text.path, "--quiet"]) == 0)
    let output = try String(contentsOf: folder.url.appendingPathComponent("out.jsonl"), encoding: .utf8)
    #expect(output.contains("\"text\":\"Ask xxx.\""))
  }

  @Test func aWrongOptionIsRefused() throws {
    let folder = try TemporaryFolder()
    let pipeline = try folder.file("redact.yaml", "stages:\n  - redact: { wrds: [Ann] }\n")
    #expect(HearsayCommand.run(adding: [Redact.self], ["validate", pipeline.path]) == 2)
  }

  @Test func aNameThatIsTakenIsRefused() {
    #expect(HearsayCommand.run(adding: [Redact.self, Redact.self], ["stages"]) == 2)
  }
}
