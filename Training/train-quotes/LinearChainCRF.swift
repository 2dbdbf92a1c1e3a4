import Foundation
import QuoteExtraction

/// A window with its true labels.
struct WindowSample {
  /// The rows of each token's features, `WindowFeatures.count` for each; `leftOut` for those that are left out.
  var rows: [UInt32] = []
  var transitions: [UInt8] = []
  var labels: [UInt8] = []

  static let leftOut = UInt32.max

  init(_ window: CueWindow, _ labels: [WindowLabel], in input: ModelInput) {
    let features = WindowFeatures(window, of: input.tokens.all.span)
    rows.reserveCapacity(window.tokens.count * WindowFeatures.count)
    features.visit {
      rows.append($0)
    } token: {
      transitions.append(UInt8(features.transitionKind(to: $0)))
    }
    self.labels = labels.map { UInt8($0.rawValue) }
  }

  /// The sample with about half of its features left out, others for each seed, so that no feature relies on another
  /// (dropout: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014).
  func halved(seed: UInt32) -> Self {
    var halved = self
    var random = seed &* 0x9E37_79B1 | 1
    for k in rows.indices {
      random ^= random << 13
      random ^= random >> 17
      random ^= random << 5
      if random >> 31 == 0 { halved.rows[k] = Self.leftOut }
    }
    return halved
  }
}

/// A linear-chain conditional random field, learned by AdaGrad on the likelihood of one window after another, half of its
/// features left out.
struct LinearChainCRF {
  static let labels = WindowLabel.count
  static let forbidden: Float = -1e4

  /// A weight a row and label.
  var rows = [Float](repeating: 0, count: WindowLabel.count << WindowFeatures.bits)
  /// `[transition][label][label before]`.
  var transitions = [Float](repeating: 0, count: QuoteModel.transitionCount)

  /// What a weight counts for while half of the features are left out.
  private static let scale: Float = 2

  /// - Parameter order: Decides in which order the windows are learned and which features are left out.
  init(_ samples: [WindowSample], epochs: Int, order: Int, rate: Float = 0.1, decay: Float = 1e-4) {
    let labels = Self.labels
    for transition in 0..<WindowFeatures.transitionKinds {
      for label in WindowLabel.allCases {
        for before in WindowLabel.allCases where !label.mayFollow(before) {
          transitions[(transition * labels + label.rawValue) * labels + before.rawValue] = Self.forbidden
        }
      }
    }
    var rowSquares = [Float](repeating: 1, count: rows.count)
    var transitionSquares = [Float](repeating: 1, count: transitions.count)
    var chain = Chain()
    for epoch in 0..<epochs {
      for index in scattered(samples.count, epoch, order: order) {
        let seed = index &* 256 &+ order &* 16 &+ epoch
        let sample = samples[index].halved(seed: UInt32(truncatingIfNeeded: seed))
        chain.run(sample, self)
        for k in sample.labels.indices {
          let truth = Int(sample.labels[k])
          for at in k * WindowFeatures.count..<(k + 1) * WindowFeatures.count
          where sample.rows[at] != WindowSample.leftOut {
            let row = labels * Int(sample.rows[at])
            for label in 0..<labels {
              let error = chain.nodes[k * labels + label] - (label == truth ? 1 : 0)
              if abs(error) < 1e-4 { continue }
              let gradient = Self.scale * error + decay * rows[row + label]
              rowSquares[row + label] += gradient * gradient
              rows[row + label] -= rate * gradient / rowSquares[row + label].squareRoot()
            }
          }
          guard k > 0 else { continue }
          let transition = Int(sample.transitions[k]) * labels * labels
          for label in 0..<labels {
            for before in 0..<labels {
              let at = transition + label * labels + before
              if transitions[at] == Self.forbidden { continue }
              let isTrue = label == truth && before == Int(sample.labels[k - 1])
              let error = chain.edges[(k * labels + label) * labels + before] - (isTrue ? 1 : 0)
              if abs(error) < 1e-4 { continue }
              transitionSquares[at] += error * error
              transitions[at] -= rate * error / transitionSquares[at].squareRoot()
            }
          }
        }
      }
    }
  }

  /// The field whose every weight is the mean of those of the fields.
  static func mean(_ fields: [LinearChainCRF]) -> LinearChainCRF {
    guard var mean = fields.first else { return LinearChainCRF([], epochs: 0, order: 0) }
    let share = 1 / Float(fields.count)
    for k in mean.rows.indices { mean.rows[k] = fields.reduce(0) { $0 + share * $1.rows[k] } }
    for k in mean.transitions.indices where mean.transitions[k] != forbidden {
      mean.transitions[k] = fields.reduce(0) { $0 + share * $1.transitions[k] }
    }
    return mean
  }

  /// The likelihood of each label and of each pair of labels, by forward and backward sums.
  struct Chain {
    var nodes: [Float] = []
    var edges: [Float] = []
    private var scores: [Float] = []
    private var forward: [Float] = []
    private var backward: [Float] = []
    private var factors: [Float] = []

    private let labels = LinearChainCRF.labels

    mutating func run(_ sample: WindowSample, _ field: borrowing LinearChainCRF) {
      let count = sample.labels.count
      makeRoom(for: count)
      score(sample, field)
      sumForward(count)
      sumBackward(count)
      normalize(count)
    }

    private mutating func makeRoom(for count: Int) {
      for keep in [\Chain.nodes, \.scores, \.forward, \.backward] where self[keyPath: keep].count < count * labels {
        self[keyPath: keep] = Array(repeating: 0, count: count * labels)
      }
      if edges.count < count * labels * labels {
        edges = Array(repeating: 0, count: count * labels * labels)
        factors = edges
      }
    }

    /// The scores of each label and pair of labels, as factors.
    private mutating func score(_ sample: WindowSample, _ field: borrowing LinearChainCRF) {
      for k in sample.labels.indices {
        for label in 0..<labels { scores[k * labels + label] = 0 }
        for at in k * WindowFeatures.count..<(k + 1) * WindowFeatures.count
        where sample.rows[at] != WindowSample.leftOut {
          let row = labels * Int(sample.rows[at])
          for label in 0..<labels { scores[k * labels + label] += LinearChainCRF.scale * field.rows[row + label] }
        }
        let top = (0..<labels).reduce(-Float.infinity) { max($0, scores[k * labels + $1]) }
        for label in 0..<labels { scores[k * labels + label] = exp(scores[k * labels + label] - top) }
        let transition = Int(sample.transitions[k]) * labels * labels
        for pair in 0..<labels * labels {
          factors[k * labels * labels + pair] = exp(field.transitions[transition + pair])
        }
      }
    }

    private mutating func sumForward(_ count: Int) {
      for label in 0..<labels {
        forward[label] =
          WindowLabel.allCases[label].mayFollow(.outside) ? scores[label] : 0
        backward[(count - 1) * labels + label] = 1
      }
      for k in stride(from: 1, to: count, by: 1) {
        var sum: Float = 0
        for label in 0..<labels {
          var total: Float = 0
          for before in 0..<labels {
            total += forward[(k - 1) * labels + before] * factors[(k * labels + label) * labels + before]
          }
          forward[k * labels + label] = total * scores[k * labels + label]
          sum += forward[k * labels + label]
        }
        for label in 0..<labels { forward[k * labels + label] /= max(sum, 1e-30) }
      }
    }

    private mutating func sumBackward(_ count: Int) {
      for k in stride(from: count - 2, through: 0, by: -1) {
        var sum: Float = 0
        for before in 0..<labels {
          var total: Float = 0
          for label in 0..<labels {
            total +=
              factors[((k + 1) * labels + label) * labels + before] * scores[(k + 1) * labels + label]
              * backward[(k + 1) * labels + label]
          }
          backward[k * labels + before] = total
          sum += total
        }
        for before in 0..<labels { backward[k * labels + before] /= max(sum, 1e-30) }
      }
    }

    /// Turns the sums into likelihoods.
    private mutating func normalize(_ count: Int) {
      for k in 0..<count {
        var sum: Float = 0
        for label in 0..<labels {
          nodes[k * labels + label] = forward[k * labels + label] * backward[k * labels + label]
          sum += nodes[k * labels + label]
        }
        for label in 0..<labels { nodes[k * labels + label] /= max(sum, 1e-30) }
        guard k > 0 else { continue }
        sum = 0
        for label in 0..<labels {
          for before in 0..<labels {
            let at = (k * labels + label) * labels + before
            edges[at] =
              forward[(k - 1) * labels + before] * factors[at] * scores[k * labels + label]
              * backward[k * labels + label]
            sum += edges[at]
          }
        }
        for at in k * labels * labels..<(k + 1) * labels * labels { edges[at] /= max(sum, 1e-30) }
      }
    }
  }
}
