/// Where the weight of each feature stands: a row for each word, each pair of words and each strength of judgement, with a
/// lane for every place that it can take toward the target; and a row for each pattern around a target.
///
/// Rows, not single hashed features: a word costs one look in memory for all its lanes, and a sentence is read once for
/// all its targets. The rows that a hash can stand in share a cache line, and each says by a check whose it is, so that
/// what was never learned weighs nothing.
package enum StanceTable {
  /// One kind of row.
  package struct Kind: Sendable {
    /// The first slot.
    let start: Int
    /// Hashed keys share `1 << bits` lines.
    let bits: Int
    package let rowsPerLine: Int
    /// The slots of a row; the last is its check.
    package let lanes: Int

    var end: Int { start + lanes * rowsPerLine << bits }

    /// The first slot of the line of a hash, and the check of its row: never 0, by which a free row is known.
    @inline(__always)
    func key(_ hash: UInt64) -> Key {
      Key(
        line: Int32(truncatingIfNeeded: start + Int(hash >> UInt64(64 - bits)) * lanes * rowsPerLine),
        check: UInt16(truncatingIfNeeded: hash) | 1)
    }
  }

  static let words = Kind(start: 0, bits: 15, rowsPerLine: 2, lanes: 16)
  static let pairs = Kind(start: words.end, bits: 14, rowsPerLine: 4, lanes: 4)
  static let patterns = Kind(start: pairs.end, bits: 14, rowsPerLine: 4, lanes: 2)
  /// A row, of as many lanes as a word's, for each polarity from -3 to 3; the middle one is all zeros.
  private static let classes = patterns.end
  /// The number of slots; each has a weight for `favor` and one for `against`, a signed byte each.
  package static let slots = classes + 7 * words.lanes
  /// Behind the slots: the features of `Balance`, whose weights stand in the model's head.
  package static let balance = slots
  package static let balanceCount = Balance.count

  /// What a word, a pair or a pattern is known by.
  package struct Key: Hashable, Sendable {
    /// The first slot of the line that its row stands in.
    package var line: Int32
    /// Which of the line's rows is its own.
    package var check: UInt16

    package var kind: Kind {
      line < StanceTable.pairs.start
        ? StanceTable.words : line < StanceTable.patterns.start ? StanceTable.pairs : StanceTable.patterns
    }
  }

  /// The lanes of a word's row, and of a class's: the first four, or the second, are what a word adds to a sentence's sums.
  enum WordLane {
    static let before = 0
    static let after = 1
    /// With no mark between the word and the target.
    static let clauseBefore = 2
    static let clauseAfter = 3
    /// Added to the four above where a negation stands before the word; the last two are learned without regard to it.
    static let negated = 4
    /// Three distances each; a word farther away has none of these lanes.
    static let nearBefore = 8
    static let nearAfter = 11
    /// The weight that `before` and `after` share, which has a number but no place in the table.
    static let shared = 14
    static let check = 15
  }

  /// The lanes of a pair's row.
  enum PairLane {
    static let before = 0
    static let after = 1
    static let check = 3
  }

  /// A pattern's row has its weight and its check.
  enum PatternLane {
    static let check = 1
  }

  @inline(__always)
  package static func word(_ hash: UInt32) -> Key { words.key(mix(UInt64(hash))) }

  /// Two neighbouring words, in their order.
  @inline(__always)
  static func pair(_ first: UInt32, _ second: UInt32) -> Key { pairs.key(mix(UInt64(first) << 32 | UInt64(second))) }

  /// Up to three tokens that stand around the target as `place` has it; 0 for none.
  @inline(__always)
  static func pattern(_ place: UInt32, _ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0) -> Key {
    patterns.key(mix(mix(UInt64(first) << 32 | UInt64(second)) &+ (UInt64(third) << 8 | UInt64(place)) &* 0x9E37_79B9))
  }

  /// The first slot of the row of all words with a polarity, negation taken into account.
  @inline(__always)
  static func polarity(_ value: Int) -> Int { classes + (value + 3) * words.lanes }

  /// Words farther from the target than this many tokens all count alike.
  static let near = 10
  /// Which of the three near distances a word `tokens` away has, 1 being beside the target.
  static func nearness(_ tokens: Int) -> Int { tokens <= 2 ? 0 : tokens <= 5 ? 1 : 2 }

  // MARK: Learning

  /// How a slot is learned.
  package struct Lesson {
    /// The weights that are learned together with the slot's own: what a word or pair says wherever it stands, what all
    /// words of a sign say. At run time the slot's weight holds all of them.
    package var shared: [Int] = []
    /// What the slot's feature counts for: one that counts for less is learned with more caution. From cross-validation.
    package var scale: Float
    /// Whether the feature is one of many in the sentence, and counts for less the longer that is.
    package var isOfMany = true
  }

  /// The number of weights that are learned: those of the slots, and those that they share.
  package static let learned = shared + pairs.end - pairs.start + 2 * words.lanes
  /// The first weight that only is shared.
  private static let shared = balance + Balance.count

  /// The slot that is learned for `slot`: for the second copy of a lane the first.
  package static func learned(_ slot: Int) -> Int {
    guard slot < pairs.start || classes..<balance ~= slot else { return slot }
    let lane = (slot < pairs.start ? slot : slot - classes) % words.lanes
    let isCopy = lane == WordLane.clauseBefore + WordLane.negated || lane == WordLane.clauseAfter + WordLane.negated
    return isCopy ? slot - WordLane.negated : slot
  }

  package static func lesson(of slot: Int) -> Lesson {
    if slot >= balance { return Lesson(scale: 0.6, isOfMany: false) }
    if let place = place(ofWordWeight: slot) { return wordLesson(place.lane, row: place.row) }
    if slot < patterns.start {
      let row = slot - (slot - pairs.start) % pairs.lanes
      return Lesson(shared: [shared + row - pairs.start], scale: 0.7)
    }
    if slot < classes { return Lesson(scale: 0.3, isOfMany: false) }
    let lane = (slot - classes) % words.lanes
    let polarity = (slot - classes) / words.lanes - 3
    // Weights of a sign stand behind the pairs'.
    let sign = shared + pairs.end - pairs.start + (polarity < 0 ? 0 : words.lanes)
    var lesson = wordLesson(lane, row: slot - lane)
    lesson.scale = 1
    lesson.shared += [sign + lane] + (lesson.shared.isEmpty ? [] : [sign + WordLane.shared])
    // A negated word is also one of its class.
    if lane == WordLane.before + WordLane.negated || lane == WordLane.after + WordLane.negated {
      lesson.shared += [slot - WordLane.negated, sign + lane - WordLane.negated]
    }
    return lesson
  }

  private static func wordLesson(_ lane: Int, row: Int) -> Lesson {
    switch lane {
    case WordLane.nearBefore...: Lesson(scale: 0.42)
    case WordLane.clauseBefore, WordLane.clauseAfter: Lesson(scale: 0.7)
    default: Lesson(shared: [row + WordLane.shared], scale: 0.7)
    }
  }

  /// The first slot of the row that a weight of a word's is in, and its lane there; `nil` for a weight that is no word's.
  package static func place(ofWordWeight weight: Int) -> (row: Int, lane: Int)? {
    guard weight < words.end else { return nil }
    let lane = weight % words.lanes
    return (weight - lane, lane)
  }

  /// Whether a slot is a weight, not a check or a lane that no feature has.
  package static func isWeight(_ slot: Int) -> Bool {
    if slot >= balance { return true }
    if slot >= polarity(0), slot < polarity(1) { return false }
    if slot < pairs.start || slot >= classes {
      return (slot < pairs.start ? slot : slot - classes) % words.lanes < WordLane.shared
    }
    if slot < patterns.start { return (slot - pairs.start) % pairs.lanes <= PairLane.after }
    return (slot - patterns.start) % patterns.lanes != PatternLane.check
  }

  /// Whether a slot is a pattern's: those have a step of their own.
  package static func isPattern(_ slot: Int) -> Bool { slot >= patterns.start && slot < classes }

  /// A mix of a hash, all its bits good.
  @inline(__always)
  private static func mix(_ hash: UInt64) -> UInt64 {
    var h = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return h ^ (h >> 32)
  }
}
