public import Hearsay

/// Records as they came, cut but not read yet: making documents of them is the workers' part.
public struct RawBatch: Sendable {
  struct Source: Sendable {
    let path: String
    let format: any DocumentFormat
  }

  struct Record: Sendable {
    /// Where the record stands in `bytes`; empty where it was left out.
    let range: Range<Int>
    /// The index of its source; `nil` where there is a failure in place of a record.
    let source: Int?
    let line: Int?
    let number: Int?
    var failure: InputError?
  }

  var bytes: [UInt8] = []
  var sources: [Source] = []
  var records: [Record] = []
  /// What the user should know about these inputs.
  public internal(set) var notices: [InputNotice] = []
  /// The length of all records in bytes.
  public internal(set) var byteCount = 0
  /// How many records the batch may hold, where the run has a limit.
  var room = Int.max
  /// The place behind the last record, where a reader would go on.
  public internal(set) var end = InputPosition()
  /// The inputs that were begun since the batch before, by their numbers in the walk.
  public internal(set) var begun: [(item: Int, input: InputFingerprint)] = []
  /// Those that were read from the first to the last byte since then.
  public internal(set) var finished: [(item: Int, digest: InputDigest)] = []

  /// The number of records, those that cannot be read among them.
  public var count: Int { records.count }
  var isEmpty: Bool { records.isEmpty && notices.isEmpty && finished.isEmpty }

  /// Makes the document of a record.
  public func document(at index: Int) throws(InputError) -> Document {
    let record = records[index]
    if let failure = record.failure { throw failure }
    guard let source = record.source else { throw InputError(.malformed, "input", "holds no document") }
    let place = RecordPlace(path: sources[source].path, line: record.line, number: record.number)
    return try sources[source].format.document(from: bytes.span.extracting(record.range), at: place)
  }

  /// Lets go of the bytes, where neither documents nor raw records are asked for any more.
  public mutating func releaseBytes() { bytes = [] }

  /// The length of a record in bytes.
  public func byteCount(at index: Int) -> Int { records[index].range.count }

  /// Where a record comes from: the file, and the line on which it begins where the file has several.
  public func place(at index: Int) -> (path: String, line: Int?) {
    let record = records[index]
    return (record.source.map { sources[$0].path } ?? record.failure?.path ?? "input", record.line)
  }

  /// The id of a record's document where it has none of its own.
  public func fallbackID(at index: Int) -> String {
    RecordPlace(path: place(at: index).path, line: nil, number: records[index].number).id
  }

  /// A record's bytes as they came, such that they are an input of their own: a row of CSV is headed by its columns.
  /// None where they were too many to keep.
  public func rawBytes(at index: Int) -> [UInt8] {
    let record = records[index]
    let heading = record.source.map { sources[$0].format.heading } ?? []
    return record.range.isEmpty || record.range.upperBound > bytes.count ? [] : heading + bytes[record.range]
  }
}
