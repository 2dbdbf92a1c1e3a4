/// Where the weight of each feature stands: a row for each word and one for each pair of words, with a lane for every
/// place that it can take toward the target.
///
/// Rows, not single hashed features: a word costs one look in memory for all its lanes, and a sentence is read once for
/// all its targets. The rows that a hash can stand in share a cache line, and each says by a check whose it is, so that
/// what was never learned weighs nothing.
package enum StanceTable {
  /// Hashed words share `1 << wordBits` lines of `wordsPerLine` rows.
  private static let wordBits = 13
  static let wordsPerLine = 2
  static let wordLanes = 16
  /// Hashed pairs, and the patterns around a target, share `1 << pairBits` lines of `pairsPerLine` rows.
  private static let pairBits = 11
  static let pairsPerLine = 8
  static let pairLanes = 4
  /// The first slot behind the words' rows.
  private static let pairs = wordLanes * wordsPerLine << wordBits
  /// The number of slots; each has a weight for `favor` and one for `against`, a signed byte each. The last of a row is
  /// its check.
  package static let slots = pairs + pairLanes * pairsPerLine << pairBits

  /// The lanes of a word's row.
  enum WordLane {
    static let before = 0
    static let after = 2
    /// Added to one of the two above where a negation stands before the word.
    static let negated = 1
    /// Three distances each; a word farther away has none of these lanes.
    static let nearBefore = 4
    static let nearAfter = 7
    /// With no mark between the word and the target.
    static let clauseBefore = 10
    static let clauseAfter = 11
    static let check = 15
  }

  /// The lanes of a pair's row.
  enum PairLane {
    static let before = 0
    static let after = 1
    /// A pattern in which the target itself has a place.
    static let target = 2
    static let check = 3
  }

  /// What a word or a pair is known by.
  package struct Key: Hashable, Sendable {
    /// The first slot of the line that its row stands in.
    package var line: Int32
    /// Which of the line's rows is its own; never 0, by which a free row is known.
    package var check: UInt16

    package var isWord: Bool { line < StanceTable.pairs }
    /// The slots in a row of its kind, and the rows in a line.
    package var lanes: Int { isWord ? StanceTable.wordLanes : StanceTable.pairLanes }
    package var rowsPerLine: Int { isWord ? StanceTable.wordsPerLine : StanceTable.pairsPerLine }
  }

  @inline(__always)
  static func word(_ hash: UInt32) -> Key {
    let mixed = mix(hash, 11)
    return Key(
      line: Int32(truncatingIfNeeded: Int(mixed >> UInt64(64 - wordBits)) * wordLanes * wordsPerLine),
      check: UInt16(truncatingIfNeeded: mixed) | 1)
  }

  /// Two neighbouring words, in their order.
  @inline(__always)
  static func pair(_ first: UInt32, _ second: UInt32) -> Key {
    let mixed = mix(second, first &* 31)
    return Key(
      line: Int32(truncatingIfNeeded: pairs + Int(mixed >> UInt64(64 - pairBits)) * pairLanes * pairsPerLine),
      check: UInt16(truncatingIfNeeded: mixed) | 1)
  }

  /// The hash that two words have as one.
  static func joined(_ first: UInt32, _ second: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: mix(second, first &* 37))
  }

  /// Words farther from the target than this many tokens all count alike.
  static let near = 10
  /// Which of the three near distances a word `tokens` away has, 1 being beside the target.
  static func nearness(_ tokens: Int) -> Int { tokens <= 2 ? 0 : tokens <= 5 ? 1 : 2 }

  /// The number of weights that are learned: those of the slots, and those of `shared(with:)`.
  package static let learned = slots + pairsPerLine << pairBits

  /// The weight that is learned together with that of `slot`: what the word or pair says wherever it stands. At run time a
  /// slot's weight holds both. `nil` where there is none.
  package static func shared(with slot: Int) -> Int? {
    guard slot < pairs else {
      let (row, lane) = (slot - pairs).quotientAndRemainder(dividingBy: pairLanes)
      return lane == PairLane.before || lane == PairLane.after ? slots + row : nil
    }
    let lane = slot % wordLanes
    switch lane {
    case WordLane.before, WordLane.after: return slot - lane + 13
    case WordLane.before + WordLane.negated, WordLane.after + WordLane.negated: return slot - lane + 14
    default: return nil
    }
  }

  /// Whether a slot weighs anything at run time.
  package static func isWeight(_ slot: Int) -> Bool {
    slot < pairs ? slot % wordLanes <= WordLane.clauseAfter : (slot - pairs) % pairLanes != PairLane.check
  }

  /// A finalised mix of two hashes, all its bits good.
  @inline(__always)
  private static func mix(_ a: UInt32, _ b: UInt32) -> UInt64 {
    var h = UInt64(a) << 32 | UInt64(b)
    h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
    h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return h ^ (h >> 32)
  }
}
