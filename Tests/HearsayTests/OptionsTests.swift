import Hearsay
import Testing

private enum Color: String, OptionEnum { case red, green }

private struct Limits: NestedOptions, Hashable {
  var most = 10
  static let fields: [Field<Self>] = [Field("most", \.most, "How many.")]
}

private struct Options: StageOptions {
  var count = 5
  var ratio = 0.5
  var flag = false
  var word = "w"
  var color = Color.red
  var words: [String] = []
  var maybe: Int?
  var limits = Limits()
  var sizes: [String: Int] = [:]
  static let fields: [Field<Self>] = [
    Field("count", \.count, in: 1...9, "A count."), Field("ratio", \.ratio, "A ratio."),
    Field("flag", \.flag, "A flag."),
    Field("word", \.word, "A word."), Field("color", \.color, "A color."), Field("words", \.words, "Words."),
    Field("maybe", \.maybe, "Perhaps."), Field("limits", \.limits, "Limits."),
    Field("sizes", \.sizes, "Sizes."),
  ]
}

@Suite("Options are decoded, or the mistake is said")
struct OptionsTests {
  private func decode(_ value: JSONValue) -> (Options, [String]) {
    var problems: [Diagnostic] = []
    let node = ConfigNode(value, at: SourcePlace(file: "f"))
    let options = Options.decode(node, of: .stage("s"), &problems)
    return (options, problems.map { $0.message.text + ($0.suggestion.map { " (\($0))" } ?? "") })
  }

  @Test func everyTypeIsRead() {
    let (options, problems) = decode([
      "count": 7, "ratio": 1, "flag": true, "word": 1.5, "color": "green", "words": "one", "maybe": 3,
      "limits": ["most": 4], "sizes": ["b": 2, "a": 1],
    ])
    #expect(options.sizes == ["a": 1, "b": 2] && options.sizes.configValue.json == #"{"a":1,"b":2}"#)
    #expect(problems.isEmpty)
    #expect(options.count == 7 && options.ratio == 1 && options.flag && options.word == "1.5")
    #expect(options.color == .green && options.words == ["one"] && options.maybe == 3 && options.limits.most == 4)
  }

  @Test(
    arguments: [
      (["count": 10], "count is '10', but must lie from 1 to 9"),
      (["count": "x"], "expected a whole number, found 'x'"),
      (["count": 99999999999999999999.0], "expected a whole number, found '1e+20'"),
      (["ratio": "nan"], "expected a number, found 'nan'"),
      (["flag": "true"], "expected true or false, found 'true'"),
      (["word": []], "expected text, found a list"),
      (["word": nil], "expected text, found nothing"),
      (["color": "gren"], "expected one of 'red', 'green', found 'gren' (green)"),
      (["words": ["a", [:]]], "expected text, found a map"),
      (["cuont": 1], "stage 's' has no option 'cuont' (count)"),
      (["sizes": ["a": "big"]], "expected a whole number, found 'big'"),
      (["sizes": 3], "expected a map, each value a whole number, found '3'"),
      (["limits": ["msot": 1]], "this map has no key 'msot' (most)"),
      ("x", "the options of stage 's' must be a map, found 'x'"),
    ] as [(JSONValue, String)])
  func mistake(value: JSONValue, message: String) { #expect(decode(value).1 == [message]) }

  @Test func defaultsAndSchemasComeFromTheFields() {
    #expect(Options.descriptions.first?.defaultValue == 5)
    #expect(Options.descriptions.first { $0.key == "limits" }?.defaultValue == ["most": 10])
    #expect(Options.mapSchema["properties"]?["count"]?["maximum"] == 9)
    #expect(Options.mapSchema["additionalProperties"] == false)
  }
}

@Suite("Mistakes are shown where they stand")
struct DiagnosticTests {
  @Test(
    arguments: [
      (
        SourcePlace(file: "f", line: 2, column: 3, width: 4, text: "a bcde"),
        "f:2:3: error: m\na bcde\n  ^~~~ did you mean 'x'?"
      ),
      (SourcePlace(file: "f", column: 2, width: 99, text: "\té"), "f:1:2: error: m\n\té\n\t^ did you mean 'x'?"),
      (SourcePlace(file: "f", column: 9, width: 1, text: "ab"), "f:1:9: error: m\nab\n  ^ did you mean 'x'?"),
      (SourcePlace(file: "f"), "f:1:1: error: m; did you mean 'x'?"),
    ])
  func rendered(place: SourcePlace, shown: String) {
    #expect(Diagnostic(.init("m"), at: place, suggestion: "x").description == shown)
  }

  @Test(
    arguments: [
      ("langauge", "language"), ("Language", "language"), ("lang", "language"), ("kind", "kinds"), ("xyz", nil),
      ("", nil), ("la", nil), (String(repeating: "x", count: 10_000), nil),
    ] as [(String, String?)])
  func nearest(word: String, found: String?) { #expect(["language", "kinds"].nearest(to: word) == found) }
}

@Suite("Expectations compare only what they name")
struct ExpectationTests {
  private var document: Document {
    var document = Document(id: "a", text: "„Yes,” Ann said. No.", metadata: ["title": "T"])
    document[Sentences.self] = [Span(0, 20), Span(21, 24)]
    document[Quotes.self] = [
      Quote(spans: [Span(3, 7)], kind: .direct, speaker: .init(spans: [Span(11, 14)], name: "Ann Lee"))
    ]
    return document
  }

  @Test(
    arguments: [
      [:], ["text_has": "Ann", "text_lacks": ["Bob"]], ["meta": ["title": "T", "date": nil]],
      ["quotes": [["text": "Yes,", "speaker": "Ann Lee"]]], ["quotes": ["Yes,"]], ["quotes": [["speaker": "Ann"]]],
      ["quotes": [["spans": ["Yes,"], "confidence": 1.0]]], ["stances": []],
    ] as [JSONValue])
  func met(expected: JSONValue) throws { #expect(try Expectation(expected).mismatches(in: document) == []) }

  @Test(
    arguments: [
      (["text": "x"], ["text"]), (["text_has": ["Ann", "Bob"]], ["text_has"]), (["text_lacks": "Ann"], ["text_lacks"]),
      (["meta": ["title": nil]], ["meta.title"]), (["quotes": []], ["quotes"]),
      (["quotes": [["speaker": "Bob", "kind": "mixed"]]], ["quotes[0].speaker", "quotes[0].kind"]),
      (["sentences": ["„Yes,” Ann said.", "Yes."]], ["sentences[1]"]), (["stances": [["target": "x"]]], ["stances"]),
    ] as [(JSONValue, [String])])
  func unmet(expected: JSONValue, paths: [String]) throws {
    #expect(try Expectation(expected).mismatches(in: document).map(\.path) == paths)
  }

  @Test func marksShowTheLayer() throws {
    #expect(try Expectation(marked: "⟦„Yes,” Ann said.⟧ ⟦No.⟧").mismatches(in: document) == [])
    #expect(try Expectation(marked: "„Yes,” Ann said. ⟦No.⟧").mismatches(in: document).map(\.path) == ["sentences"])
  }
}
