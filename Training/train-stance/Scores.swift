import StanceScoring

/// The classifications of samples by a model, compared with their labels.
struct Scores {
  private var results: [(truth: Sample.Label, logits: StanceModel.Logits)] = []

  /// Classifies samples by a model in its file, as it ships.
  mutating func add(_ samples: [Sample], by weightsFile: [UInt8]) throws {
    try StanceModel.withModel(in: weightsFile) { model in
      for sample in samples {
        var classifier = MentionClassifier(sample.tokens, model: model)
        let all = 0..<sample.tokens.count
        results.append((sample.label, classifier.logits(all, all, mention: sample.mention)))
      }
    }
  }

  /// Macro F1 where a score nearer to 0 than `abstainBelow` is neutral.
  func macroF1(abstainBelow: Double = 0) -> Double {
    let guesses = results.map { Self.guess($0.logits, abstainBelow).label }
    return Sample.Label.allCases.map { label in
      let hits = zip(results, guesses).count { $0.truth == label && $1 == label }
      let both = results.count { $0.truth == label } + guesses.count { $0 == label }
      return both == 0 ? 0 : 2 * Double(hits) / Double(both)
    }.reduce(0, +) / 3
  }

  /// The classifications for or against by the size of their score, in bands of a tenth: their number, and the shares that
  /// are right and that are of the opposite label.
  var reliability: [(band: Int, count: Int, right: Double, opposite: Double)] {
    (0..<10).compactMap { band in
      let judged = results.map { (truth: $0.truth, guess: Self.guess($0.logits, 0)) }
        .filter { $0.guess.label != .neutral && min(Int(abs($0.guess.score) * 10), 9) == band }
      guard !judged.isEmpty else { return nil }
      let right = judged.count { $0.truth == $0.guess.label }
      let neutral = judged.count { $0.truth == .neutral }
      return (
        band, judged.count, Double(right) / Double(judged.count),
        Double(judged.count - right - neutral) / Double(judged.count)
      )
    }
  }

  /// The share of neutral targets that are classified as for or against.
  func judgedNeutrals(abstainBelow: Double) -> Double {
    let neutral = results.filter { $0.truth == .neutral }
    let judged = neutral.count { Self.guess($0.logits, abstainBelow).label != .neutral }
    return Double(judged) / Double(max(neutral.count, 1))
  }

  private static func guess(_ logits: StanceModel.Logits, _ abstainBelow: Double) -> (
    label: Sample.Label, score: Double
  ) {
    let each = StanceModel.probabilities(logits)
    let score = each.favor - each.against
    if max(each.favor, each.against) <= each.neutral || abs(score) < abstainBelow { return (.neutral, score) }
    return (score > 0 ? .favor : .against, score)
  }
}
