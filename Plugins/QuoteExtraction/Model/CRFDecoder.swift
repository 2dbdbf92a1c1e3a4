/// Finds the likeliest labels of a window's tokens (Viterbi, 1967), in whole numbers.
///
/// The scores of a token's labels are eight 16-bit lanes. At intervals the best of them is subtracted from all: a score far
/// below the best cannot catch up, so 16 bits are enough.
package struct CRFDecoder {
  /// Scores of labels, of a token or of a transition to it, in units of a window's weight; a lane for each label.
  typealias Scores = SIMD8<Int16>

  static let labels = WindowLabel.count
  /// The score of what cannot be.
  static let never: Int16 = -10_000
  /// No score of an allowed transition is further from 0.
  static let largestTransition: Int16 = 2_000
  /// After this many tokens, a power of two, the best is subtracted from all. No emission is further from 0 than
  /// 127 · `WindowFeatures.count`, so three of them and one that cannot be do not overflow a lane.
  private static let stretch = 4

  /// The scores of a token's labels, and where those of the transition to it begin.
  struct Node {
    var emission = Scores.zero
    var transition = 0
  }

  /// The number of tokens in the window; the lists below are longer.
  private(set) var count = 0
  private(set) var nodes = [Node](repeating: Node(), count: CueWindow.longest)
  /// The best score of all paths to each token and label.
  private var scores = [Scores](repeating: .zero, count: CueWindow.longest)
  /// The likeliest labels of the window, and others.
  private(set) var nBest = NBestDecoder()

  /// Finds the likeliest labels of a window and, with other content, up to `most` in all, none less likely than the first by
  /// more than `within`, in logits: see `nBest`.
  ///
  /// - Returns: How much likelier the first are than the cue alone, in logits.
  mutating func label(
    _ window: CueWindow, in tokens: Swift.Span<ModelToken>, model: QuoteModel, most: Int, within: Float
  ) -> Float {
    weigh(window, in: tokens, model)
    let score = decode(model)
    nBest.find(
      count, nodes, scores, model, most: most, within: Int(within / model.windowScale))
    return Float(score - empty(window, model.transitions)) * model.windowScale
  }

  private mutating func weigh(_ window: CueWindow, in tokens: Swift.Span<ModelToken>, _ model: QuoteModel) {
    let features = WindowFeatures(window, of: tokens)
    count = window.tokens.count
    var nodes = nodes.mutableSpan
    var k = 0
    let raised = Scores(repeating: 128 * Int16(WindowFeatures.count))
    var sum = Scores.zero
    features.visit { row in
      // `WindowFeatures.count` times 255 do not overflow a lane.
      sum &+= Scores(truncatingIfNeeded: model.windowWeights(row))
    } token: { i in
      nodes[k] = Node(emission: sum &- raised, transition: features.transitionKind(to: i) * Self.labels)
      k += 1
      sum = .zero
    }
  }

  /// The score of the cue alone.
  private func empty(_ window: CueWindow, _ weights: [Scores]) -> Int {
    let cue = window.offset(of: window.cue).value
    var score = 0
    var last = 0
    for k in 0..<count {
      let label = k == cue ? WindowLabel.cue.rawValue : WindowLabel.outside.rawValue
      score += Int(nodes[k].emission[label])
      if k > 0 { score += Int(weights[nodes[k].transition + last][label]) }
      last = label
    }
    return score
  }

  /// - Returns: The score of the likeliest labels.
  private mutating func decode(_ model: QuoteModel) -> Int {
    let weights = model.transitions
    guard count > 0 else { return 0 }
    var last = nodes[0].emission &+ Self.beginnings
    var score = 0
    scores[0] = last
    for k in 1..<count {
      let transition = nodes[k].transition
      let emission = nodes[k].emission
      let paths01 = best(last[0], weights[transition], last[1], weights[transition + 1])
      let paths23 = best(last[2], weights[transition + 2], last[3], weights[transition + 3])
      let paths45 = best(last[4], weights[transition + 4], last[5], weights[transition + 5])
      last = paths01.best(paths23).best(paths45) &+ emission
      if k % Self.stretch == 0 { score += last.subtractBest() }
      scores[k] = last
    }
    return score + last.subtractBest()
  }

  /// The better of the paths from two labels, to each label.
  @inline(__always)
  private func best(_ score: Int16, _ weights: Scores, _ other: Int16, _ otherWeights: Scores) -> Scores {
    (Scores(repeating: score) &+ weights).best(Scores(repeating: other) &+ otherWeights)
  }

  /// A sequence cannot start with an inside label (BIO constraint).
  private static let beginnings = WindowLabel.allCases.reduce(into: Scores(repeating: never)) { scores, label in
    if label.mayFollow(.outside) { scores[label.rawValue] = 0 }
  }
}

extension CRFDecoder.Scores {
  /// The greatest lane.
  @inline(__always)
  var best: Int16 {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return Swift.max(two.x, two.y)
  }

  /// The greater of each lane.
  @inline(__always)
  fileprivate func best(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

  /// Subtracts the best lane from all, and raises what is out of reach to `never`.
  ///
  /// - Returns: The best lane.
  @inline(__always)
  fileprivate mutating func subtractBest() -> Int {
    let best = best
    self &-= Self(repeating: best)
    self = self.best(Self(repeating: CRFDecoder.never))
    return Int(best)
  }
}
