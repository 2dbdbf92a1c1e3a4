/// Writes documents as JSON Lines: the format that every tool around Hearsay reads. Offsets become code points.
public struct DocumentEncoder: Sendable {
  /// Whether to write where each element of each layer stands in the raw input (`source_spans`, bytes).
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

  /// `source_spans`: for each layer a list with the same elements in order, each a list of spans in bytes of the raw
  /// input. Parts of elements have lists of their own: `quotes.cue`.
  private func writeSources(of document: Document, to json: inout JSONWriter) {
    json.key("source_spans")
    json.beginObject()
    for (layer, parts) in document.spansOfLayers {
      for (part, elements) in parts {
        json.key(named: part == .element ? layer.name : "\(layer.name).\(part)")
        json.beginArray()
        for spans in elements { json.sourceSpans(spans, of: document) }
        json.endArray()
      }
    }
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func sourceSpans(_ spans: SpanList, of document: Document) {
    beginArray()
    for span in spans {
      let source = document.sourceSpan(of: span)
      beginArray()
      int(source.start)
      int(source.end)
      endArray()
    }
    endArray()
  }
}
