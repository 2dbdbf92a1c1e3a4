/// What the input is and how it is read.
public struct InputSettings: Sendable, Hashable {
  /// The format of all inputs; `nil` where it is detected, by the file's name, then by its first bytes.
  public var format: InputFormat?
  /// Which fields of a JSON object or a CSV row are the text and the id.
  public var fields = FieldNames()
  /// The name of the encoding of texts, pages and rows that are not UTF-8; `nil` where they declare it or it is
  /// detected.
  public var encoding: String?
  /// A larger document, line or row fails; in bytes.
  public var maxDocumentBytes = 268_435_456
  /// Which of the records are read.
  public var selection = Selection()
  /// Whether the standard input is a stream of lines, each of which is one JSON object or one failure: it is neither
  /// decompressed nor refused because of its first bytes.
  public var readsPlainLines = false
  /// Whether links in a folder are followed to files and folders outside it.
  public var followsLinks = false

  /// Whether there is an encoding of this name.
  public static func knows(encoding name: String) -> Bool {
    name.lowercased() == "utf-8" || TextEncoding(named: name) != nil
  }

  public init(
    format: InputFormat? = nil, fields: FieldNames = FieldNames(), maxDocumentBytes: Int = 268_435_456,
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

/// The names of the fields that a document is made of, where they are not the default ones.
///
/// In JSON a name may lead into objects, `article.body`, and the remaining members of an object with renamed fields
/// become the document's metadata.
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

  var areDefault: Bool { text == nil && html == nil && id == nil }
}
