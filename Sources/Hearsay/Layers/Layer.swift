import Foundation

/// A kind of finding over a document's text: a name, and the type of its elements.
///
/// ```swift
/// public enum Numbers: Layer {
///   public static let name = "numbers"
///   public struct Element: LayerElement {
///     public var span: Span
///     public var value: Int
///     public mutating func visitSpans(_ visit: SpanVisitor) { visit(&span, .element) }
///   }
/// }
/// document[Numbers.self].append(…)
/// ```
public protocol Layer: Sendable {
  associatedtype Element: LayerElement
  /// The layer's key in the document's JSON object, and its name in messages: a plural noun in `snake_case`.
  static var name: String { get }
  /// Whether the layer is only for later stages: it is never written out, and gone when the text is edited. `false`
  /// unless declared.
  static var isTransient: Bool { get }
  /// Writes the elements as one JSON value, spans as code points. By default through `Codable`; a layer on a hot path
  /// writes the bytes itself.
  static func write(_ elements: [Element], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter)
    throws
}

extension Layer {
  public static var isTransient: Bool { false }

  public static func write(
    _ elements: [Element], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) throws {
    var elements = elements
    for index in elements.indices {
      elements[index].visitSpans { span, _ in
        span = Span(
          offsets.codePointOffset(ofByte: span.start, in: document.utf8.span),
          offsets.codePointOffset(ofByte: span.end, in: document.utf8.span))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    json.raw(Array(try encoder.encode(elements)))
  }
}

/// An element of a layer. Its `Codable` form is its JSON; its spans are shown to whoever must move, convert or trace them.
public protocol LayerElement: Codable, Hashable, Sendable {
  /// Calls `visit` with every span that the element holds, and with the part of the element that the span is of.
  mutating func visitSpans(_ visit: SpanVisitor)
}

/// Sees one span of a layer's element, and may change it.
public typealias SpanVisitor = (_ span: inout Span, _ part: SpanPart) -> Void

/// Which part of a layer's element a span is of: the element itself, or a part with a name, such as a quote's cue.
public struct SpanPart: Hashable, Sendable, CustomStringConvertible {
  /// As in JSON, a noun in `snake_case`.
  public let name: String

  public init(_ name: String) { self.name = name }

  /// The element itself.
  public static let element = SpanPart("spans")
  /// The words that report a quote.
  public static let cue = SpanPart("cue")
  /// The mention to which a quote is credited.
  public static let speaker = SpanPart("speaker")
  /// The words on which a judgement rests.
  public static let evidence = SpanPart("evidence")

  public var description: String { name }
}

extension LayerElement {
  /// The spans of one part of the element, in order.
  public func spans(of part: SpanPart = .element) -> SpanList {
    var element = self
    var spans: [Span] = []
    element.visitSpans { span, of in
      if of == part { spans.append(span) }
    }
    return SpanList(spans)
  }
}

extension Span: LayerElement {
  public mutating func visitSpans(_ visit: SpanVisitor) { visit(&self, .element) }
}

extension SpanList: LayerElement {
  public mutating func visitSpans(_ visit: SpanVisitor) { visitSpans(as: .element, visit) }

  /// Calls `visit` with every span of the list, as spans of this part of an element.
  public mutating func visitSpans(as part: SpanPart, _ visit: SpanVisitor) {
    for index in indices { visit(&self[index], part) }
  }
}

// MARK: Storage

/// A layer's elements inside a document, whatever their type.
protocol AnyLayerStorage: Sendable {
  var layer: any Layer.Type { get }
  var layerID: ObjectIdentifier { get }
  func write(of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter) throws
  /// Replaces each span by what `convert` gives; an element with a span that becomes empty is dropped.
  mutating func move(_ convert: (Span) -> Span)
  /// The spans of every part of every element: for each part, a list for each element, empty where it has none. The
  /// elements themselves come first, then the parts by name.
  func spans() -> [(part: SpanPart, elements: [SpanList])]
}

struct LayerStorage<L: Layer>: AnyLayerStorage {
  var elements: [L.Element]

  var layer: any Layer.Type { L.self }
  var layerID: ObjectIdentifier { ObjectIdentifier(L.self) }

  func write(of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter) throws {
    try L.write(elements, of: document, offsets: offsets, to: &json)
  }

  mutating func move(_ convert: (Span) -> Span) {
    elements = elements.compactMap { element in
      var element = element
      var lost = false
      element.visitSpans { span, _ in
        guard !span.isEmpty else { return }
        span = convert(span)
        if span.isEmpty { lost = true }
      }
      return lost ? nil : element
    }
  }

  func spans() -> [(part: SpanPart, elements: [SpanList])] {
    var lists: [SpanPart: [[Span]]] = [.element: Array(repeating: [], count: elements.count)]
    for (index, element) in elements.enumerated() {
      var element = element
      element.visitSpans { span, part in
        lists[part, default: Array(repeating: [], count: elements.count)][index].append(span)
      }
    }
    return lists.sorted { a, b in
      a.key == .element ? b.key != .element : b.key != .element && a.key.name < b.key.name
    }.map { (part: $0.key, elements: $0.value.map { SpanList($0) }) }
  }
}
