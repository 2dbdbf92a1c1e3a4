internal import Hearsay

extension InputFormat {
  /// JSON Lines.
  public static let jsonl = InputFormat(
    "jsonl", extensions: ["jsonl", "ndjson"], "A line is a document, as a JSON object.",
    recognizes: JSONLFormat.recognizes,
    recordFormat: { _, settings, layers in JSONLFormat(fields: settings.fields, layers: layers) })
}

/// A line is a document as a JSON object in the document format.
struct JSONLFormat: RecordFormat {
  static var layout: RecordLayout { .lines }

  private let decoder: DocumentDecoder
  private let fields: FieldNames

  init(fields: FieldNames, layers: [any Layer.Type]) {
    self.fields = fields
    decoder = DocumentDecoder(layers: layers)
  }

  static func recognizes(_ head: Swift.Span<UInt8>) -> Bool {
    head.firstSignificantByte == UInt8(ascii: "{") || looksLikeArray(head)
  }

  /// Whether the file is JSON objects in an array, which many tools write, and not JSON Lines.
  private static func looksLikeArray(_ head: Swift.Span<UInt8>) -> Bool {
    guard head.firstSignificantByte == UInt8(ascii: "[") else { return false }
    return head.normalizedHead.dropFirst().first { !$0.isSpace } == UInt8(ascii: "{")
  }

  static func formatError(in head: Swift.Span<UInt8>, _ path: String) -> InputError? {
    looksLikeArray(head) ? .array(path) : nil
  }

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    do {
      guard fields.areDefault else { return try renamedDocument(from: record, at: place) }
      return try decoder.document(from: record, fallbackID: place.fallbackID)
    } catch {
      throw .badLine(error, place)
    }
  }

  /// The document of an object whose fields have other names: the remaining members become metadata, unless they are
  /// layers.
  private func renamedDocument(from record: Swift.Span<UInt8>, at place: RecordPlace) throws -> Document {
    guard (try? UTF8Span(validating: record)) != nil else {
      return try decoder.document(from: record, fallbackID: place.fallbackID)
    }
    var reader = JSONReader(record)
    try reader.beginObject()
    reader = JSONReader(record)
    var object = try reader.value()
    try reader.expectEnd()
    var json = JSONWriter()
    json.beginObject()
    for (wanted, key) in [(fields.id, "id"), (fields.text, "text"), (fields.html, "html")] {
      // Where a page is named in place of a text, 'text' is no field.
      guard let value = object.take(wanted ?? key), !(key == "text" && wanted == nil && fields.html != nil) else {
        continue
      }
      json.key(named: key)
      json.value(value)
    }
    var metadata = object.take("meta")?.objectValue ?? []
    for member in object.objectValue ?? [] {
      if decoder.knows(layer: member.key) {
        json.key(named: member.key)
        json.value(member.value)
      } else if !metadata.contains(where: { $0.key == member.key }) {
        metadata.append(member)
      }
    }
    json.member("meta", .object(metadata))
    json.endObject()
    return try decoder.document(from: json.bytes.span, fallbackID: place.fallbackID)
  }
}

extension JSONValue {
  /// Removes and returns the member of that name, else the one that a path of names separated by '.' leads to; `nil`
  /// where there is none.
  fileprivate mutating func take(_ path: String) -> JSONValue? {
    guard case .object(var members) = self else { return nil }
    var taken: JSONValue?
    if let index = members.lastIndex(where: { $0.key == path }) {
      taken = members.remove(at: index).value
    } else {
      for dot in path.indices where path[dot] == "." && taken == nil {
        guard let index = members.lastIndex(where: { $0.key == path[..<dot] }) else { continue }
        taken = members[index].value.take(String(path[path.index(after: dot)...]))
        if members[index].value == .object([]) { members.remove(at: index) }
      }
    }
    self = .object(members)
    return taken
  }
}

extension InputError {
  fileprivate static func array(_ path: String) -> Self {
    Self(.malformed, path, "is one JSON array, not an object a line", hint: "convert it: jq -c '.[]'")
  }
  fileprivate static func badLine(_ error: any Error, _ place: RecordPlace) -> Self {
    Self(.malformed, place.path, line: place.line, "\(error)", hint: nil)
  }
}
