/// How a file is divided into records.
enum RecordLayout: Sendable {
  /// The file is one record.
  case wholeFile
  /// A record is a line.
  case lines
  /// A record ends where its format finds the end, and may span lines.
  case delimited
  /// A record begins with a header that states its length.
  case lengthPrefixed

  /// Whether a file holds any number of records.
  var hasManyRecords: Bool { self != .wholeFile }

  /// Whether errors show the line of a record.
  var hasLines: Bool { self != .lengthPrefixed }
}
