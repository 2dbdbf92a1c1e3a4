/// Writes documents as JSON Lines: the format that every tool around Hearsay reads. Offsets become code points.
public struct DocumentEncoder: Sendable {
  /// Whether each sentence, quote and stance is followed by where it stands in the raw input (`source_spans`, bytes).
  public var provenance: Bool

  public init(provenance: Bool = false) { self.provenance = provenance }

  /// Appends the document as one JSON object, without a line break.
  public func write(_ document: Document, to json: inout JSONWriter) throws {
    let offsets = CodePointOffsets(document.bytes)
    json.beginObject()
    json.member("id", .string(document.id))
    if document.content == .html { json.key("html") } else { json.key("text") }
    json.string(document.bytes)
    if !document.metadata.isEmpty { json.member("meta", document.metadata.json) }
    try document.writeLayers(to: &json, offsets: offsets)
    for member in document.otherMembers {
      json.key(named: member.key)
      json.raw(member.json)
    }
    if provenance { writeSources(of: document, to: &json) }
    json.endObject()
  }

  /// The document as a `JSONValue`.
  public func value(of document: Document) throws -> JSONValue {
    var json = JSONWriter()
    try write(document, to: &json)
    return try JSONReader.value(of: json.bytes)
  }

  /// `source_spans`: for each layer a list beside it, element for element, of span lists in bytes of the raw input.
  private func writeSources(of document: Document, to json: inout JSONWriter) {
    func write(_ name: String, _ elements: some Sequence<SpanList>) {
      json.key(named: name)
      json.beginArray()
      for spans in elements {
        json.beginArray()
        for span in spans {
          let source = document.sourceSpan(of: span)
          json.beginArray()
          json.int(source.start)
          json.int(source.end)
          json.endArray()
        }
        json.endArray()
      }
      json.endArray()
    }
    json.key("source_spans")
    json.beginObject()
    if document.has(Sentences.self) { write(Sentences.name, document[Sentences.self].lazy.map { SpanList($0) }) }
    if document.has(Quotes.self) { write(Quotes.name, document[Quotes.self].lazy.map(\.spans)) }
    if document.has(Stances.self) { write(Stances.name, document[Stances.self].lazy.map(\.spans)) }
    json.endObject()
  }
}
