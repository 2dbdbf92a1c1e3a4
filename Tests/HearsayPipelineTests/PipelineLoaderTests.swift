import Hearsay
import HearsayPipeline
import Testing

@Suite("A pipeline file becomes a checked pipeline")
struct PipelineLoaderTests {
  @Test func everythingIsRead() throws {
    let pipeline = try load(
      """
      name: news
      description: Who said what
      input: { format: csv, text: body, max_document_bytes: 1_000 }
      stages:
        - split: { language: de, longest: 50, marks: "!" }
        - quote
        - save:
      on_error: stop
      quarantine: bad.jsonl
      tests:
        - name: plain
          text: One.
          meta: { source: wire }
          expect: { sentences: [One.] }
      """)
    #expect(pipeline.name == "news")
    #expect(pipeline.description == "Who said what")
    #expect(pipeline.input.format.name == "csv")
    #expect(pipeline.input.text == "body")
    #expect(pipeline.input.maxDocumentBytes == 1_000)
    #expect(pipeline.stages.map(\.label) == ["split", "quote", "save"])
    #expect(pipeline.split?.language == .de)
    #expect(pipeline.split?.marks == ["!"])
    #expect(pipeline.onError == .stop)
    #expect(pipeline.quarantine == "bad.jsonl")
    #expect(pipeline.tests.map(\.name) == ["plain"])
    #expect(pipeline.tests[0].metadata["source"] == "wire")
  }

  @Test func defaults() throws {
    let pipeline = try load("stages: [split]")
    #expect(pipeline.name == "p")
    #expect(pipeline.onError == .quarantine)
    #expect(pipeline.quarantine == nil)
    #expect(pipeline.input == PipelineInput())
    #expect(pipeline.input.maxDocumentBytes == 268_435_456)
  }

  @Test("each mistake is found at its place, with the nearest right spelling")
  func fiveAtOnce() {
    let found = mistakes(
      """
      on_eror: stop
      stages:
        - spilt
        - split: { langauge: en, longest: 7 }
        - quote
        - save: { path: "${OUTT}/x" }
      input: { format: jsonn }
      """, environment: ["OUT": "out"])
    #expect(
      found
        == [
          "1:1: a pipeline has no key 'on_eror' (on_error)",
          "3:5: there is no stage 'spilt' (split)",
          "4:14: stage 'split' has no option 'langauge' (language)",
          "4:37: longest is '7', but must lie from 40 to 100000",
          "6:20: variable 'OUTT' is not set; '${OUTT:-…}' gives it a default (${OUT})",
          "7:18: expected one of 'auto', 'text', 'html', 'jsonl', 'csv', 'warc', found 'jsonn' (jsonl)",
        ])
  }

  @Test(
    "one mistake, one message",
    arguments: [
      ("name: x", "1:1: the pipeline has no 'stages'"),
      ("stages: []", "1:9: 'stages' names no stage"),
      ("stages: split", "1:9: 'stages' must be a list, found 'split'"),
      ("- split", "1:1: a pipeline file is a map with the key 'stages', found a list"),
      ("~", "1:1: the file holds nothing"),
      ("stages: [[split]]", "1:10: expected a stage's name, or its name with a map of options, found a list"),
      ("stages: [{}]", "1:10: expected a stage's name, or its name with a map of options, found a map"),
      (
        "stages:\n  - split:\n    longest: 50",
        "3:5: 'longest' stands beside the stage 'split'; indent it to make it an option, or begin a new stage with '-'"
      ),
      ("stages: [split: {longest: many}]", "1:27: expected a whole number, found 'many'"),
      ("stages: [split: [a]]", "1:17: the options of stage 'split' must be a map, found a list"),
      ("stages: [save: {path: nowhere}]", "1:16: stage 'save': there is no nowhere"),
      (
        "stages:\n- save: {path: a/b}\n- save: {path: -}\n- save: {path: -}\n- save: {path: ./a//b}",
        "5:3: './a//b' is written by 'save' on line 2 already; give each stage a file of its own"
      ),
      ("stages: [split]\ninput: csv", "2:8: expected a map, found 'csv'"),
      ("stages: [split]\ninput: {formatt: csv}", "2:9: this map has no key 'formatt' (format)"),
      (
        "stages: [split]\ninput: {max_document_bytes: 0}",
        "2:29: max_document_bytes is '0', but must lie from 1 to 1099511627776"
      ),
      ("stages: [split]\ninput: {layers: [sentence]}", "2:18: no stage knows a layer 'sentence' (sentences)"),
      ("stages: [split]\ntests: 3", "2:8: 'tests' must be a list, found '3'"),
      ("stages: [split]\ntests: [{name: a, text: b}]", "2:9: test 'a' has no 'expect'"),
      (
        "stages: [split]\ntests: [{text: b, expect: {text: b}, html: c}]",
        "2:44: test 'test 1' needs either a 'text' or an 'html'"
      ),
      ("stages: [split]\ntests: [{expect: {text: b}}]", "2:9: test 'test 1' needs either a 'text' or an 'html'"),
      ("stages: [split]\ntests: [{text: b, expect: {sentnces: []}}]", "2:28: a document has no 'sentnces' (sentences)"),
      (
        "stages: [split]\ntests:\n- {name: a, text: b, expect: {text: b}}\n- {name: a, text: b, expect: {text: b}}",
        "4:10: two tests have the name 'a', the first on line 3"
      ),
      (
        "stages: [quote]",
        "1:10: stage 'quote' reads 'sentences', which no stage before it writes; put 'split' before it, or declare 'input: { layers: [sentences] }' where the documents bring it along"
      ),
      (
        "stages: [quote, split]",
        "1:10: stage 'quote' reads 'sentences', which no stage before it writes; move 'split' before it, or declare 'input: { layers: [sentences] }' where the documents bring it along"
      ),
    ])
  func one(yaml: String, message: String) { #expect(mistakes(yaml) == [message]) }

  @Test func aLayerThatTheDocumentsBringAlongIsThere() {
    #expect(mistakes("input: {layers: [sentences]}\nstages: [quote]").isEmpty)
  }

  @Test func layersThatOptionsNameAreChecked() {
    #expect(mistakes("stages: [split, open: {reads: sentences, writes: numbers}, open: {reads: numbers}]").isEmpty)
    let message = "reads 'numbers', which no stage before it writes; "
    let declare = "or declare 'input: { layers: [numbers] }' where the documents bring it along"
    #expect(
      mistakes("stages: [open: {reads: numbers}]")
        == ["1:10: stage 'open' \(message)\(declare.dropFirst(3))"])
  }

  @Test("plugins are loaded from the file's folder on, and each mistake stands at its place")
  func plugins() throws {
    let loader = PipelineLoader(catalogue: Catalogue([Split.self]), inputFormats: inputFormats) { path, catalogue in
      guard path.hasSuffix("/good.so") else { throw StageError("cannot load \(path)") }
      catalogue.add(Save.self)
    }
    func load(_ yaml: String) throws(PipelineErrors) -> Pipeline {
      try loader.load(Array(yaml.utf8), file: "some/folder/p.yaml")
    }
    let pipeline = try load("plugins: [good.so]\nstages: [split, save]")
    #expect(pipeline.catalogue["save"] != nil && pipeline.stages.count == 2)
    let yaml = "plugins: [bad.so, good.so, /a/b.so]\nstages: [save: {pth: x}, unknown, spilt]"
    do throws(PipelineErrors) {
      _ = try load(yaml)
      Issue.record("it was loaded")
    } catch {
      #expect(
        error.diagnostics.map { "\($0.place.line):\($0.place.column) \($0.message.text)" } == [
          "1:11 cannot load some/folder/bad.so", "1:28 cannot load /a/b.so", "2:17 stage 'save' has no option 'pth'",
          "2:35 there is no stage 'spilt'",
        ])
    }
  }

  @Test("a stage with wrong options still counts as writing its layer")
  func noMistakeBringsAnother() {
    #expect(mistakes("stages: [split: {longest: x}, quote]").count == 1)
    #expect(mistakes("stages: [spilt, quote]") == ["1:10: there is no stage 'spilt' (split)"])
  }

  @Test(
    "variables stand in values",
    arguments: [
      ("${OUT}/a", "out/a"), ("${NONE:-b}", "b"), ("${EMPTY:-b}", "b"), ("'${EMPTY}'", ""), ("$${OUT}", "${OUT}"),
      ("a$b", "a$b"), ("${OUT}${OUT}", "outout"), ("${NESTED}", "${OUT}"), ("${NONE:-x:-y}", "x:-y"),
    ])
  func variables(spelled: String, value: String) throws {
    let environment = ["OUT": "out", "EMPTY": "", "NESTED": "${OUT}"]
    let pipeline = try load(
      "stages: [split, save: {path: \(spelled.first == "'" ? spelled : "\"\(spelled)\"")}]", environment: environment)
    #expect((pipeline.stages.last?.stage as? Save)?.path == value)
  }

  @Test func aVariableIsTypedByItsField() throws {
    #expect(try load("stages: [split: {longest: \"${N}\"}]", environment: ["N": "77"]).split?.longest == 77)
  }

  @Test(
    "a bad variable",
    arguments: [
      ("${A", "1:10: '${' has no '}'; write '$${' for the characters themselves"),
      ("${1A}", "1:10: '1A' is no name of a variable; write '$${' for the characters themselves"),
    ])
  func badVariable(spelled: String, message: String) {
    #expect(mistakes("name: \"xy\(spelled)\"\nstages: [split]") == [message])
  }

  @Test func overridesTakeTheFilesPlace() throws {
    let pipeline = try load(
      "stages: [split: {longest: 50}, split, save]\ninput: {text: body}",
      set: [
        "split[1].longest=60", "split[2].marks=[a, b]", "save.path=x=y", "on_error=skip", "input.format=csv", "name=",
      ])
    let splits = pipeline.stages.compactMap { ($0.stage as? Split)?.options }
    #expect(pipeline.stages.map(\.label) == ["split[1]", "split[2]", "save"])
    #expect(splits.map(\.longest) == [60, 2_000])
    #expect(splits.last?.marks == ["a", "b"])
    #expect((pipeline.stages.last?.stage as? Save)?.path == "x=y")
    #expect(pipeline.onError == .skip)
    #expect(pipeline.input.format.name == "csv")
    #expect(pipeline.input.text == "body")
  }

  @Test(
    "a mistake in an override names the override",
    arguments: [
      ("splt.longest=60", "--set 1:1: the pipeline has no stage 'splt' (split)"),
      ("split.longst=60", "--set 1:7: stage 'split' has no option 'longst' (longest)"),
      ("split.longest=6", "--set 1:15: longest is '6', but must lie from 40 to 100000"),
      ("on_eror=stop", "--set 1:1: a pipeline has no key 'on_eror' (on_error)"),
      ("on_error=stpo", "--set 1:10: expected one of 'stop', 'skip', 'quarantine', found 'stpo' (stop)"),
      ("split", "--set 1:1: expected STAGE.OPTION=VALUE or KEY=VALUE"),
      ("split..a=1", "--set 1:1: expected STAGE.OPTION=VALUE or KEY=VALUE"),
      ("split.marks=[a, {}]", "--set 1:17: expected text, found a map"),
      ("name.x=1", "--set 1:6: nothing can be set inside 'n'"),
      ("quote.x=1", "--set 1:1: the pipeline has several stages 'quote'; write quote[1] or quote[2]"),
    ])
  func badOverride(text: String, message: String) {
    #expect(mistakes("name: n\nstages: [split, quote, quote]", set: [text]) == [message])
  }

  @Test func aMissingFileIsSaid() throws {
    #expect(throws: PipelineErrors([Diagnostic(.init("no such file"), at: SourcePlace(file: "/nowhere/x.yaml"))])) {
      try PipelineLoader(catalogue: catalogue, inputFormats: inputFormats).load(path: "/nowhere/x.yaml")
    }
    #expect(throws: PipelineErrors.self) {
      try PipelineLoader(catalogue: catalogue, inputFormats: inputFormats).load(path: "/")
    }
  }
}

@Suite("A pipeline's own tests")
struct PipelineTestRunnerTests {
  @Test func passesMismatchesAndFailures() throws {
    let pipeline = try load(
      """
      stages: [split, quote, save]
      tests:
        - { name: passes, text: One., expect: { sentences: [One.], quotes: [] } }
        - { name: differs, text: One., expect: { sentences: [Two.] } }
        - { name: fails, text: fail, expect: { sentences: [] } }
      """)
    let outcomes = try PipelineTestRunner(pipeline).run()
    #expect(outcomes.map(\.passed) == [true, false, false])
    #expect(outcomes[1].mismatches.map(\.path) == ["sentences[0]"])
    #expect(outcomes[2].failure == "quote: cannot")
  }
}

@Suite("Schema and reference come from the declarations")
struct DerivedTests {
  @Test func theSchemaIsJSONThatKnowsEveryStage() throws {
    let schema = try JSONReader.value(of: Array(catalogue.pipelineSchema(inputFormats: inputFormats).indentedJSON.utf8))
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["required"] == ["stages"])
    #expect(schema["properties"]?["on_error"]?["default"] == "quarantine")
    #expect(schema["properties"]?["stages"]?["items"]?["$ref"] == "#/$defs/stage")
    let options = schema["$defs"]?["stage-split"]
    #expect(options?["additionalProperties"] == false)
    #expect(options?["description"] == "Marks sentences.")
    let longest = options?["properties"]?["longest"]
    #expect(longest?["default"] == 2_000)
    #expect(longest?["anyOf"]?.arrayValue?.first == ["type": "integer", "minimum": 40, "maximum": 100_000])
    #expect(options?["properties"]?["language"]?["anyOf"]?.arrayValue?.first == ["enum": ["en", "de"]])
    let names = schema["$defs"]?["stage"]?["anyOf"]?.arrayValue?.first?["enum"]
    #expect(names == ["split", "quote", "save", "open"])
    let format = schema["$defs"]?["input"]?["properties"]?["format"]
    #expect(format?["anyOf"]?.arrayValue?.first == ["enum": .array(inputFormats.map { .string($0) })])
    #expect(format?["default"] == .string(InputFormatName.automatic))
  }

  @Test func everyReferenceInTheSchemaLeadsSomewhere() {
    let schema = catalogue.pipelineSchema(inputFormats: inputFormats)
    let names = Set((schema["$defs"]?.objectValue ?? []).map { "#/$defs/\($0.key)" })
    func references(_ value: JSONValue) -> [String] {
      let own = value["$ref"]?.stringValue.map { [$0] } ?? []
      let inner = (value.objectValue ?? []).flatMap { references($0.value) }
      return own + inner + (value.arrayValue ?? []).flatMap(references)
    }
    #expect(Set(references(schema)).isSubset(of: names))
    #expect(references(schema).contains("#/$defs/stage-quote"))
  }

  @Test func theReferenceShowsAStage() throws {
    let stage = try #require(catalogue["split"])
    #expect(
      StageReference.markdown(of: stage) == """
        # split

        Marks sentences.

        - Writes: `sentences`

        ## Options

        | option | type | default | what it does |
        | --- | --- | --- | --- |
        | `language` | 'en', 'de' | `"en"` | Whose abbreviations to trust. |
        | `longest` | a whole number from 40 to 100000 | `2000` | The longest sentence, in bytes. |
        | `marks` | a list, each text | `["."]` | What ends a sentence \\| or not. |

        ## Examples

        ### one

        ```yaml
        - split: {"language":"de"}
        ```

        ```text
        It rained.
        ```

        gives

        ```text
        ⟦It rained.⟧
        ```

        """)
  }
}
