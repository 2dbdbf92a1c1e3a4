import Foundation

/// Features of the words with a polarity in a sentence: sums by side of the target, clause and distance, and the role of
/// the target toward a verb.
struct PolarityFeatures {
  /// The number of features.
  static let count = roles + PredicateRole.count
  /// The first feature of a role.
  static let roles = 16 + 3 * 9 + 2

  /// The sums over the words of one sign.
  private struct Sum {
    var near: Float = 0
    var before: Float = 0
    var after: Float = 0
    var inClause: Float = 0
  }

  private var positive = Sum()
  private var negative = Sum()
  /// The feature of the target's role, counted from `roles`.
  var role: Int?

  /// Adds a word with a polarity from -3 to 3, `distance` tokens from the target; 1 is beside it.
  mutating func add(_ polarity: Int, isBefore: Bool, isInClause: Bool, distance: Int) {
    let weight = Float(abs(polarity)) / 3
    func add(to sum: inout Sum) {
      sum.near += 2 * weight / (1 + Float(distance) / 4)
      if isBefore { sum.before += weight } else { sum.after += weight }
      if isInClause { sum.inClause += weight }
    }
    if polarity > 0 { add(to: &positive) } else { add(to: &negative) }
  }

  /// Calls `body` with each feature that is not 0 and its value.
  @inline(__always)
  func visit(_ body: (_ feature: Int, _ value: Float) -> Void) {
    let sums: [8 of Float] = [
      positive.near, positive.before, positive.after, positive.inClause, negative.near, negative.before,
      negative.after, negative.inClause,
    ]
    for k in sums.indices where sums[k] > 0 {
      body(2 * k, 0.3 * sums[k])
      body(2 * k + 1, 0.5 * log(1 + sums[k]))
    }
    let all = (positive: positive.before + positive.after, negative: negative.before + negative.after)
    body(Self.bin((all.positive - all.negative) * 1.5, from: 16), 0.3)
    body(Self.bin((positive.near - negative.near) * 1.5, from: 25), 0.3)
    body(Self.bin((positive.inClause - negative.inClause) * 2, from: 34), 0.3)
    if all.positive + all.negative == 0 { body(43, 0.3) }
    if all.positive > 0, all.negative > 0 { body(44, 0.3) }
    if let role { body(Self.roles + role, 1) }
  }

  /// The feature, one of nine from `first` on, of a difference between the positive and the negative sum.
  private static func bin(_ difference: Float, from first: Int) -> Int {
    first + 4 + Int(min(max(difference, -4), 4).rounded(.toNearestOrEven))
  }
}
