/// The layout of the model's weights: a hash table with a row for each word, each pair of words and each n-gram beside a
/// target, and a row for each polarity. A row has a lane for each position that its feature can have toward the target.
///
/// With a row for a word, rather than a hashed key for each feature, one memory access gives all lanes of the word, and a
/// sentence is read once for all its targets. The rows of one hash share a cache line. Each has a check of its key, so
/// that features that were not in the training data have no weight.
package enum StanceTable {
  /// One kind of row.
  package struct Kind: Sendable {
    /// The first slot.
    package let start: Int
    /// There are `1 << bits` lines.
    let bits: Int
    package let rowsPerLine: Int
    /// The slots of a row; the last one is the check.
    package let lanes: Int

    /// The slot after the last one.
    package var end: Int { start + lanes * rowsPerLine << bits }

    /// The key of a hash. Its check is never 0, the check of a free row.
    @inline(__always)
    func key(_ hash: UInt64) -> Key {
      Key(
        line: Int32(truncatingIfNeeded: start + Int(hash >> UInt64(64 - bits)) * lanes * rowsPerLine),
        check: UInt16(truncatingIfNeeded: hash) | 1)
    }
  }

  package static let words = Kind(start: 0, bits: 15, rowsPerLine: 2, lanes: 16)
  package static let pairs = Kind(start: words.end, bits: 14, rowsPerLine: 4, lanes: 4)
  package static let ngrams = Kind(start: pairs.end, bits: 14, rowsPerLine: 4, lanes: 2)
  /// The rows of the polarities from -3 to 3, with the lanes of a word's row; that of 0 is all zeros.
  private static let polarityRows = ngrams.end
  /// The number of slots; each has a weight for `favor` and one for `against`, a signed byte each.
  package static let slots = polarityRows + 7 * words.lanes
  /// The features of `PolarityFeatures` are numbered after the slots; their weights are in the header of the model.
  package static let polarityFeatures = slots
  /// The number of slots and `PolarityFeatures`.
  package static let features = slots + PolarityFeatures.count

  /// The key of a word, a pair or an n-gram.
  package struct Key: Hashable, Sendable {
    /// The first slot of the line that has its row.
    package var line: Int32
    /// Identifies its row in the line.
    package var check: UInt16

    package var kind: Kind {
      line < StanceTable.pairs.start
        ? StanceTable.words : line < StanceTable.ngrams.start ? StanceTable.pairs : StanceTable.ngrams
    }
  }

  /// The lanes of the row of a word or a polarity. The first four, or for a negated word the second four, are added to the
  /// sums of a sentence.
  package enum WordLane {
    package static let before = 0
    package static let after = 1
    /// Without a mark between the word and the target.
    package static let clauseBefore = 2
    package static let clauseAfter = 3
    /// Added to the four lanes above for a negated word. The clause lanes have the same weights with and without it.
    package static let negated = 4
    /// Three lanes each, by distance; a word farther away has none.
    package static let nearBefore = 8
    package static let nearAfter = 11
    /// The number of the weight that `before` and `after` share in training. The slot is not used.
    package static let shared = 14
    static let check = 15
  }

  /// The lanes of a pair's row.
  package enum PairLane {
    package static let before = 0
    package static let after = 1
    static let check = 3
  }

  /// The lanes of an n-gram's row: its weight, and the check.
  enum NgramLane {
    static let check = 1
  }

  @inline(__always)
  package static func word(_ hash: UInt32) -> Key { words.key(mix(UInt64(hash))) }

  /// Two neighbouring words, in their order.
  @inline(__always)
  static func pair(_ first: UInt32, _ second: UInt32) -> Key { pairs.key(mix(UInt64(first) << 32 | UInt64(second))) }

  /// The n-gram number `place` of `ContextNgrams`, of up to three tokens; 0 for none.
  @inline(__always)
  static func ngram(_ place: UInt32, _ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0) -> Key {
    ngrams.key(mix(mix(UInt64(first) << 32 | UInt64(second)) &+ (UInt64(third) << 8 | UInt64(place)) &* 0x9E37_79B9))
  }

  /// The first slot of the row of a polarity, that of a negated word being turned.
  @inline(__always)
  static func polarity(_ value: Int) -> Int { polarityRows + (value + 3) * words.lanes }

  /// The largest distance in tokens for which a word has a lane of distance.
  static let maximumDistance = 10
  /// The bucket, of three, for a word `tokens` away; 1 is beside the target.
  static func distanceBucket(_ tokens: Int) -> Int { tokens <= 2 ? 0 : tokens <= 5 ? 1 : 2 }

  /// What a slot, or a number from `polarityFeatures` on, is the weight of.
  package enum Feature: Hashable, Sendable {
    /// A lane of a word's row.
    case word(row: Int, lane: Int)
    /// A lane of a pair's row.
    case pair(row: Int, lane: Int)
    /// A lane of an n-gram's row.
    case ngram(row: Int, lane: Int)
    /// A lane of the row of all words of a polarity.
    case polarity(Int, lane: Int)
    /// A feature of `PolarityFeatures`.
    case sentence(Int)

    /// Whether it is a weight, not a check, an unused lane or a zero.
    package var isWeight: Bool {
      switch self {
      case .word(_, let lane): lane < WordLane.shared
      case .pair(_, let lane): lane <= PairLane.after
      case .ngram(_, let lane): lane != NgramLane.check
      case .polarity(let value, let lane): value != 0 && lane < WordLane.shared
      case .sentence: true
      }
    }
  }

  /// The feature whose weight a slot has.
  package static func feature(of slot: Int) -> Feature {
    if slot >= polarityFeatures { return .sentence(slot - polarityFeatures) }
    if slot >= polarityRows {
      let (row, lane) = (slot - polarityRows).quotientAndRemainder(dividingBy: words.lanes)
      return .polarity(row - 3, lane: lane)
    }
    let kind = slot >= ngrams.start ? ngrams : slot >= pairs.start ? pairs : words
    let lane = (slot - kind.start) % kind.lanes
    switch kind.start {
    case words.start: return .word(row: slot - lane, lane: lane)
    case pairs.start: return .pair(row: slot - lane, lane: lane)
    default: return .ngram(row: slot - lane, lane: lane)
    }
  }

  /// Mixes all bits of a hash.
  @inline(__always)
  private static func mix(_ hash: UInt64) -> UInt64 {
    var h = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return h ^ (h >> 32)
  }
}
