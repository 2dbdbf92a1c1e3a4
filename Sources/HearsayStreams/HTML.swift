internal import Hearsay

/// A file is a page.
struct HTMLFormat: DocumentFormat, WholeFileFormat {
  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    try wholeFile(record, as: .html, at: place)
  }
}
