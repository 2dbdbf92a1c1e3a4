internal import Hearsay

/// A file is a page.
struct HTMLFormat: DocumentFormat, WholeFileFormat {
  /// What bytes that are not UTF-8 are in; `nil` where the page tells.
  var charset: String?

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    try wholeFile(record, as: .html, charset: charset, at: place)
  }
}
