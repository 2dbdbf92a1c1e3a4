import Hearsay

/// The state of all files as bytes: a line of JSON, then the pending bytes of each.
extension FileOutput {
  /// Makes the written bytes durable, and returns the state for `resume(from:)`.
  mutating func checkpoint() throws -> [UInt8] {
    try sync()
    var json = JSONWriter()
    var tails: [UInt8] = []
    json.beginArray()
    // In the order of use, which determines what is flushed first.
    for partition in partitions.sorted(by: { $0.lastUse < $1.lastUse }) {
      PartitionState(partition).write(to: &json)
      tails += partition.pending
    }
    json.endArray()
    json.newline()
    return json.bytes + tails
  }

  /// Restores all files to their state at the checkpoint.
  mutating func resume(from state: [UInt8]) throws {
    guard let end = state.firstIndex(of: UInt8(ascii: "\n")),
      let entries = try JSONReader.value(of: Array(state[..<end])).arrayValue
    else { throw Self.unreadable }
    var tail = state[(end + 1)...]
    for entry in entries {
      guard let state = PartitionState(entry), state.pending <= tail.count else { throw Self.unreadable }
      guard !state.isStream else {
        let shown = state.name == "-" ? "standard output" : "'\(state.name)'"
        throw StageError("what was written to \(shown) is gone: only a run into files can be resumed")
      }
      try resume(state, pending: Array(tail.prefix(state.pending)))
      tail = tail.dropFirst(state.pending)
    }
  }

  private static var unreadable: StageError { StageError("the checkpoint of the output makes no sense") }
}

/// The files of one name at a checkpoint.
struct PartitionState {
  let name: String
  let isStream: Bool
  let shard: Int
  let documents: Int
  let bytes: Int
  let mark: OutputFile.Mark
  /// A hash over the lengths and hashes of the shards before this one.
  let finished: UInt64
  /// The number of bytes that are not written to the file yet.
  let pending: Int

  init(_ partition: FileOutput.Partition) {
    name = partition.name
    isStream = partition.file.isStream
    shard = partition.shard
    documents = partition.documents
    bytes = partition.bytes
    mark = partition.file.mark
    finished = partition.finished
    pending = partition.pending.count
  }

  /// Reads `[name, isStream, shard, documents, bytes, length, pending, hash, finished]`; `nil` where it is malformed.
  init?(_ entry: JSONValue) {
    guard let values = entry.arrayValue, values.count == 9, let name = values[0].stringValue else { return nil }
    let numbers = values[2..<7].compactMap(\.intValue)
    // As text, for the numbers of JSON are too small for them.
    let hashes = values[7...].compactMap { $0.stringValue.flatMap { UInt64($0, radix: 16) } }
    guard numbers.count == 5, numbers.allSatisfy({ $0 >= 0 }), hashes.count == 2 else { return nil }
    self.name = name
    isStream = values[1] != .bool(false)
    (shard, documents, bytes, pending) = (numbers[0], numbers[1], numbers[2], numbers[4])
    mark = OutputFile.Mark(byteCount: numbers[3], hash: hashes[0])
    finished = hashes[1]
  }

  func write(to json: inout JSONWriter) {
    json.beginArray()
    json.string(name)
    json.bool(isStream)
    for number in [shard, documents, bytes, mark.byteCount, pending] { json.int(number) }
    for hash in [mark.hash, finished] { json.string(String(hash, radix: 16)) }
    json.endArray()
  }
}
