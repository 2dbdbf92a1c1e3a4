import Foundation

/// A kind of finding over a document's text: a name, and the type of its elements.
///
/// ```swift
/// public enum Numbers: Layer {
///   public static let name = "numbers"
///   public struct Element: LayerElement {
///     public var span: Span
///     public var value: Int
///     public mutating func visitSpans(_ visit: (inout Span) -> Void) { visit(&span) }
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
      elements[index].visitSpans { span in
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

/// An element of a layer. Its `Codable` form is its JSON; its spans are shown to whoever must move or convert them.
public protocol LayerElement: Codable, Hashable, Sendable {
  /// Calls `visit` with every span that the element holds.
  mutating func visitSpans(_ visit: (inout Span) -> Void)
}

extension Span: LayerElement {
  public mutating func visitSpans(_ visit: (inout Span) -> Void) { visit(&self) }
}

extension SpanList: LayerElement {
  public mutating func visitSpans(_ visit: (inout Span) -> Void) {
    for index in indices { visit(&self[index]) }
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
      element.visitSpans { span in
        guard !span.isEmpty else { return }
        span = convert(span)
        if span.isEmpty { lost = true }
      }
      return lost ? nil : element
    }
  }
}
