import Hearsay
import Testing

/// A layer that only a custom stage knows.
private enum Numbers: Layer {
  static let name = "numbers"
  struct Element: LayerElement {
    var span: Span
    var value: Int
    mutating func visitSpans(_ visit: SpanVisitor) { visit(&span, .element) }
  }
}

@Suite("Documents go to JSON and come back")
struct DocumentFormatTests {
  private let decoder = DocumentDecoder(layers: [Sentences.self, Quotes.self, Stances.self, Targets.self, Numbers.self])

  private func read(_ json: String) throws -> Document {
    try decoder.document(from: Array(json.utf8).span, fallbackID: "fallback#1")
  }

  private func write(_ document: Document) throws -> String {
    var json = JSONWriter()
    try DocumentEncoder().write(document, to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test(
    "what was written is written again",
    arguments: [
      #"{"id":"a","text":""}"#,
      #"{"id":"a","text":"é🎈b.","meta":{"title":"T","n":1.50},"sentences":[[0,4]]}"#,
      #"{"id":"a","html":"<p>é"}"#,
      #"{"id":"a","text":"é 5","numbers":[{"span":[2,3],"value":5}]}"#,
      #"{"id":"a","text":"b","other":{"x":[1,{"y":null}]},"more":"é"}"#,
      #"{"id":"a","text":"„é”, he said","quotes":[{"id":0,"spans":[[1,2]],"text":"é","kind":"direct","cue":{"spans":[[8,12]],"text":"said"},"speaker":{"spans":[[5,7]],"text":"he","name":null},"confidence":0.9}]}"#,
      #"{"id":"a","text":"é bad","stances":[{"target":"é","spans":[[0,1]],"holder":null,"quote":null,"sentence":0,"label":"against","score":-0.5,"evidence":[[2,5]]}]}"#,
    ])
  func roundTrip(json: String) throws { #expect(try write(read(json)) == json) }

  @Test func layersAreBytesInside() throws {
    let document = try read(#"{"sentences":[[1,3]],"text":"éé🎈"}"#)
    #expect(document.id == "fallback#1")
    #expect(document[Sentences.self] == [Span(2, 8)])
  }

  @Test(
    "a document that is not as the format has it",
    arguments: [
      "[]", "{}", #"{"id":"a"}"#, #"{"text":1}"#, #"{"text":"a","id":[]}"#, #"{"text":"a","meta":3}"#,
      #"{"text":"a"} x"#,
      #"{"text":"a","sentences":[[0,2]]}"#, #"{"text":"a","sentences":[[1,0]]}"#, #"{"text":"a","sentences":[[-1,1]]}"#,
      #"{"text":"a","sentences":[[0,99999999999999999999]]}"#, #"{"text":"a","sentences":{}}"#,
      #"{"text":"a","quotes":[{"kind":"direct"}]}"#, #"{"text":"a","quotes":[{"spans":[[0,9]]}]}"#,
    ])
  func refused(json: String) { #expect(throws: (any Error).self) { try read(json) } }

  @Test(arguments: [#"{"id":"a","text":"b","html":"<p>b"}"#, #"{"id":"a","html":"<p>b","text":"b"}"#])
  func aCleanedPageKeepsItsMarkup(json: String) throws {
    #expect(try write(read(json)) == #"{"id":"a","text":"b","html":"<p>b"}"#)
  }

  @Test func provenanceIsInBytesOfTheInput() throws {
    var document = Document(id: "a", text: "é  One.")
    var edits = TextEdits()
    edits.remove(Span(0, 4))
    document.apply(edits)
    document[Sentences.self] = [Span(0, 4)]
    let value = try DocumentEncoder(provenance: true).value(of: document)
    #expect(value["source_spans"] == ["sentences": [[[4, 8]]]])
  }
}
