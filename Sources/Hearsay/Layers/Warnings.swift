/// What a reader of the findings should know about the text: where words are missing, what was repaired by guess.
public enum Warnings: Layer {
  public typealias Element = Warning
  public static let name = "warnings"
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

  public mutating func visitSpans(_ visit: (inout Span) -> Void) { spans.visitSpans(visit) }
}
