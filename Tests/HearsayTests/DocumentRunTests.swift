import Hearsay
import Synchronization
import Testing

/// Keeps texts, drops those that begin with `-`, and replaces those with `|` by their parts.
private struct Sift: Stage {
  static let name = "sift"
  static let summary = "Does with a text what its first byte says."
  static let examples: [Example] = []
  init(_ options: NoOptions) {}
  func process(_ document: inout Document) throws -> Disposition {
    if document.text == "!" { throw StageError("no") }
    if document.text.hasPrefix("-") { return .drop(reason: "minus", detail: document.id) }
    guard document.text.contains("|") else { return .keep }
    var start = 0
    var parts: [Document] = []
    for (number, part) in document.utf8.split(separator: UInt8(ascii: "|")).enumerated() {
      parts.append(document.part(Span(start, start + part.count), id: "\(document.id)#\(number)"))
      start += part.count + 1
    }
    return .replace(parts)
  }
}

/// A sink that counts what it is given.
private final class Counter: SinkStage {
  static let name = "counter"
  static let summary = "Counts."
  static let examples: [Example] = []
  let seen = Atomic(0)
  let opened = Atomic(0)
  let outputs = ["counts.txt"]
  init(_ options: NoOptions) {}
  func open() { opened.add(1, ordering: .relaxed) }
  func process(_ document: inout Document) -> Disposition {
    seen.add(1, ordering: .relaxed)
    return .keep
  }
}

@Suite("One driver takes a document through steps")
struct DocumentRunTests {
  private func outcomes(_ text: String, _ run: DocumentRun) throws -> [String] {
    try run.whileOpen {
      run.run(Document(id: "d", text: text)).map { outcome in
        switch outcome {
        case .kept(let document): "\(document.id) \(document.text)"
        case .dropped(let document, let step, let reason, let detail):
          "\(document.id) dropped by \(step.label): \(reason), \(detail ?? "")"
        case .failed(let document, let step, let error): "\(document.id) failed in \(step.label): \(error)"
        }
      }
    }
  }

  @Test(
    "What a stage makes of a document is the same everywhere",
    arguments: [
      ("It rained.", ["d It rained."]), ("-", ["d dropped by first: minus, d"]), ("!", ["d failed in first: no"]),
      ("a|-b|c", ["d#0 a", "d#1 dropped by second: minus, d#1", "d#2 c"]), ("|", ["d dropped by first: empty, "]),
    ])
  func dispositions(_ text: String, _ expected: [String]) throws {
    let steps = [StageStep("first", Sift(NoOptions())), StageStep("second", Sift(NoOptions()))]
    #expect(try outcomes(text, DocumentRun(steps)) == expected)
  }

  @Test(arguments: [DocumentRun.Sinks.skip, .run])
  func sinksAreSkippedUnlessWanted(_ sinks: DocumentRun.Sinks) throws {
    let counter = Counter(NoOptions())
    let run = DocumentRun([StageStep("counter", counter)], sinks: sinks)
    var skipped: [Bool] = []
    try run.whileOpen { _ = run.run(Document(id: "d", text: "x")) { skipped.append($0.isSkipped) } }
    #expect(skipped == [sinks == .skip])
    #expect(counter.seen.load(ordering: .relaxed) == (sinks == .run ? 1 : 0))
    #expect(counter.opened.load(ordering: .relaxed) == (sinks == .run ? 1 : 0))
  }

  @Test func aPartKnowsWhereItCameFrom() {
    var document = Document(id: "letters", text: "é one. Two. Three.")
    document[Sentences.self] = [Span(0, 7), Span(8, 12), Span(13, 19)]
    let part = document.part(Span(8, 12), id: "letters#1")
    #expect(part.text == "Two." && part.id == "letters#1")
    #expect(part[Sentences.self] == [Span(0, 4)])
    #expect(part.sourceSpan(of: Span(0, 4)) == Span(8, 12))
  }

  @Test(
    "A test can expect a drop, and several documents",
    arguments: [
      ("-", #"{"dropped": "minus"}"#, []), ("-", #"{"dropped": "plus"}"#, ["dropped"]),
      ("-", #"{"text": "-"}"#, ["dropped"]), ("a", #"{"dropped": "minus"}"#, ["dropped"]),
      ("a|b", #"{"documents": [{"text": "a"}, {"text": "b"}]}"#, []),
      ("a|b", #"{"documents": [{"text": "a"}, {"text": "c"}]}"#, ["documents[1].text"]),
      ("a|b", #"{"text": "a"}"#, ["documents"]), ("a", #"{"documents": []}"#, ["documents"]),
    ])
  func expectations(_ text: String, _ expected: String, _ paths: [String]) throws {
    let run = DocumentRun([StageStep("sift", Sift(NoOptions()))])
    let expectation = Expectation(try JSONReader.value(of: Array(expected.utf8)))
    let outcomes = run.run(Document(id: "d", text: text))
    #expect(try expectation.mismatches(in: outcomes).map(\.path) == paths)
  }
}

/// A layer with two kinds of spans.
private enum Claims: Layer {
  static let name = "claims"
  struct Element: LayerElement {
    var span: Span
    var source: SpanList
    mutating func visitSpans(_ visit: SpanVisitor) {
      visit(&span, .element)
      source.visitSpans(as: SpanPart("source"), visit)
    }
  }
}

@Suite("Every layer names the spans of its elements")
struct SpanPartTests {
  private var document: Document {
    var document = Document(id: "d", text: "xx Ann said: it rained.")
    document[Claims.self] = [.init(span: Span(13, 22), source: [Span(3, 6)]), .init(span: Span(0, 2), source: [])]
    document[Quotes.self] = [
      Quote(spans: [Span(13, 22)], kind: .indirect, cue: [Span(7, 11)], speaker: .init(spans: [Span(3, 6)]))
    ]
    document[Warnings.self] = [Warning(kind: "made_up", message: "m", spans: [Span(0, 2)])]
    return document
  }

  @Test func partsAreNamed() {
    #expect(document.spans(of: Claims.self) == [[Span(13, 22)], [Span(0, 2)]])
    #expect(document.spans(of: Claims.self, part: SpanPart("source")) == [[Span(3, 6)], []])
    #expect(document.spans(of: Quotes.self, part: .cue) == [[Span(7, 11)]])
    #expect(document.spans(of: Quotes.self, part: .speaker) == [[Span(3, 6)]])
  }

  @Test func provenanceCoversEveryLayerAndPart() throws {
    var document = document
    var edits = TextEdits()
    edits.insert("zz".utf8, at: 2)
    document.apply(edits)
    let sources = try DocumentEncoder(provenance: true).value(of: document)["source_spans"]
    #expect(
      sources?.json == #"{"claims":[[[13,22]],[[0,2]]],"claims.source":[[[3,6]],[]],"#
        + #""quotes":[[[13,22]]],"quotes.cue":[[[7,11]]],"quotes.speaker":[[[3,6]]],"warnings":[[[0,2]]]}"#)
  }
}
