import Hearsay

/// The state of all files as bytes: a line of JSON, and behind it what is pending of each.
extension FileOutput {
  /// Makes durable what was written, and gives what `resume(from:)` needs.
  mutating func checkpoint() throws -> [UInt8] {
    try sync()
    var json = JSONWriter()
    var tails: [UInt8] = []
    json.beginArray()
    // In the order of use, which decides what is flushed first.
    for partition in partitions.sorted(by: { $0.lastUse < $1.lastUse }) {
      json.beginArray()
      json.string(partition.name)
      json.bool(partition.file.isStream)
      for number in [
        partition.shard, partition.documents, partition.bytes, partition.file.length, partition.pending.count,
      ] { json.int(number) }
      json.endArray()
      tails += partition.pending
    }
    json.endArray()
    json.newline()
    return json.bytes + tails
  }

  /// Takes all files back to what they were at the checkpoint.
  mutating func resume(from state: [UInt8]) throws {
    guard let end = state.firstIndex(of: UInt8(ascii: "\n")),
      let entries = try JSONReader.value(of: Array(state[..<end])).arrayValue
    else { throw Self.unreadable }
    var tail = state[(end + 1)...]
    for entry in entries {
      guard let values = entry.arrayValue, values.count == 7, let name = values[0].stringValue else {
        throw Self.unreadable
      }
      let numbers = values.dropFirst(2).compactMap(\.intValue)
      guard numbers.count == 5, numbers.allSatisfy({ $0 >= 0 }), numbers[4] <= tail.count else { throw Self.unreadable }
      guard values[1] == .bool(false) else {
        let shown = name == "-" ? "standard output" : "'\(name)'"
        throw StageError("what was written to \(shown) is gone: only a run into files can be taken up again")
      }
      try resume(
        name, shard: numbers[0], documents: numbers[1], bytes: numbers[2], length: numbers[3],
        pending: Array(tail.prefix(numbers[4])))
      tail = tail.dropFirst(numbers[4])
    }
  }

  private static var unreadable: StageError { StageError("the checkpoint of the output makes no sense") }
}
