import Foundation

/// Reads documents from JSON Lines. Offsets become bytes; members that no known layer claims are kept as they are.
public struct DocumentDecoder: Sendable {
  private let layers: [String: any Layer.Type]

  /// A decoder that knows the layers which the catalogue's stages read and write.
  public init(layers: [any Layer.Type]) {
    self.layers = Dictionary(layers.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Whether a member of that name is a layer.
  public func knows(layer name: String) -> Bool { layers[name] != nil }

  /// Reads one JSON object.
  ///
  /// - Parameters:
  ///   - json: One object as UTF-8.
  ///   - fallbackID: The document's id where the object has none.
  public func document(from json: Swift.Span<UInt8>, fallbackID: @autoclosure () -> String) throws -> Document {
    if let offset = json.offsetOfInvalidUTF8 { throw JSONError("not valid UTF-8", at: offset) }
    var reader = JSONReader(json)
    var id: String?
    var text: [UInt8]?
    var content = Document.Content.text
    var metadata = Metadata()
    var rest: [(key: String, json: [UInt8])] = []
    try reader.beginObject()
    var isFirst = true
    while let key = try reader.nextKey(isFirst: isFirst) {
      isFirst = false
      switch key {
      case "id":
        id = try reader.documentID() ?? id
      case "text", "html":
        // A page that was cleaned already keeps its text, and its markup as it came, whichever stands first.
        if key == "html", text != nil {
          rest.append((key, try reader.rawValue()))
        } else {
          if let page = text, content == .html, key == "text" {
            var json = JSONWriter()
            json.string(page.span)
            rest.append(("html", json.bytes))
          }
          text = try reader.stringBytes()
          content = key == "html" ? .html : .text
        }
      case "meta":
        let start = reader.position
        switch try reader.value() {
        case .object(let members): metadata = Metadata(members)
        case .null: break
        default: throw JSONError("'meta' is not an object", at: start)
        }
      default: rest.append((key, try reader.rawValue()))
      }
    }
    try reader.expectEnd()
    guard let text else { throw JSONError("the object has neither 'text' nor 'html'", at: 0) }
    var document = Document(id: id ?? fallbackID(), valid: text, content: content, metadata: metadata)
    let offsets = rest.isEmpty ? nil : CodePointOffsets(document.bytes)
    for (key, json) in rest {
      if let layer = layers[key], let offsets {
        try document.read(layer, from: json, offsets: offsets)
      } else {
        document.otherMembers.append((key, json))
      }
    }
    return document
  }
}

extension JSONReader {
  /// A string, or a number as it is spelled; `nil` for null.
  fileprivate mutating func documentID() throws(JSONError) -> String? {
    let start = position
    return switch try value() {
    case .string(let name): name
    case .number(let spelling): spelling
    case .null: nil
    default: throw JSONError("'id' is not a string", at: start)
    }
  }
}

extension Document {
  /// Replaces a layer by elements read from JSON, spans in code points of the text.
  ///
  /// - Throws: `LayerError` where they are not as the layer has it, or lie outside the text.
  public mutating func read<L: Layer>(_ layer: L.Type, from json: [UInt8]) throws(LayerError) {
    try read(layer, from: json, offsets: CodePointOffsets(bytes))
  }

  fileprivate mutating func read<L: Layer>(
    _ layer: L.Type, from json: [UInt8], offsets: CodePointOffsets
  ) throws(LayerError) {
    var elements: [L.Element]
    do {
      elements = try JSONDecoder().decode([L.Element].self, from: Data(json))
    } catch {
      throw LayerError(layer: L.name, problem: "is not as the format has it (\(shortDescription(of: error)))")
    }
    var outside = false
    for index in elements.indices {
      elements[index].visitSpans { span, _ in
        let start = offsets.byteOffset(ofCodePoint: span.start, in: utf8.span)
        let end = offsets.byteOffset(ofCodePoint: span.end, in: utf8.span)
        if let start, let end { span = Span(start, end) } else { outside = true }
      }
    }
    if outside { throw LayerError(layer: L.name, problem: "has a span outside the text") }
    self[layer] = elements
  }
}

/// A layer in a JSON document that cannot be read.
public struct LayerError: Error, Hashable, Sendable, CustomStringConvertible {
  public var layer: String
  public var problem: String

  public init(layer: String, problem: String) {
    self.layer = layer
    self.problem = problem
  }

  public var description: String { "layer '\(layer)' \(problem)" }
}

/// Foundation's decoding errors, in half a line.
private func shortDescription(of error: any Error) -> String {
  guard let error = error as? DecodingError else { return "\(error)" }
  switch error {
  case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
    return "at \(path(context.codingPath)): \(context.debugDescription)"
  case .keyNotFound(let key, let context):
    return "at \(path(context.codingPath)): no '\(key.stringValue)'"
  @unknown default: return "\(error)"
  }
}

private func path(_ keys: [any CodingKey]) -> String {
  keys.isEmpty ? "the top" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
}
