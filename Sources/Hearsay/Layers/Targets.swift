/// Mentions toward which stance is wanted, given with the document. Where present, `score-stance` scores exactly these.
public enum Targets: Layer {
  public typealias Element = TargetMention
  public static let name = "targets"
}

/// A mention of a target, given with the document.
public struct TargetMention: LayerElement {
  public var spans: SpanList
  /// The target's name; the mention's own characters where `nil`.
  public var mention: String?

  public init(spans: SpanList, mention: String? = nil) {
    self.spans = spans
    self.mention = mention
  }

  public mutating func visitSpans(_ visit: SpanVisitor) { spans.visitSpans(visit) }
}
