/// What the input is and how it is read.
public struct InputSettings: Sendable, Hashable {
  public var format = InputFormat.auto
  /// Which fields of a JSON object or a CSV row are the text and the id.
  public var fields = FieldNames()
  /// The name of the encoding that texts, pages and rows are in where they are not UTF-8; `nil` where they tell it
  /// themselves.
  public var encoding: String?
  /// A larger document, line or row is a failure; in bytes.
  public var maxDocumentBytes = 268_435_456
  /// Which of the records are read.
  public var selection = Selection()
  /// Whether the standard input is a stream of lines, each of which is one JSON object or one failure: it is neither
  /// unpacked nor refused for what its first bytes look like.
  public var readsPlainLines = false
  /// Whether links in a folder are followed to files and folders outside it.
  public var followsLinks = false

  /// Whether `encoding` may have this name.
  public static func knows(encoding name: String) -> Bool {
    name.lowercased() == "utf-8" || Encoding(named: name) != nil
  }

  public init(
    format: InputFormat = .auto, fields: FieldNames = FieldNames(), maxDocumentBytes: Int = 268_435_456,
    encoding: String? = nil, selection: Selection = Selection(), readsPlainLines: Bool = false,
    followsLinks: Bool = false
  ) {
    self.format = format
    self.fields = fields
    self.maxDocumentBytes = maxDocumentBytes
    self.encoding = encoding
    self.selection = selection
    self.readsPlainLines = readsPlainLines
    self.followsLinks = followsLinks
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
  /// A web archive: a page that was fetched is a document.
  case warc

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
    case "warc": self = .warc
    default: return nil
    }
  }
}

/// The names of the fields that a document is made of, where they are not the usual ones.
///
/// In JSON a name may lead into objects, `article.body`, and what is left of an object with renamed fields becomes the
/// document's metadata.
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
