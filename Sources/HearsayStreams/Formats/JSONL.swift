internal import Hearsay

/// A line is a document as a JSON object, as FORMAT.md has it.
struct JSONLFormat: DocumentFormat {
  static var isContainer: Bool { true }
  private let decoder: DocumentDecoder
  private let fields: FieldNames

  init(fields: FieldNames, layers: [any Layer.Type]) {
    self.fields = fields
    decoder = DocumentDecoder(layers: layers)
  }

  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int? {
    if let hit = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start + scan.count) { return hit + 1 }
    scan.count = bytes.count - start
    return nil
  }

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    do {
      guard fields.areUsual else { return try renamed(record, at: place) }
      return try decoder.document(from: record, fallbackID: place.id)
    } catch {
      throw .badLine(error, place)
    }
  }

  /// A document from an object whose fields go by other names: what is left of the object becomes metadata, unless it
  /// is a layer.
  private func renamed(_ record: Swift.Span<UInt8>, at place: RecordPlace) throws -> Document {
    guard (try? UTF8Span(validating: record)) != nil else {
      return try decoder.document(from: record, fallbackID: place.id)
    }
    var reader = JSONReader(record)
    try reader.beginObject()
    reader = JSONReader(record)
    var object = try reader.value()
    try reader.expectEnd()
    var json = JSONWriter()
    json.beginObject()
    for (wanted, key) in [(fields.id, "id"), (fields.text, "text"), (fields.html, "html")] {
      // A page in place of a text leaves no text to look for.
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
    return try decoder.document(from: json.bytes.span, fallbackID: place.id)
  }
}

extension JSONValue {
  /// Takes out the member of that name, else what a path of names parted by '.' leads to; `nil` where there is none.
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
  static func badLine(_ error: any Error, _ place: RecordPlace) -> Self {
    Self(.malformed, place.path, line: place.line, "\(error)", hint: nil)
  }
}
