/// Where a record is, for errors and ids.
struct RecordPlace: Sendable {
  let path: String
  /// From 1; `nil` where the format has no lines, or the file is one document.
  var line: Int?
  /// From 0; `nil` where the file is one document.
  var number: Int?

  /// The id of a document that has none of its own.
  var fallbackID: String { number.map { "\(path)#\($0)" } ?? path }
}
