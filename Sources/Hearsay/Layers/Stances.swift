/// Which way each quote and sentence leans toward a target.
public enum Stances: Layer {
  public typealias Element = Stance
  public static let name = "stances"

  public static func write(
    _ elements: [Stance], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) {
    json.beginArray()
    unsafe elements.withUnsafeBufferPointer { elements in
      guard let first = elements.baseAddress else { return }
      for index in elements.indices { unsafe write(first + index, of: document, offsets: offsets, to: &json) }
    }
    json.endArray()
  }

  /// Writes an element from where it stands: a copy would count each of its references up and down.
  private static func write(
    _ place: UnsafePointer<Stance>, of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("target", unsafe place.pointee.target)
    json.key("spans")
    json.spans(unsafe place.pointee.spans, of: document, offsets: offsets)
    json.member("holder", unsafe place.pointee.holder)
    json.member("quote", unsafe place.pointee.quote)
    json.member("sentence", unsafe place.pointee.sentence)
    json.member("label", unsafe place.pointee.label.rawValue)
    json.member("score", unsafe place.pointee.score)
    json.key("evidence")
    json.spans(unsafe place.pointee.evidence, of: document, offsets: offsets)
    json.endObject()
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

  public mutating func visitSpans(_ visit: SpanVisitor) {
    spans.visitSpans(visit)
    evidence.visitSpans(as: .evidence, visit)
  }
}
