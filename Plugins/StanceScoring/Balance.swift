import Foundation

/// The words of a sentence that judge, weighed against each other: by side of the target, in its clause, near it; and the
/// act that the target does or bears.
struct Balance {
  /// The number of features.
  static let count = frames + Frame.count
  /// The first feature of a frame.
  static let frames = 16 + 3 * 9 + 2

  /// What one side of the scales holds.
  private struct Sum {
    var near: Float = 0
    var before: Float = 0
    var after: Float = 0
    var inClause: Float = 0
  }

  private var good = Sum()
  private var bad = Sum()
  /// The feature of the target's frame, less `frames`.
  var frame: Int?

  /// Adds a word with a polarity from -3 to 3 that stands `distance` tokens from the target, 1 being beside it.
  mutating func add(_ polarity: Int, isBefore: Bool, isInClause: Bool, distance: Int) {
    let weight = Float(abs(polarity)) / 3
    func put(_ sum: inout Sum) {
      sum.near += 2 * weight / (1 + Float(distance) / 4)
      if isBefore { sum.before += weight } else { sum.after += weight }
      if isInClause { sum.inClause += weight }
    }
    if polarity > 0 { put(&good) } else { put(&bad) }
  }

  /// Calls `body` with each feature that is not 0 and its value.
  @inline(__always)
  func visit(_ body: (_ feature: Int, _ value: Float) -> Void) {
    let sums: [8 of Float] = [
      good.near, good.before, good.after, good.inClause, bad.near, bad.before, bad.after, bad.inClause,
    ]
    for k in sums.indices where sums[k] > 0 {
      body(2 * k, 0.3 * sums[k])
      body(2 * k + 1, 0.5 * log(1 + sums[k]))
    }
    let all = (good: good.before + good.after, bad: bad.before + bad.after)
    body(Self.net((all.good - all.bad) * 1.5, from: 16), 0.3)
    body(Self.net((good.near - bad.near) * 1.5, from: 25), 0.3)
    body(Self.net((good.inClause - bad.inClause) * 2, from: 34), 0.3)
    if all.good + all.bad == 0 { body(43, 0.3) }
    if all.good > 0, all.bad > 0 { body(44, 0.3) }
    if let frame { body(Self.frames + frame, 1) }
  }

  /// The feature, of nine, that stands for which way and how far the scales lean.
  private static func net(_ value: Float, from first: Int) -> Int {
    first + 4 + Int(min(max(value, -4), 4).rounded(.toNearestOrEven))
  }
}
