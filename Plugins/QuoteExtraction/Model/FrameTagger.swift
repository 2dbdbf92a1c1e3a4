/// Finds the likeliest labels of a frame's elements (Viterbi, 1967), in whole numbers.
struct FrameTagger {
  private static let labels = FrameLabel.count

  /// The weights of each element and label, in steps.
  private var nodes: [Int32] = []
  private var steps: [Int] = []
  /// Label before, by element and label.
  private var before: [UInt8] = []

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
    let raised = 128 * Int32(FrameFeatures.count)
    for i in frame.elements {
      let (even, odd) = model.weights(i, of: features)
      for label in 0..<Self.labels {
        let field = label & 1 == 0 ? even : odd
        nodes.append(Int32(truncatingIfNeeded: (field >> UInt64(16 * (label >> 1))) & 0xFFFF) - raised)
      }
      steps.append(features.step(to: i) * Self.labels * Self.labels)
    }
  }

  /// The score of the cue alone.
  private func empty(_ frame: Frame, _ weights: [Int32]) -> Int32 {
    var score: Int32 = 0
    var last = 0
    for k in 0..<frame.elements.count {
      let own = k == frame.cue - frame.elements.lowerBound ? FrameLabel.cue.rawValue : FrameLabel.outside.rawValue
      score &+= nodes[k * Self.labels + own]
      if k > 0 { score &+= weights[steps[k] + own * Self.labels + last] }
      last = own
    }
    return score
  }

  /// - Parameter bonus: What each beginning of a speaker adds.
  private mutating func decode(_ count: Int, _ weights: [Int32], bonus: Int32) -> (labels: [FrameLabel], score: Int32) {
    let labels = Self.labels
    if before.count < count * labels { before = Array(repeating: 0, count: count * labels) }
    var scores = [Int32](repeating: 0, count: labels)
    var next = scores
    for k in 0..<count {
      for label in 0..<labels {
        var best = Int32.min
        var from = 0
        if k == 0 {
          // Nothing goes on that has not begun.
          best = FrameLabel.allCases[label].mayFollow(.outside) ? 0 : -1_000_000
        } else {
          for other in 0..<labels {
            let score = scores[other] &+ weights[steps[k] + label * labels + other]
            if score > best {
              best = score
              from = other
            }
          }
        }
        next[label] = best &+ nodes[k * labels + label]
        if label == FrameLabel.speakerBegins.rawValue { next[label] &+= bonus }
        before[k * labels + label] = UInt8(truncatingIfNeeded: from)
      }
      swap(&scores, &next)
    }
    var label = 0
    for other in 1..<labels where scores[other] > scores[label] { label = other }
    let score = scores[label]
    var result = [FrameLabel](repeating: .outside, count: count)
    var k = count - 1
    while k >= 0 {
      result[k] = FrameLabel.allCases[label]
      label = Int(before[k * labels + label])
      k -= 1
    }
    return (result, score)
  }
}
