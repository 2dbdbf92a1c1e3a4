internal import Foundation
internal import Hearsay
public import HearsayStreams

/// A cut through a run, from which it can go on: everything is as it was right behind one document.
public struct Checkpoint: Codable, Sendable, Hashable {
  /// Behind the last document.
  public var position: InputPosition
  /// Whether that was the last of all inputs, so that only the closing of the stages is left.
  public var isWhole: Bool
  /// The state of each ordered stage, by its index.
  var states: [Int: Data]
  /// The length of the quarantine file; `nil` where there was none.
  var quarantineBytes: Int?
  var counts: LedgerCounts

  /// Documents that are done, whatever became of them.
  public var documents: Int { counts.done }
}

/// What a ledger has counted: see `RunReport` for the members.
struct LedgerCounts: Codable, Sendable, Hashable {
  var out = 0
  var dropped = 0
  var failed = 0
  var bytes = 0
  var reasons: [String: Int] = [:]
  /// Of the reading, and of each step.
  var tallies: [Tally]
  /// The time that the run has taken so far, in nanoseconds.
  var elapsed: UInt64 = 0

  init(steps: Int) { tallies = Array(repeating: Tally(), count: steps + 1) }

  var done: Int { out + dropped + failed }
}

extension Tally: Codable {
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
