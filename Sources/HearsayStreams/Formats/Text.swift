internal import Hearsay

extension InputFormat {
  /// Plain text, the format of what no other format recognizes.
  public static let text = InputFormat(
    "text", extensions: ["txt", "text", "md", "markdown"], "A file is a document.",
    recordFormat: { _, settings, _ in TextFormat(charset: settings.encoding) })
}

/// A file is a document.
struct TextFormat: RecordFormat {
  static var layout: RecordLayout { .wholeFile }

  /// The encoding of bytes that are not UTF-8; `nil` where it is detected.
  var charset: String?

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    try wholeFileDocument(record, as: .text, charset: charset, at: place)
  }
}

/// A file of bytes in any common encoding as one document.
func wholeFileDocument(
  _ bytes: Swift.Span<UInt8>, as content: Document.Content, charset: String?, at place: RecordPlace
) throws(InputError) -> Document {
  if let kind = BinaryKind(of: bytes) { throw .binary(kind, place) }
  let decoded = DecodedText(bytes, declared: charset, isMarkup: content == .html)
  var document = Document(id: place.fallbackID, utf8: decoded.utf8, content: content)
  decoded.note(in: &document)
  return document
}
