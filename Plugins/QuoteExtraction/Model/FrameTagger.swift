/// Finds the likeliest labels of a frame's elements (Viterbi, 1967), in whole numbers.
///
/// The scores of an element's labels are eight 16-bit lanes. Now and then the best of them is taken from all: what is far
/// behind the best cannot catch up, so little room is enough.
struct FrameTagger {
  /// Scores of labels, of an element or of a step to it, in steps of a frame's weight; a lane a label.
  typealias Scores = SIMD8<Int16>

  private static let labels = FrameLabel.count
  /// As good as never.
  static let never: Int16 = -10_000
  /// No step between two labels that may be weighs more or less than this from 0.
  static let mostStep: Int16 = 2_000
  /// After so many elements, a power of two, the best is taken from all. No element weighs more than
  /// 127 · `FrameFeatures.count` from 0, so three before it, and one that is never, do not overflow a lane.
  private static let stretch = 4

  /// The weights of an element's labels, and where those of the step to it begin.
  private struct Node {
    var own = Scores.zero
    var step = 0
  }

  /// The elements of the frame; the lists below are longer.
  private var count = 0
  private var nodes = [Node](repeating: Node(), count: Frame.mostElements)
  /// The best of all labels before, for each element and label.
  private var scores = [Scores](repeating: .zero, count: Frame.mostElements)
  /// The likeliest labels of the frame.
  private(set) var labels: [FrameLabel] = []

  /// Finds the likeliest labels of a frame.
  ///
  /// - Returns: How much likelier they are than the cue alone, in logits.
  mutating func label(_ frame: Frame, in elements: Swift.Span<Elements.Element>, model: QuoteModel) -> Float {
    weigh(frame, in: elements, model)
    let score = decode(model, bonus: 0)
    return Float(score - empty(frame, model.steps)) * model.frameStep
  }

  /// Finds the likeliest labels of the frame labelled last, those with a speaker favoured by so much, in logits.
  mutating func labelAgain(speakerBonus: Float, model: QuoteModel) {
    _ = decode(model, bonus: Int16(min(speakerBonus / model.frameStep, Float(Self.mostStep))))
  }

  private mutating func weigh(_ frame: Frame, in elements: Swift.Span<Elements.Element>, _ model: QuoteModel) {
    let features = FrameFeatures(frame, of: elements)
    count = frame.elements.count
    var nodes = nodes.mutableSpan
    var k = 0
    let raised = Scores(repeating: 128 * Int16(FrameFeatures.count))
    var sum = Scores.zero
    features.visit { row in
      // `FrameFeatures.count` times 255 do not overflow a lane.
      sum &+= Scores(truncatingIfNeeded: model.frameWeights(row))
    } element: { i in
      nodes[k] = Node(own: sum &- raised, step: features.step(to: i) * Self.labels)
      k += 1
      sum = .zero
    }
  }

  /// The score of the cue alone.
  private func empty(_ frame: Frame, _ weights: [Scores]) -> Int {
    var score = 0
    var last = 0
    for k in 0..<count {
      let own = k == frame.cue - frame.elements.lowerBound ? FrameLabel.cue.rawValue : FrameLabel.outside.rawValue
      score += Int(nodes[k].own[own])
      if k > 0 { score += Int(weights[nodes[k].step + last][own]) }
      last = own
    }
    return score
  }

  /// - Parameter bonus: What each beginning of a speaker adds.
  /// - Returns: The score of the labels found.
  private mutating func decode(_ model: QuoteModel, bonus: Int16) -> Int {
    let weights = model.steps
    labels.removeAll(keepingCapacity: true)
    guard count > 0 else { return 0 }
    var favour = Scores.zero
    favour[FrameLabel.speakerBegins.rawValue] = bonus
    var last = nodes[0].own &+ favour &+ Self.beginnings
    var score = 0
    scores[0] = last
    for k in 1..<count {
      let step = nodes[k].step
      let own = nodes[k].own &+ favour
      let ways01 = best(last[0], weights[step], last[1], weights[step + 1])
      let ways23 = best(last[2], weights[step + 2], last[3], weights[step + 3])
      let ways45 = best(last[4], weights[step + 4], last[5], weights[step + 5])
      last = ways01.best(ways23).best(ways45) &+ own
      if k % Self.stretch == 0 { score += last.takeBest() }
      scores[k] = last
    }
    score += last.takeBest()
    // The best lane is 0.
    var label = 0
    while label + 1 < Self.labels, last[label] < 0 { label += 1 }
    for k in (0..<count).reversed() {
      labels.append(FrameLabel(rawValue: label) ?? .outside)
      if k > 0 { label = before(label, at: k, model.stepsBack) }
    }
    labels.reverse()
    return score
  }

  /// The better of the ways from two labels, to each label.
  @inline(__always)
  private func best(_ score: Int16, _ weights: Scores, _ other: Int16, _ otherWeights: Scores) -> Scores {
    (Scores(repeating: score) &+ weights).best(Scores(repeating: other) &+ otherWeights)
  }

  /// Nothing goes on that has not begun.
  private static let beginnings = FrameLabel.allCases.reduce(into: Scores(repeating: never)) { scores, label in
    if label.mayFollow(.outside) { scores[label.rawValue] = 0 }
  }

  /// The label before `label` at `k` on the best way there.
  ///
  /// - Parameter weights: `QuoteModel.stepsBack`.
  private func before(_ label: Int, at k: Int, _ weights: [Scores]) -> Int {
    let ways = scores[k - 1] &+ weights[nodes[k].step + label]
    var best = ways[0]
    var from = 0
    for other in 1..<Self.labels where ways[other] > best {
      best = ways[other]
      from = other
    }
    return from
  }
}

extension FrameTagger.Scores {
  /// The greater of each lane.
  @inline(__always)
  fileprivate func best(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

  /// Takes the best lane from all, and what is out of reach to `never`.
  ///
  /// - Returns: The best lane.
  @inline(__always)
  fileprivate mutating func takeBest() -> Int {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    let best = Swift.max(two.x, two.y)
    self &-= Self(repeating: best)
    self = self.best(Self(repeating: FrameTagger.never))
    return Int(best)
  }
}
