/// Finds the likeliest labels of a frame's elements (Viterbi, 1967), in whole numbers.
struct FrameTagger {
  private static let labels = FrameLabel.count

  /// The weights of each element, a lane a label, in steps.
  private var nodes: [SIMD8<Int16>] = []
  /// Where the weights of the step to each element begin.
  private var steps: [Int] = []
  /// The best score of each element and label, of all labels before it.
  private var scores: [Int32] = []

  /// The labels of a frame, and how much likelier than none they are.
  struct Result {
    var labels: [FrameLabel]
    /// The likeliest labels that hold a speaker, where the likeliest of all hold none.
    var withSpeaker: [FrameLabel]?
    /// In logits: the score of the labels less that of the cue alone.
    var margin: Float
  }

  /// - Parameter speakerBonus: How much less likely labels may be for a speaker that they hold, in logits.
  mutating func labels(
    of frame: Frame, in elements: Swift.Span<Elements.Element>, model: QuoteModel, speakerBonus: Float
  ) -> Result {
    let count = frame.elements.count
    weigh(frame, in: elements, model)
    let (labels, score) = decode(count, model.steps, bonus: 0)
    var result = Result(labels: labels, margin: Float(score &- empty(frame, model.steps)) * model.frameStep)
    if speakerBonus > 0, !labels.contains(.speakerBegins), labels.contains(.contentBegins) {
      let other = decode(count, model.steps, bonus: Int32(speakerBonus / model.frameStep)).labels
      if other.contains(.speakerBegins) { result.withSpeaker = other }
    }
    return result
  }

  private mutating func weigh(_ frame: Frame, in elements: Swift.Span<Elements.Element>, _ model: QuoteModel) {
    let features = FrameFeatures(frame, of: elements)
    nodes.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
    let raised = SIMD8<Int16>(repeating: 128 * Int16(FrameFeatures.count))
    var sum = SIMD8<Int16>.zero
    features.visit { row in
      // `FrameFeatures.count` times 255 do not overflow a lane.
      sum &+= SIMD8<Int16>(truncatingIfNeeded: model.frameWeights(row))
    } element: { i in
      nodes.append(sum &- raised)
      steps.append(features.step(to: i) * Self.labels * Self.labels)
      sum = .zero
    }
  }

  /// The score of the cue alone.
  private func empty(_ frame: Frame, _ weights: [Int32]) -> Int32 {
    var score: Int32 = 0
    var last = 0
    for k in 0..<frame.elements.count {
      let own = k == frame.cue - frame.elements.lowerBound ? FrameLabel.cue.rawValue : FrameLabel.outside.rawValue
      score &+= Int32(nodes[k][own])
      if k > 0 { score &+= weights[steps[k] + own * Self.labels + last] }
      last = own
    }
    return score
  }

  /// - Parameter bonus: What each beginning of a speaker adds.
  private mutating func decode(_ count: Int, _ weights: [Int32], bonus: Int32) -> (labels: [FrameLabel], score: Int32) {
    let labels = Self.labels
    scores.removeAll(keepingCapacity: true)
    // Nothing goes on that has not begun.
    for label in FrameLabel.allCases {
      scores.append(label.mayFollow(.outside) ? Int32(nodes[0][label.rawValue]) : -1_000_000)
    }
    scores[FrameLabel.speakerBegins.rawValue] &+= bonus
    var last = Scores(scores.span, at: 0)
    for k in 1..<max(count, 1) {
      let next = last.next(weights.span, at: steps[k], nodes[k], bonus)
      next.append(to: &scores)
      last = next
    }
    var label = 0
    let end = (count - 1) * labels
    for other in 1..<labels where scores[end + other] > scores[end + label] { label = other }
    let score = scores[end + label]
    var result = [FrameLabel](repeating: .outside, count: count)
    var k = count - 1
    while k >= 0 {
      result[k] = FrameLabel.allCases[label]
      if k > 0 { label = before(label, at: k, weights) }
      k -= 1
    }
    return (result, score)
  }

  /// The label before `label` at `k` on the best way there.
  private func before(_ label: Int, at k: Int, _ weights: [Int32]) -> Int {
    var best = Int32.min
    var from = 0
    for other in 0..<Self.labels {
      let score = scores[(k - 1) * Self.labels + other] &+ weights[steps[k] + label * Self.labels + other]
      if score > best {
        best = score
        from = other
      }
    }
    return from
  }
}

/// The best score of each label at an element, kept in registers from one element to the next.
private struct Scores {
  // One for each of `FrameLabel`.
  let s0, s1, s2, s3, s4, s5: Int32

  init(_ scores: Swift.Span<Int32>, at i: Int) {
    (s0, s1, s2) = (scores[i], scores[i + 1], scores[i + 2])
    (s3, s4, s5) = (scores[i + 3], scores[i + 4], scores[i + 5])
  }

  private init(_ s0: Int32, _ s1: Int32, _ s2: Int32, _ s3: Int32, _ s4: Int32, _ s5: Int32) {
    (self.s0, self.s1, self.s2, self.s3, self.s4, self.s5) = (s0, s1, s2, s3, s4, s5)
  }

  @inline(__always)
  private func best(_ weights: Swift.Span<Int32>, _ i: Int) -> Int32 {
    max(
      max(max(s0 &+ weights[i], s1 &+ weights[i + 1]), max(s2 &+ weights[i + 2], s3 &+ weights[i + 3])),
      max(s4 &+ weights[i + 4], s5 &+ weights[i + 5]))
  }

  /// The scores at the next element.
  ///
  /// - Parameters:
  ///   - weights: Of the step there from `step` on: by label, then by the label before.
  ///   - node: The weights of its labels.
  ///   - bonus: What the beginning of a speaker adds.
  @inline(__always)
  func next(
    _ weights: Swift.Span<Int32>, at step: Int, _ node: SIMD8<Int16>, _ bonus: Int32
  ) -> Scores {
    let count = FrameLabel.count
    return Scores(
      best(weights, step) &+ Int32(node[0]), best(weights, step + count) &+ Int32(node[1]),
      best(weights, step + 2 * count) &+ Int32(node[2]), best(weights, step + 3 * count) &+ Int32(node[3]) &+ bonus,
      best(weights, step + 4 * count) &+ Int32(node[4]), best(weights, step + 5 * count) &+ Int32(node[5]))
  }

  @inline(__always)
  func append(to scores: inout [Int32]) {
    scores.append(s0)
    scores.append(s1)
    scores.append(s2)
    scores.append(s3)
    scores.append(s4)
    scores.append(s5)
  }
}
