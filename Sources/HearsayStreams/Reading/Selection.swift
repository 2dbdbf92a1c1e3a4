internal import Hearsay

/// The part of the inputs' records that is read: the same records at every run, whatever the workers and batches.
///
/// A record is identified by its file's path, as it was named, and its number in the file. A failure in the place of a
/// record counts as one.
public struct Selection: Sendable, Hashable {
  /// At most this many records, the first ones.
  public var limit: Int?
  /// One record in this many, chosen by a hash.
  public var sample: Int?
  /// One of the parts into which the records are divided.
  public var shard: Shard?

  public init(limit: Int? = nil, sample: Int? = nil, shard: Shard? = nil) {
    self.limit = limit
    self.sample = sample
    self.shard = shard
  }

  /// Part `number` of `count`.
  public struct Shard: Sendable, Hashable {
    /// From 1 to `count`.
    public let number: Int
    public let count: Int

    /// `nil` where there is no such part.
    public init?(_ number: Int, of count: Int) {
      guard count >= 1, (1...count).contains(number) else { return nil }
      self.number = number
      self.count = count
    }

    /// The part that `2/5` names; `nil` where it names none.
    public init?(_ text: String) {
      let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
      self.init(number, of: count)
    }
  }

  /// Whether all records are read, up to the limit.
  var takesAll: Bool { sample == nil && shard == nil }
}

/// Decides which of a file's records are read, whatever the limit.
struct RecordSampler: Sendable {
  private let selection: Selection
  private let pathHash: UInt64

  init(_ selection: Selection, path: String) {
    self.selection = selection
    pathHash = selection.takesAll ? 0 : XXH64.hash(Array(path.utf8).span)
  }

  /// Whether the record of that number is read; `nil` is the file as one document.
  func takes(_ number: Int?) -> Bool {
    if selection.takesAll { return true }
    let hash = Self.mixed(pathHash ^ Self.mixed(UInt64(truncatingIfNeeded: (number ?? -1) &+ 1)))
    if let shard = selection.shard, Int(hash % UInt64(shard.count)) != shard.number - 1 { return false }
    // By another hash, so that a sample of a shard is a sample.
    if let sample = selection.sample, Self.mixed(hash ^ 0x5A) % UInt64(max(sample, 1)) != 0 { return false }
    return true
  }

  /// The last step of SplitMix64: every bit of the result depends on every bit of the argument.
  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
