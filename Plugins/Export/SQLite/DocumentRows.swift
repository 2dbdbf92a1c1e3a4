import Hearsay

/// A document as rows of the database's tables. Offsets are code points, as SQLite's `substr` counts.
struct DocumentRows: Sendable {
  struct Sentence: Sendable {
    var start: Int
    var end: Int
  }

  struct Quote: Sendable {
    var number: Int
    var kind: String
    var text: String
    var speaker: String?
    var mention: String?
    var cue: String?
    var confidence: Double
    var start: Int
    var end: Int
    var spans: String
  }

  struct Stance: Sendable {
    var target: String
    var mention: String
    var holder: String?
    /// The index of its quote in the document.
    var quote: Int?
    var sentence: Int?
    var label: String
    var score: Double
    var evidence: String
    var start: Int
    var end: Int
  }

  /// The metadata keys with a column of their own.
  static let columns = ["title", "date", "author", "source", "url", "language"]

  let id: String
  let text: [UInt8]
  /// The values of `columns`, in their order.
  let about: [String?]
  let metadata: String
  let sentences: [Sentence]
  let quotes: [Quote]
  let stances: [Stance]

  init(of document: Document) {
    let offsets = CodePointOffsets(document.bytes)
    func scalar(_ byte: Int) -> Int { offsets.codePointOffset(ofByte: byte, in: document.bytes) }
    func json(_ spans: SpanList) -> String {
      var json = JSONWriter()
      json.spans(spans, of: document, offsets: offsets)
      return String(decoding: json.bytes, as: UTF8.self)
    }
    id = document.id
    text = document.utf8
    about = Self.columns.map { key in
      document.metadata[key].flatMap { $0 == .null ? nil : $0.stringValue ?? $0.json }
    }
    metadata = document.metadata.json.json
    let sentences = document[Sentences.self].map { Sentence(start: scalar($0.start), end: scalar($0.end)) }
    self.sentences = sentences
    var indices: [Int: Int] = [:]
    quotes = document[Quotes.self].enumerated().map { index, quote in
      indices[quote.id] = index
      let boundingSpan = quote.spans.boundingSpan ?? Span(0, 0)
      let mention = quote.speaker.map { document.text(in: $0.spans) }
      return Quote(
        number: quote.id, kind: quote.kind.rawValue, text: document.text(in: quote.spans),
        speaker: quote.speaker?.name ?? mention, mention: mention, cue: quote.cue.map { document.text(in: $0) },
        confidence: quote.confidence, start: scalar(boundingSpan.start), end: scalar(boundingSpan.end),
        spans: json(quote.spans))
    }
    stances = document[Stances.self].map { stance in
      let boundingSpan = stance.spans.boundingSpan ?? Span(0, 0)
      return Stance(
        target: stance.target, mention: document.text(in: stance.spans), holder: stance.holder,
        quote: stance.quote.flatMap { indices[$0] },
        sentence: stance.sentence.flatMap { sentences.indices.contains($0) ? $0 : nil }, label: stance.label.rawValue,
        score: stance.score, evidence: json(stance.evidence), start: scalar(boundingSpan.start),
        end: scalar(boundingSpan.end))
    }
  }
}
