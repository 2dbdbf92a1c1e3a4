/// Who said what: every quotation and report of speech, in order of its first span.
public enum Quotes: Layer {
  public typealias Element = Quote
  public static let name = "quotes"

  public static func write(
    _ elements: [Quote], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
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
    _ place: UnsafePointer<Quote>, of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("id", unsafe place.pointee.id)
    json.mention(unsafe place.pointee.spans, of: document, offsets: offsets)
    json.member("kind", unsafe place.pointee.kind.rawValue)
    json.key("cue")
    if let cue = unsafe place.pointee.cue {
      json.beginObject()
      json.mention(cue, of: document, offsets: offsets)
      json.endObject()
    } else {
      json.null()
    }
    json.key("speaker")
    if let speaker = unsafe place.pointee.speaker {
      json.beginObject()
      json.mention(speaker.spans, of: document, offsets: offsets)
      json.member("name", speaker.name)
      json.endObject()
    } else {
      json.null()
    }
    json.member("confidence", unsafe place.pointee.confidence)
    json.endObject()
  }
}

/// A quotation or a report of speech, with the words that introduce it and the one it is credited to.
public struct Quote: LayerElement {
  /// How the content is set off from the article's own words.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Wholly within quotation marks; `spans` exclude the outer ones.
    case direct
    /// Reported without quotation marks.
    case indirect
    /// Reported, with a part in quotation marks.
    case mixed
    /// Marked words that nobody is reported to say: distance, irony, a name.
    case scare
  }

  /// Who a quote is credited to.
  public struct Speaker: Hashable, Codable, Sendable {
    /// The mention beside the quote: `he`, `Russia's top diplomat`.
    public var spans: SpanList
    /// The person or body that the mention resolves to in the document, or `nil`.
    public var name: String?

    public init(spans: SpanList, name: String? = nil) {
      self.spans = spans
      self.name = name
    }
  }

  /// The quote's number in its document, from 0.
  public var id: Int
  public var spans: SpanList
  public var kind: Kind
  /// The words that report the speech: `said`, `according to`.
  public var cue: SpanList?
  public var speaker: Speaker?
  /// From 0 to 1.
  public var confidence: Double

  public init(
    id: Int = 0, spans: SpanList, kind: Kind, cue: SpanList? = nil, speaker: Speaker? = nil, confidence: Double = 1
  ) {
    self.id = id
    self.spans = spans
    self.kind = kind
    self.cue = cue
    self.speaker = speaker
    self.confidence = confidence
  }

  public mutating func visitSpans(_ visit: SpanVisitor) {
    spans.visitSpans(visit)
    cue?.visitSpans(as: .cue, visit)
    speaker?.spans.visitSpans(as: .speaker, visit)
  }

  private enum Key: String, CodingKey { case id, spans, kind, cue, speaker, confidence }
  private struct Mention: Codable { var spans: SpanList }

  public init(from decoder: any Decoder) throws {
    let quote = try decoder.container(keyedBy: Key.self)
    id = try quote.decodeIfPresent(Int.self, forKey: .id) ?? 0
    spans = try quote.decode(SpanList.self, forKey: .spans)
    kind = try quote.decodeIfPresent(Kind.self, forKey: .kind) ?? .direct
    cue = try quote.decodeIfPresent(Mention.self, forKey: .cue)?.spans
    speaker = try quote.decodeIfPresent(Speaker.self, forKey: .speaker)
    confidence = try quote.decodeIfPresent(Double.self, forKey: .confidence) ?? 1
  }

  public func encode(to encoder: any Encoder) throws {
    var quote = encoder.container(keyedBy: Key.self)
    try quote.encode(id, forKey: .id)
    try quote.encode(spans, forKey: .spans)
    try quote.encode(kind, forKey: .kind)
    try quote.encode(cue.map(Mention.init), forKey: .cue)
    try quote.encode(speaker, forKey: .speaker)
    try quote.encode(confidence, forKey: .confidence)
  }
}
