public import Hearsay

/// Records as they were read, split but not decoded: the workers decode them.
public struct RawBatch: Sendable {
  struct RecordSource: Sendable {
    let path: String
    let format: any RecordFormat
  }

  struct Record: Sendable {
    /// Where the record is in `bytes`; empty where it was left out.
    var range: Range<Int>
    /// The index of its source; `nil` where there is a failure in place of a record.
    let source: Int?
    let line: Int?
    let number: Int?
    var failure: InputError?
  }

  var bytes: [UInt8] = []
  var sources: [RecordSource] = []
  var records: [Record] = []
  /// What the user should know about these inputs.
  public internal(set) var notices: [InputNotice] = []
  /// The length of all records in bytes.
  public internal(set) var byteCount = 0
  /// How many more records the run may read, where it has a limit.
  var remainingCapacity = Int.max
  /// The position after the last record, where a reader would resume.
  public internal(set) var end = InputPosition()
  /// The inputs that were opened since the batch before, by their numbers in the walk.
  public internal(set) var begun: [(item: Int, input: InputFingerprint)] = []
  /// Those that were read from the first to the last byte since then.
  public internal(set) var finished: [(item: Int, digest: InputDigest)] = []

  /// The number of records, those that cannot be read among them.
  public var count: Int { records.count }
  var isEmpty: Bool { records.isEmpty && notices.isEmpty && finished.isEmpty }

  /// Where the first record begins in the reader's bytes; `nil` where there is none that can be read.
  var firstByte: Int? { records.first { !$0.range.isEmpty }?.range.lowerBound }

  /// Follows the reader's bytes, of which the first `count` were removed.
  mutating func shift(by count: Int) {
    guard count > 0 else { return }
    for index in records.indices where !records[index].range.isEmpty {
      let range = records[index].range
      records[index].range = range.lowerBound - count..<range.upperBound - count
    }
  }

  /// Decodes the document of a record.
  public func document(at index: Int) throws(InputError) -> Document {
    let record = records[index]
    if let failure = record.failure { throw failure }
    guard let source = record.source else { throw InputError(.malformed, "input", "holds no document") }
    let place = RecordPlace(path: sources[source].path, line: record.line, number: record.number)
    return try sources[source].format.document(from: bytes.span.extracting(record.range), at: place)
  }

  /// Releases the bytes, once neither documents nor raw records are needed any more.
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
    RecordPlace(path: place(at: index).path, number: records[index].number).fallbackID
  }

  /// A record's bytes as they were read, completed to an input of their own: a row of CSV follows its header. Empty
  /// where they were too many to keep.
  public func rawBytes(at index: Int) -> [UInt8] {
    let record = records[index]
    let prefix = record.source.map { sources[$0].format.recordPrefix } ?? []
    return record.range.isEmpty || record.range.upperBound > bytes.count ? [] : prefix + bytes[record.range]
  }
}
