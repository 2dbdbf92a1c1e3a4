import Foundation
import Hearsay
import Testing

@Suite("hearsay, end to end")
struct EndToEndTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  func lines(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
  }

  @Test func theDemoNamesSpeakersQuotesAndStances() throws {
    let output = folder.url.appendingPathComponent("demo.jsonl").path
    let result = try Binary.run(["run", "pipelines/news.yaml", "Examples/articles/harbour.txt", "-o", output])
    #expect(result.status == 0, "\(result.errors)")
    let documents = try lines(String(contentsOfFile: output, encoding: .utf8))
    let document = try #require(documents.first)
    #expect(documents.count == 1)
    #expect(document["meta"]?["date"]?.stringValue == "2026-02-17")
    #expect(document["meta"]?["credit"]?.stringValue == "Ines Okafor/Tidewater Press/Northlight Images")
    let speakers = (document["quotes"]?.arrayValue ?? []).compactMap { $0["speaker"]?["name"]?.stringValue }
    #expect(speakers.contains("Tomas Lindqvist") && speakers.contains("Mei-Lin Vasquez"))
    #expect(document["stances"]?.arrayValue?.contains { $0["label"]?.stringValue == "against" } == true)
    #expect(result.errors.contains("extract-quotes"), "the table of stages")
  }

  @Test func stagesChainOverJSONLines() throws {
    let page = try folder.file(
      "a.html", "<html><body><article><p>It rained all day in the hills. Dr. Lee left.</p></article></body></html>")
    let result = try Binary.shell("hearsay stage clean '\(page.path)' | hearsay stage split-sentences")
    #expect(result.status == 0, "\(result.errors)")
    let sentences = try lines(result.output).first?["sentences"]?.json
    #expect(sentences == "[[0,31],[32,45]]")
  }

  @Test func fiveMistakesAreShownAtOnce() throws {
    let file = try folder.file(
      "bad.yaml",
      """
      name: bad
      stagess: []
      stages:
        - clean: { unglu: true }
        - split-sentences: { longest: soon }
        - extract-qoutes
        - export: { format: jsonl, path: "${HEARSAY_UNDEFINED}" }
      on_error: explode
      """)
    let result = try Binary.run(["run", file.path, "Examples/articles/harbour.txt"])
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    for place in ["2:1", "4:14", "5:33", "6:5", "7:37", "8:11"] {
      #expect(result.errors.contains("bad.yaml:\(place): error:"), "\(place) in:\n\(result.errors)")
    }
    #expect(result.errors.contains("did you mean 'extract-quotes'?"))
    #expect(result.errors.contains("did you mean 'unglue'?"))
  }

  @Test(arguments: ["news", "quotes", "sentences", "statements"])
  func aShippedPipelineIsValidAndPassesItsTests(_ name: String) throws {
    #expect(try Binary.run(["validate", "pipelines/\(name).yaml"]).status == 0)
    let result = try Binary.run(["test", "pipelines/\(name).yaml"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func examplesOfStagesAreRun() throws {
    let result = try Binary.run(["test", "exec", "split-sentences", "pipelines/quotes.yaml"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    for piece in ["exec\n  ✔", "split-sentences\n  ✔", "pipelines/quotes.yaml\n  ✔", ", 0 failed"] {
      #expect(result.output.contains(piece), "\(piece)")
    }
  }

  @Test(arguments: [["stages"], ["schema"], ["run", "pipelines/quotes.yaml"], ["validate", "pipelines/quotes.yaml"]])
  func aPluginThatIsNotThereEndsAnyVerb(_ verb: [String]) throws {
    let named = try Binary.run(verb + ["--plugin", "none.so"])
    #expect(named.status == 2 && named.output.isEmpty)
    #expect(named.errors == "--plugin: error: plugin 'none.so' is not there\n")
    let found = try Binary.run(verb, environment: ["HEARSAY_PLUGIN_PATH": "none.so"])
    #expect(found.errors == "HEARSAY_PLUGIN_PATH: error: plugin 'none.so' is not there\n")
  }

  @Test func anExecStageSpeaksInTheLogUnderItsLabel() throws {
    let file = try folder.file(
      "p.yaml",
      """
      stages:
        - exec: { command: "cat; echo goodbye >&2" }
        - exec: { command: [cat] }
        - export
      """)
    let result = try Binary.run(["run", file.path], input: "It rained.")
    #expect(result.status == 0 && result.output.contains("It rained."))
    #expect(result.errors.contains("exec[1]: goodbye\n"), "\(result.errors)")
    #expect(result.errors.contains("\nexec[2]  "), "its row in the table")
  }

  @Test func aFailingTestShowsWhatDiffers() throws {
    let file = try folder.file(
      "t.yaml",
      """
      stages: [split-sentences]
      tests:
        - name: too many
          text: It rained.
          expect: { sentences: [It rained., Really.] }
      """)
    let result = try Binary.run(["test", file.path])
    #expect(result.status == 1)
    #expect(result.output.contains("too many") && result.output.contains("Really."))
  }

  @Test func badInputsFailAloneAndTheRestIsDone() throws {
    try folder.file("in/good.txt", "\"We won,\" Ann Lee said.")
    try folder.file("in/empty.txt", "")
    try folder.file("in/binary.txt", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }))
    try folder.file("in/latin.txt", Data([0x43, 0x61, 0x66, 0xE9, 0x2E]))
    try folder.file("in/broken.jsonl", "{\"id\":\"x\",\"text\":\"Fine.\"}\n{\"id\":\"y\",\n{\"text\":\"\u{FFFD}\"}\n")
    let missing = folder.url.appendingPathComponent("in/none.txt").path
    let result = try Binary.run([
      "run", "pipelines/quotes.yaml", folder.url.appendingPathComponent("in").path, missing, "-o", "-",
    ])
    #expect(result.status == 1, "\(result.errors)")
    let documents = try lines(result.output)
    let ids = documents.compactMap { $0["id"]?.stringValue }
    #expect(
      ids.contains { $0.hasSuffix("good.txt") } && ids.contains { $0.hasSuffix("latin.txt") } && ids.contains("x"))
    #expect(documents.contains { $0["text"]?.stringValue == "Café." })
    #expect(result.errors.contains("binary.txt") && result.errors.contains("none.txt"))
    #expect(result.errors.contains("broken.jsonl:2"))
  }

  @Test func theSameBytesForAnyNumberOfWorkers() throws {
    let article = try String(
      contentsOf: Binary.package.appendingPathComponent("Examples/articles/harbour.txt"), encoding: .utf8)
    var json = JSONWriter()
    for number in 0..<400 {
      json.beginObject()
      json.member("id", .string("d\(number)"))
      json.member("text", .string(String(article.dropFirst(number % 300))))
      json.endObject()
      json.newline()
    }
    let input = try folder.file("in.jsonl", Data(json.bytes))
    let runs = try [1, 2, 5].map { workers in
      try Binary.run(["run", "pipelines/news.yaml", input.path, "-o", "-", "--quiet", "--workers", "\(workers)"]).output
    }
    #expect(runs[0].utf8.count > 100_000)
    #expect(Set(runs).count == 1)
  }

  @Test func theSameDuplicatesForAnyNumberOfWorkers() throws {
    var json = JSONWriter()
    for number in 0..<3_000 {
      let words = (0..<60).map { "w\((number % 400) * 60 + $0)" } + ["w\(number % 7)"]
      json.beginObject()
      json.member("id", .string("d\(number)"))
      json.member("text", .string(words.joined(separator: " ")))
      json.endObject()
      json.newline()
    }
    let input = try folder.file("in.jsonl", Data(json.bytes))
    let runs = try [1, 2, 5].map { workers in
      try Binary.run(["stage", "deduplicate", input.path, "--workers", "\(workers)"]).output
    }
    #expect(try lines(runs[0]).count == 400)
    #expect(Set(runs).count == 1)
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let text = String(repeating: "{\"text\":\"It rained. She left.\"}\n", count: 50_000)
    let input = try folder.file("many.jsonl", text)
    let result = try Binary.shell("set +o pipefail; hearsay stage split-sentences '\(input.path)' | head -1")
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  @Test func aFullDiskIsSaid() throws {
    let result = try Binary.shell("hearsay run pipelines/quotes.yaml Examples/articles/harbour.txt -o - > /dev/full")
    #expect(result.status == 3)
    #expect(result.errors.contains("cannot write standard output: no space left on device"))
  }

  @Test(arguments: [
    ["run"], ["run", "no-such.yaml"], ["stage", "spilt-sentences"], ["stages", "nope"], ["frobnicate"],
    ["run", "pipelines/news.yaml", "--set", "clean.nope=1"], ["stage", "clean", "--set", "unglue=perhaps"],
  ])
  func wrongUsageExitsWithTwo(_ arguments: [String]) throws {
    let result = try Binary.run(arguments, input: "It rained.")
    #expect(result.status == 2, "\(result.errors)")
    #expect(!result.errors.isEmpty && result.output.isEmpty)
  }

  @Test func setOverridesAnOption() throws {
    let result = try Binary.run(
      ["run", "pipelines/news.yaml", "--set", "extract-quotes.kinds=[scare]", "-o", "-", "--quiet"],
      input: "The \"plan\" failed. \"We won,\" Ann Lee said.")
    let kinds = try lines(result.output).first?["quotes"]?.arrayValue?.compactMap { $0["kind"]?.stringValue }
    #expect(kinds == ["scare"], "\(result.errors)")
  }

  @Test func explainShowsEditsAndFindings() throws {
    let result = try Binary.run(["explain", "pipelines/news.yaml", "Examples/articles/harbour.txt"])
    #expect(result.status == 0, "\(result.errors)")
    for piece in ["clean", "meta.credit", "{+", "extract-quotes", "⟦", "Tomas Lindqvist", "score-stance"] {
      #expect(result.output.contains(piece), "\(piece)")
    }
  }

  @Test func schemaIsJSONThatNamesEveryStage() throws {
    let result = try Binary.run(["schema"])
    let schema = try JSONReader.value(of: Array(result.output.utf8))
    #expect(schema["$schema"] != nil)
    for stage in ["clean", "split-sentences", "extract-quotes", "score-stance", "export"] {
      #expect(result.output.contains("\"\(stage)\""))
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScriptsAreGenerated(_ shell: String) throws {
    let result = try Binary.run(["--generate-completion-script", shell])
    #expect(result.status == 0 && result.output.contains("split") || result.output.contains("explain"))
  }

  @Test func provenanceMapsFindingsToTheRawBytes() throws {
    let raw = "It cost 3&nbsp;€ &amp; more, he has said.The mayor left the room."
    let input = try folder.file("raw.txt", raw)
    let result = try Binary.run(["run", "pipelines/sentences.yaml", input.path, "--provenance", "-o", "-", "--quiet"])
    let document = try #require(try lines(result.output).first)
    let spans = document["source_spans"]?["sentences"]?.arrayValue?.compactMap { $0.arrayValue?.first?.arrayValue }
    let pieces = (spans ?? []).map { pair in
      String(decoding: Array(raw.utf8)[(pair[0].intValue ?? 0)..<(pair[1].intValue ?? 0)], as: UTF8.self)
    }
    #expect(pieces == ["It cost 3&nbsp;€ &amp; more, he has said.", "The mayor left the room."])
  }
}
