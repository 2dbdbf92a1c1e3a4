import Hearsay
import HearsayPipeline

/// Marks each run of text between full stops.
struct Split: Stage {
  enum Language: String, OptionEnum { case en, de }
  struct Options: StageOptions {
    var language = Language.en
    var longest = 2_000
    var marks: [String] = ["."]
    static let fields: [Field<Self>] = [
      Field("language", \.language, "Whose abbreviations to trust."),
      Field("longest", \.longest, in: 40...100_000, "The longest sentence, in bytes."),
      Field("marks", \.marks, "What ends a sentence | or not."),
    ]
  }
  static let name = "split"
  static let summary = "Marks sentences."
  static let layers = LayerUse(writes: [Sentences.self])
  static let examples = [Example("one", "⟦It rained.⟧", options: ["language": "de"])]
  let options: Options
  init(_ options: Options) { self.options = options }
  func process(_ document: inout Document) -> Disposition {
    document[Sentences.self] = document.utf8.isEmpty ? [] : [Span(0, document.utf8.count)]
    return .keep
  }
}

struct Quoting: Stage {
  static let name = "quote"
  static let summary = "Finds quotes."
  static let layers = LayerUse(reads: [Sentences.self], writes: [Quotes.self])
  static let examples: [Example] = []
  init(_ options: NoOptions) {}
  func process(_ document: inout Document) throws -> Disposition {
    if document.text == "fail" { throw StageError("cannot") }
    document[Quotes.self] = []
    return .keep
  }
}

/// Fails wherever it is called: tests of a pipeline must leave it out.
struct Save: SinkStage, OrderedStage {
  struct Options: StageOptions {
    var path: String?
    static let fields: [Field<Self>] = [Field("path", \.path, "Where to.")]
  }
  static let name = "save"
  static let summary = "Writes documents."
  static let examples: [Example] = []
  let path: String?
  init(_ options: Options) throws {
    if options.path == "nowhere" { throw StageError("there is no nowhere") }
    path = options.path
  }
  var outputs: [String] { path.map { [$0] } ?? [] }
  func open() throws { throw StageError("opened") }
  func prepare(_ document: Document) {}
  func commit(_ prepared: Void, _ document: inout Document) throws -> Disposition { .keep }
}

/// Reads and writes what its options say.
struct Open: Stage {
  struct Options: StageOptions {
    var reads: [String] = []
    var writes: [String] = []
    static let fields: [Field<Self>] = [
      Field("reads", \.reads, "What it reads."), Field("writes", \.writes, "What it writes."),
    ]
  }
  static let name = "open"
  static let summary = "Does anything."
  static let examples: [Example] = []
  let options: Options
  var layers: LayerUse { LayerUse(readsNamed: options.reads, writesNamed: options.writes) }
  init(_ options: Options) { self.options = options }
  func process(_ document: inout Document) -> Disposition { .keep }
}

let catalogue = Catalogue([Split.self, Quoting.self, Save.self, Open.self])

let inputFormats = ["auto", "text", "html", "jsonl", "csv", "warc"]

func load(
  _ yaml: String, environment: [String: String] = [:], set overrides: [String] = []
) throws(PipelineErrors) -> Pipeline {
  try PipelineLoader(
    catalogue: catalogue, inputFormats: inputFormats, environment: environment, overrides: overrides.map(Override.init)
  )
  .load(Array(yaml.utf8), file: "p.yaml")
}

/// What is wrong with the file, as `line:column: message (hint)`.
func mistakes(_ yaml: String, environment: [String: String] = [:], set overrides: [String] = []) -> [String] {
  do {
    _ = try load(yaml, environment: environment, set: overrides)
    return []
  } catch {
    return error.diagnostics.map(\.short)
  }
}

extension Diagnostic {
  var short: String {
    let file = place.file == "p.yaml" ? "" : "\(place.file) "
    return "\(file)\(place.line):\(place.column): \(message.text)" + (suggestion.map { " (\($0))" } ?? "")
  }
}

extension Pipeline {
  var split: Split.Options? { stages.lazy.compactMap { ($0.stage as? Split)?.options }.first }
}
