import Hearsay
import HearsayText

/// JSON Lines: a document a line.
struct JSONLines: OutputFormat {
  static let name = "jsonl"
  static let endings = [".jsonl"]
  static let summary = "a document a line"
  static let terminalFilter = TerminalFilter.json

  private let provenance: Bool

  init(_ options: FormatOptions) { provenance = options.provenance }

  func encode(_ document: Document) throws -> EncodedDocument {
    .json(try DocumentJSON(document, provenance: provenance))
  }
}

/// A document as a line of JSON. It stays in the buffer that it was written to: an array of a large document would take
/// as much memory again.
final class DocumentJSON: Sendable {
  let line: JSONWriter

  init(_ document: Document, provenance: Bool) throws {
    var json = JSONWriter(capacity: document.utf8.count * 3 + 1024)
    try DocumentEncoder(provenance: provenance).write(document, to: &json)
    json.newline()
    line = json
  }
}

extension OutputFormatName {
  public static let jsonl = Self(JSONLines.name)
}
