import StanceScoring

/// The weights that a feature is trained with.
///
/// A slot's feature is trained with a weight of its own and with weights that it shares with other features: what a word or
/// a pair says on either side of the target, or what all words of a sign say. In the table, the slot has their sum.
struct WeightSharing {
  /// The shared weights.
  var shared: [Int] = []
  /// Scales the feature: a smaller scale is a stronger regularization. From cross-validation.
  var scale: Float

  // Weights have numbers: the slots and the features after them, then one for each slot of a pair, then the lanes of the
  // negative and of the positive sign.
  private static let pairs = StanceTable.features
  private static let signs = pairs + StanceTable.pairs.end - StanceTable.pairs.start
  /// The number of weights.
  static let count = signs + 2 * StanceTable.words.lanes

  /// The slot that is trained for `slot`: the clause lanes of a negated word have the weights of those of other words.
  static func trainedSlot(_ slot: Int) -> Int {
    switch StanceTable.feature(of: slot) {
    case .word(_, let lane), .polarity(_, let lane):
      let isCopy = lane == Lane.clauseBefore + Lane.negated || lane == Lane.clauseAfter + Lane.negated
      return isCopy ? slot - Lane.negated : slot
    default: return slot
    }
  }

  private typealias Lane = StanceTable.WordLane

  init(of slot: Int) {
    switch StanceTable.feature(of: slot) {
    case .sentence: self.init(scale: 0.6)
    case .word(let row, let lane): self.init(lane, row: row)
    case .pair(let row, _): self.init(shared: [Self.pairs + row - StanceTable.pairs.start], scale: 0.7)
    case .ngram: self.init(scale: 0.3)
    case .polarity(let polarity, let lane):
      self.init(lane, row: slot - lane)
      scale = 1
      let sign = Self.signs + (polarity < 0 ? 0 : StanceTable.words.lanes)
      shared += [sign + lane] + (shared.isEmpty ? [] : [sign + Lane.shared])
      // A negated word also has the weights of its polarity without the negation.
      if lane == Lane.before + Lane.negated || lane == Lane.after + Lane.negated {
        shared += [slot - Lane.negated, sign + lane - Lane.negated]
      }
    }
  }

  private init(shared: [Int] = [], scale: Float) {
    self.shared = shared
    self.scale = scale
  }

  /// The sharing of a lane of a row with the lanes of a word's.
  private init(_ lane: Int, row: Int) {
    switch lane {
    case Lane.nearBefore...: self.init(scale: 0.42)
    case Lane.clauseBefore, Lane.clauseAfter: self.init(scale: 0.7)
    default: self.init(shared: [row + Lane.shared], scale: 0.7)
    }
  }
}
