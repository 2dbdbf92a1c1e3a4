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

  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int) -> Int? {
    bytes.firstOffset(of: UInt8(ascii: "\n"), from: start).map { $0 + 1 }
  }

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    do {
      guard fields.areUsual else { return try renamed(record, at: place) }
      return try decoder.document(from: record, fallbackID: place.id)
    } catch {
      throw .badLine(error, place)
    }
  }

  /// A document from an object whose fields go by other names. What stands in the way of a renamed field becomes
  /// metadata.
  private func renamed(_ record: Swift.Span<UInt8>, at place: RecordPlace) throws -> Document {
    guard (try? UTF8Span(validating: record)) != nil else {
      return try decoder.document(from: record, fallbackID: place.id)
    }
    let names = [(fields.text, "text"), (fields.html, "html"), (fields.id, "id")]
    let taken = Set(names.compactMap { $0.0 == nil ? nil : $0.1 })
    var reader = JSONReader(record)
    var json = JSONWriter()
    var displaced: [JSONValue.Member] = []
    try reader.beginObject()
    json.beginObject()
    var isFirst = true
    while let key = try reader.nextKey(isFirst: isFirst) {
      isFirst = false
      if let name = names.first(where: { $0.0 == key })?.1 {
        json.key(named: name)
        json.raw(try reader.rawValue())
      } else if taken.contains(key) {
        displaced.append(JSONValue.Member(key, try reader.value()))
      } else {
        json.key(named: key)
        json.raw(try reader.rawValue())
      }
    }
    try reader.expectEnd()
    json.endObject()
    var document = try decoder.document(from: json.bytes.span, fallbackID: place.id)
    for member in displaced where document.metadata[member.key] == nil { document.metadata[member.key] = member.value }
    return document
  }
}

extension InputError {
  static func badLine(_ error: any Error, _ place: RecordPlace) -> Self {
    Self(.malformed, place.path, line: place.line, "\(error)", hint: nil)
  }
}
