internal import Hearsay

/// How the bytes of one file are split into records, and how a record becomes a document.
///
/// The one reader splits, so that must be cheap; all workers decode records at the same time.
protocol RecordFormat: Sendable {
  static var layout: RecordLayout { get }

  /// Whether the first record of the file is a header that states how to read the others: see `applying(header:at:)`.
  var needsHeader: Bool { get }
  /// The format of the records after this header.
  func applying(header: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> any RecordFormat

  /// The offset after the record that begins at `start`, its line break included; `nil` where the bytes end first.
  ///
  /// - Parameter scan: How far the record was searched before; it is updated where the result is `nil`.
  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int?
  /// The header of the record at `start`, in a length-prefixed format; `nil` where it is incomplete or malformed.
  func recordHeader(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> RecordHeader?

  /// Decodes the document that a record holds.
  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document
  /// What must precede a record so that it is a file of its own.
  var recordPrefix: [UInt8] { get }

  /// A mistake in the first bytes of a file that this format alone checks for; see `validationError(in:_:)`.
  static func formatError(in head: Swift.Span<UInt8>, _ path: String) -> InputError?
}

extension RecordFormat {
  var needsHeader: Bool { false }
  var recordPrefix: [UInt8] { [] }

  func applying(header: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> any RecordFormat { self }

  /// The end of the line.
  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int? {
    if let lineBreak = bytes.offset(of: UInt8(ascii: "\n"), from: start + scan.count) { return lineBreak + 1 }
    scan.count = bytes.count - start
    return nil
  }

  func recordHeader(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> RecordHeader? {
    nil
  }

  static func formatError(in head: Swift.Span<UInt8>, _ path: String) -> InputError? { nil }
}
