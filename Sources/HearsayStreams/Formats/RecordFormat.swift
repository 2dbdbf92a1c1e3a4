internal import Hearsay

/// How the bytes of a file are cut into records, and how a record becomes a document.
///
/// Cutting is done by the one reader and must be cheap; making documents is done by all workers at once.
protocol DocumentFormat: Sendable {
  /// Whether a file holds any number of records. If not, the whole file is one.
  static var isContainer: Bool { get }
  /// Whether the first record of a file says how to read the others: see `headed(by:at:)`.
  var needsHeader: Bool { get }
  /// The offset after the record that begins at `start`, its line break included; `nil` where the bytes end first.
  ///
  /// - Parameter scan: How far the record was searched before; it is kept up to date where the result is `nil`.
  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int?
  /// Whether a record's first bytes say how long it is: see `announced(in:from:after:)`.
  var announces: Bool { get }
  /// What the head of the record at `start` says; `nil` where it is not there yet, or makes no sense.
  func announced(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Announcement?
  /// The format of the records after this header.
  func headed(by header: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> any DocumentFormat
  /// Makes the document that a record holds.
  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document
  /// What must stand before a record in a file of its own.
  var heading: [UInt8] { get }
}

extension DocumentFormat {
  var needsHeader: Bool { false }
  var heading: [UInt8] { [] }
  var announces: Bool { false }

  func announced(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Announcement? {
    nil
  }

  func headed(by header: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> any DocumentFormat { self }
}

/// What the head of a record says of it.
struct Announcement {
  /// The length of the whole record.
  let byteCount: Int
  /// What it is, in the plural, where nobody wants it.
  var leftOut: String?
}

/// Formats of which a file is one record.
extension DocumentFormat where Self: WholeFileFormat {
  static var isContainer: Bool { false }
  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int? { nil }
}

protocol WholeFileFormat {}

/// Where a record stands.
struct RecordPlace: Sendable {
  let path: String
  /// From 1; `nil` where the file is one document.
  var line: Int?
  /// From 0; `nil` where the file is one document.
  var number: Int?

  /// The id of a document that has none of its own.
  var id: String { number.map { "\(path)#\($0)" } ?? path }
}

extension Swift.Span<UInt8> {
  func starts(with prefix: [UInt8]) -> Bool {
    guard prefix.count <= count else { return false }
    for i in prefix.indices where self[i] != prefix[i] { return false }
    return true
  }
}

extension UInt8 {
  /// Whether the byte is white space of ASCII.
  var isSpace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D }
}
