internal import Hearsay

/// A file is a document.
struct TextFormat: DocumentFormat, WholeFileFormat {
  /// What bytes that are not UTF-8 are in; `nil` where they tell it themselves.
  var charset: String?

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    try wholeFile(record, as: .text, charset: charset, at: place)
  }
}

/// A file of bytes in any common encoding as one document.
func wholeFile(
  _ bytes: Swift.Span<UInt8>, as content: Document.Content, charset: String?, at place: RecordPlace
) throws(InputError) -> Document {
  if let kind = BinaryKind(of: bytes) { throw .binary(kind, place) }
  let decoded = DecodedText(bytes, declared: charset, isMarkup: content == .html)
  var document = Document(id: place.id, utf8: decoded.utf8, content: content)
  decoded.note(in: &document)
  return document
}
