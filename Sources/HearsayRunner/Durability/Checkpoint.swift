internal import Foundation
internal import Hearsay
public import HearsayStreams

/// A cut through a run, from which it can go on: everything is as it was right after one document.
public struct Checkpoint: Codable, Sendable, Hashable {
  /// After the last document.
  public var position: InputPosition
  /// Whether that was the last of all inputs, so that only the closing of the stages is left.
  public var isComplete: Bool
  /// The state of each ordered stage, by its index.
  var states: [Int: Data]
  /// What the quarantine file held; `nil` where there was none.
  var quarantine: OutputFile.Mark?
  var counts: RunCounts

  /// Documents that are done, whatever became of them.
  public var documents: Int { counts.done }
}

// MARK: As bytes

extension Checkpoint {
  /// A checkpoint with what shows that it is whole.
  private struct Checked: Codable {
    var run: String
    /// XXH64 of the checkpoint.
    var hash: String
    /// The checkpoint as JSON text, so that its bytes are those that were hashed.
    var checkpoint: String
  }

  /// Why a checkpoint cannot be used.
  struct Damage: Error, CustomStringConvertible {
    var description: String
  }

  /// The checkpoint of a run as bytes that show whether they are whole.
  func checked(run: String) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(self), as: UTF8.self)
    return try [UInt8](encoder.encode(Checked(run: run, hash: Self.hash(text), checkpoint: text)))
  }

  /// - Throws: `Damage` where the bytes are not those of a checkpoint of this run.
  init(checked bytes: Data, run: String) throws {
    let checked = try JSONDecoder().decode(Checked.self, from: bytes)
    guard checked.run == run else { throw Damage(description: "it is of another run") }
    guard checked.hash == Self.hash(checked.checkpoint) else { throw Damage(description: "it was changed") }
    self = try JSONDecoder().decode(Self.self, from: Data(checked.checkpoint.utf8))
  }

  private static func hash(_ text: String) -> String {
    var hash = XXH64()
    hash.update(Array(text.utf8).span)
    return hash.digest
  }

  /// Whether it is one of a run with as many steps, of which these have a state.
  func fits(steps: Int, withState: [Int]) -> Bool {
    counts.stats.count == steps + 1 && Set(states.keys) == Set(withState)
  }
}

/// What a ledger has counted: see `RunReport` for the members.
struct RunCounts: Codable, Sendable, Hashable {
  var out = 0
  /// Documents that stages added by replacing one by several.
  var added = 0
  var dropped = 0
  var failed = 0
  var bytes = 0
  var reasons: [String: Int] = [:]
  /// Of the reading, and of each step.
  var stats: [StageStats]
  /// The time that the run has taken so far, in nanoseconds.
  var elapsed: UInt64 = 0

  init(steps: Int) { stats = Array(repeating: StageStats(), count: steps + 1) }

  /// Documents of the input that are done.
  var done: Int { out + dropped + failed - added }
}

extension StageStats: Codable {
  private enum CodingKeys: CodingKey { case documents, failures, drops, bytes, nanoseconds, counts }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    documents = try members.decode(Int.self, forKey: .documents)
    failures = try members.decode(Int.self, forKey: .failures)
    drops = try members.decode(Int.self, forKey: .drops)
    bytes = try members.decode(Int.self, forKey: .bytes)
    nanoseconds = try members.decode(UInt64.self, forKey: .nanoseconds)
    for (name, count) in try members.decode([String: Int].self, forKey: .counts) { counts.add(count, of: name) }
  }

  func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(documents, forKey: .documents)
    try members.encode(failures, forKey: .failures)
    try members.encode(drops, forKey: .drops)
    try members.encode(bytes, forKey: .bytes)
    try members.encode(nanoseconds, forKey: .nanoseconds)
    try members.encode(
      Dictionary(counts.entries.map { ($0.name, $0.count) }, uniquingKeysWith: +), forKey: .counts)
  }
}
