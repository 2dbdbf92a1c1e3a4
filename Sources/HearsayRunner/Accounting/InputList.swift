internal import HearsayStreams

/// The first inputs of a run, with what identifies their contents.
struct InputList: Sendable {
  private(set) var entries: [RunReport.Input] = []
  /// A run over more is identified by a hash over all: `RunReport.position`.
  private static let mostEntries = 1_000

  mutating func add(_ batch: RawBatch) {
    for (item, input) in batch.begun where entries.count < Self.mostEntries && entries.last?.item != item {
      entries.append(RunReport.Input(item: item, path: input.path, byteCount: input.byteCount, hash: nil))
    }
    for (item, digest) in batch.finished {
      guard let index = entries.lastIndex(where: { $0.item == item }) else { continue }
      entries[index].byteCount = digest.byteCount
      entries[index].hash = digest.hash
    }
  }
}

extension RunReport {
  /// An input as it was read.
  public struct Input: Sendable, Hashable {
    /// Its number in the order of the walk, from 0.
    var item: Int
    public var path: String
    /// The length as it is stored; `nil` for a pipe that was not read to its end.
    public var byteCount: Int?
    /// XXH64 of all bytes as they are stored, in hexadecimal; `nil` where this run has not read all of them.
    public var hash: String?
  }
}
