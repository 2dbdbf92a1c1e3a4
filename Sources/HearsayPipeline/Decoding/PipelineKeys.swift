internal import Hearsay

/// The keys of a pipeline file: the one declaration that decoding, messages and the JSON Schema come from.
struct PipelineKeys: StageOptions {
  var name: String?
  var description: String?
  var input = PipelineInput()
  var plugins: [Located<String>] = []
  var stages: ConfigNode?
  var onError = ErrorPolicy.quarantine
  var quarantine: String?
  var tests: ConfigNode?

  init() {}

  static let fields: [Field<Self>] = [
    Field("name", \.name, "The pipeline's name; the file's name where it has none."),
    Field("description", \.description, "What it does, one sentence."),
    Field("input", \.input, "What goes into it."),
    Field("plugins", \.plugins, "Libraries with stages of your own; paths begin at this file's folder."),
    Field("stages", \.stages, "The stages in order: a name, or a name with its options."),
    Field("on_error", \.onError, "What becomes of a run when a document fails."),
    Field(
      "quarantine", \.quarantine,
      "The file for documents that failed, under 'on_error: quarantine'; without it 'findings.quarantine.jsonl' beside "
        + "the first output 'findings.jsonl', and 'quarantine.jsonl' where nothing is written to a file."),
    Field("tests", \.tests, "Texts, and what the pipeline must make of them."),
  ]
}

/// The keys of one test.
struct TestKeys: StageOptions {
  var name: String?
  var text: String?
  var html: String?
  var meta: ConfigNode?
  var expect: ConfigNode?

  init() {}

  static let fields: [Field<Self>] = [
    Field("name", \.name, "What it shows, as a short clause; unique in the file."),
    Field("text", \.text, "The text that goes in."),
    Field("html", \.html, "The page that goes in, in place of a text."),
    Field("meta", \.meta, "The document's metadata."),
    Field("expect", \.expect, "What must come of it, in the document format's terms; only what is named is compared."),
  ]
}
