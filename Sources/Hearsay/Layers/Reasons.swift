/// Why a stage found what it found, for people: shown by `hearsay explain --why`, never written out.
///
/// The layer is there, empty, where reasons are wanted. A stage that can give them then adds one for each element:
///
/// ```swift
/// if document.has(Reasons.self) { document[Reasons.self].append(Reason(of: Quotes.self, element: 0, lines: […])) }
/// ```
public enum Reasons: Layer {
  public typealias Element = Reason
  public static let name = "reasons"
  public static let isTransient = true
}

/// Why one element of a layer is there.
public struct Reason: LayerElement {
  /// The name of the layer that the element is in.
  public var layer: String
  /// The element's index in its layer.
  public var element: Int
  /// The reasons, a line each, in plain words.
  public var lines: [String]

  public init(of layer: any Layer.Type, element: Int, lines: [String]) {
    self.layer = layer.name
    self.element = element
    self.lines = lines
  }

  public mutating func visitSpans(_ visit: SpanVisitor) {}
}
