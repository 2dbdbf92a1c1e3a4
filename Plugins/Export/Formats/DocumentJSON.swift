import Hearsay

/// A document as a line of JSON, in the memory that it was written to: an array of a large one would take as much again.
final class DocumentJSON: Sendable {
  let line: JSONWriter

  init(_ document: Document, provenance: Bool) throws {
    var json = JSONWriter(capacity: document.utf8.count * 3 + 1024)
    try DocumentEncoder(provenance: provenance).write(document, to: &json)
    json.newline()
    line = json
  }
}
