/// Which way each quote and sentence leans toward a target.
public enum Stances: Layer {
  public typealias Element = Stance
  public static let name = "stances"

  public static func write(
    _ elements: [Stance], of document: Document, offsets: ScalarOffsets, to json: inout JSONWriter
  ) {
    json.beginArray()
    for stance in elements {
      json.beginObject()
      json.member("target", stance.target)
      json.key("spans")
      json.spans(stance.spans, of: document, offsets: offsets)
      json.member("holder", stance.holder)
      json.member("quote", stance.quote)
      json.member("sentence", stance.sentence)
      json.member("label", stance.label.rawValue)
      json.member("score", stance.score)
      json.key("evidence")
      json.spans(stance.evidence, of: document, offsets: offsets)
      json.endObject()
    }
    json.endArray()
  }
}

/// One judgement: how a holder leans toward a target at one mention.
public struct Stance: LayerElement {
  public enum Label: String, Codable, Sendable, CaseIterable {
    case favor, neutral, against
  }

  /// The target's name.
  public var target: String
  /// The target's mention.
  public var spans: SpanList
  /// Whose stance it is; `nil` for the article's own voice.
  public var holder: String?
  /// The `id` of the quote it is voiced in.
  public var quote: Int?
  /// The index of the sentence it stands in.
  public var sentence: Int?
  public var label: Label
  /// From -1 (against) to 1 (in favor).
  public var score: Double
  /// The words that decided.
  public var evidence: SpanList

  public init(
    target: String, spans: SpanList, holder: String? = nil, quote: Int? = nil, sentence: Int? = nil, label: Label,
    score: Double, evidence: SpanList = []
  ) {
    self.target = target
    self.spans = spans
    self.holder = holder
    self.quote = quote
    self.sentence = sentence
    self.label = label
    self.score = score
    self.evidence = evidence
  }

  public mutating func visitSpans(_ visit: (inout Span) -> Void) {
    spans.visitSpans(visit)
    evidence.visitSpans(visit)
  }
}
