/// What the input is and how it is read.
public struct InputSettings: Sendable, Hashable {
  public var format = InputFormat.auto
  /// Which fields of a JSON object or a CSV row are the text and the id.
  public var fields = FieldNames()
  /// A larger document, line or row is a failure; in bytes.
  public var maxDocumentBytes = 268_435_456

  public init(
    format: InputFormat = .auto, fields: FieldNames = FieldNames(), maxDocumentBytes: Int = 268_435_456
  ) {
    self.format = format
    self.fields = fields
    self.maxDocumentBytes = maxDocumentBytes
  }
}

/// What a file holds.
public enum InputFormat: String, Sendable, Hashable, CaseIterable {
  /// By the name's extension, else by a look at the first bytes.
  case auto
  /// A file is a document.
  case text
  /// A file is a page.
  case html
  /// A line is a document as a JSON object.
  case jsonl
  /// A row is a document; the first row names the columns.
  case csv

  /// The format that a file's name tells, without regard to case; `news.csv.gz` tells what is inside.
  init?(extensionOf path: String) {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    switch path[path.index(after: dot)...].lowercased() {
    case "gz", "zst", "zstd":
      guard let inner = Self(extensionOf: String(path[..<dot])) else { return nil }
      self = inner
    case "txt", "text", "md", "markdown": self = .text
    case "html", "htm", "xhtml": self = .html
    case "jsonl", "ndjson": self = .jsonl
    case "csv", "tsv": self = .csv
    default: return nil
    }
  }
}

/// The names of the fields that a document is made of, where they are not the usual ones.
public struct FieldNames: Sendable, Hashable {
  /// The text; else `text`, in CSV also `body` or `content`.
  public var text: String?
  /// A page's markup, in place of a text; else `html`.
  public var html: String?
  /// The id; else `id`.
  public var id: String?

  public init(text: String? = nil, html: String? = nil, id: String? = nil) {
    self.text = text
    self.html = html
    self.id = id
  }

  var areUsual: Bool { text == nil && html == nil && id == nil }
}
