import Foundation
import Hearsay
import HearsayCLI
import Testing

/// A stage of somebody else's that writes a file when it is opened, and need not see documents in order.
private struct Stamp: SinkStage {
  struct Options: StageOptions {
    var path = ""
    static let fields: [Field<Self>] = [Field("path", \.path, "The file to write.")]
  }
  static let name = "stamp"
  static let summary = "Writes a file."
  static let examples: [Example] = []
  let path: String
  init(_ options: Options) { path = options.path }
  var outputs: [String] { [path] }
  func open() throws { try Data("stamped".utf8).write(to: URL(fileURLWithPath: path)) }
  func process(_ document: inout Document) -> Disposition { .keep }
}

@Suite("explain and test write none of a pipeline's outputs")
struct UntouchedOutputsTests {
  let folder: TemporaryFolder
  let pipeline: String
  let text: String

  init() throws {
    folder = try TemporaryFolder()
    let at = folder.url.path
    pipeline = try folder.file(
      "p.yaml",
      """
      stages:
        - split-sentences
        - extract-quotes
        - score-stance
        - summarize-stance: { path: "\(at)/table.txt" }
        - export: { path: "\(at)/all.jsonl" }
        - export: { path: "\(at)/new/{source}.csv" }
        - export: { path: "\(at)/new.sqlite" }
      tests:
        - { name: rain, text: It rained., expect: { sentences: [It rained.] } }
      """
    ).path
    text = try folder.file("a.txt", "\"The Harbour Authority failed,\" Ann Lee said.").path
    for name in ["table.txt", "all.jsonl"] { try folder.file(name, "finished") }
  }

  private func files() throws -> [String: String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try String(contentsOf: folder.url.appendingPathComponent($0), encoding: .utf8))
      })
  }

  @Test func explainSaysSoInTheirPlace() throws {
    let before = try files()
    let result = try Binary.run(["explain", pipeline, text])
    #expect(result.status == 0, "\(result.errors)")
    for name in ["table.txt", "all.jsonl", "new/{source}.csv", "new.sqlite"] {
      #expect(result.output.contains("  (writes \(folder.url.path)/\(name); not run here)\n"), "\(result.output)")
    }
    #expect(result.output.contains("score-stance\n  + stances"))
    #expect(try files() == before)
  }

  @Test func explainNamesStandardOutput() throws {
    let result = try Binary.run(["explain", "pipelines/stance-table.yaml", text])
    #expect(
      result.status == 0 && result.output.hasSuffix("summarize-stance\n  (writes standard output; not run here)\n"))
  }

  @Test func testsRunAndLeaveThem() throws {
    let before = try files()
    let result = try Binary.run(["test", pipeline])
    #expect(result.status == 0 && result.output.contains("1 passed, 0 failed"), "\(result.output)\(result.errors)")
    #expect(try files() == before)
  }

  @Test func aSinkOfSomebodyElseIsLeftOutWhereTheFindingsAreWanted() throws {
    let pipeline = try folder.file("own.yaml", "stages: [stamp: { path: \"\(folder.url.path)/all.jsonl\" }]")
    let before = try files()
    let output = NSTemporaryDirectory() + "hearsay-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: output) }
    #expect(HearsayCommand.run(adding: [Stamp.self], ["run", pipeline.path, text, "-o", output, "--quiet"]) == 0)
    #expect(try files() == before)
    #expect(FileManager.default.fileExists(atPath: output))
  }

  @Test(arguments: ["explain", "test"])
  func aStageOfSomebodyElseIsNotRunEither(_ verb: String) throws {
    let pipeline = try folder.file(
      "own.yaml",
      """
      stages: [stamp: { path: "\(folder.url.path)/all.jsonl" }]
      tests: [{ name: rain, text: It rained., expect: { text: It rained. } }]
      """)
    let before = try files()
    #expect(HearsayCommand.run(adding: [Stamp.self], [verb, pipeline.path] + (verb == "explain" ? [text] : [])) == 0)
    #expect(try files() == before)
  }
}
