/// What a reader of the findings should know about the text: where words are missing, what was repaired by guess.
public enum Warnings: Layer {
  public typealias Element = Warning
  public static let name = "warnings"

  public static func write(
    _ elements: [Warning], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) {
    json.beginArray()
    for warning in elements {
      json.beginObject()
      json.member("kind", warning.kind)
      json.member("message", warning.message)
      json.key("spans")
      json.spans(warning.spans, of: document, offsets: offsets)
      json.endObject()
    }
    json.endArray()
  }
}

/// A doubt about one place of a text.
public struct Warning: LayerElement {
  /// A short fixed name for the kind of doubt: `missing_text`, `truncated`, `encoding`.
  public var kind: String
  public var message: String
  public var spans: SpanList

  public init(kind: String, message: String, spans: SpanList) {
    self.kind = kind
    self.message = message
    self.spans = spans
  }

  public mutating func visitSpans(_ visit: SpanVisitor) { spans.visitSpans(visit) }
}
