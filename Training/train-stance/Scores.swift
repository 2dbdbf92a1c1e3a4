import StanceScoring

/// What a model made of samples.
struct Scores {
  private var cases: [(truth: Sample.Label, logits: StanceModel.Logits)] = []

  /// Judges samples by the compact form of a model, as it ships.
  mutating func add(_ samples: [Sample], by compact: [UInt8]) {
    unsafe compact.withUnsafeBufferPointer { compact in
      let model = unsafe StanceModel(compact: compact)
      for sample in samples {
        var reader = StanceReader(sample.tokens, model: model)
        let all = 0..<sample.tokens.count
        cases.append((sample.label, reader.logits(all, all, mention: sample.mention)))
      }
    }
  }

  /// Macro F1 where a score nearer to 0 than `abstainBelow` is neutral.
  func macroF1(abstainBelow: Double = 0) -> Double {
    let guesses = cases.map { Self.guess($0.logits, abstainBelow).label }
    return Sample.Label.allCases.map { label in
      let hits = zip(cases, guesses).count { $0.truth == label && $1 == label }
      let both = cases.count { $0.truth == label } + guesses.count { $0 == label }
      return both == 0 ? 0 : 2 * Double(hits) / Double(both)
    }.reduce(0, +) / 3
  }

  /// Judgements for or against by the size of their score, in bands of a tenth: how many they are, and the shares of them
  /// that are right, and that are of the other side.
  var reliability: [(band: Int, count: Int, right: Double, opposite: Double)] {
    (0..<10).compactMap { band in
      let judged = cases.map { (truth: $0.truth, guess: Self.guess($0.logits, 0)) }
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

  /// What is said of targets about which nothing is: the share of neutral ones that are judged.
  func judgedNeutrals(abstainBelow: Double) -> Double {
    let neutral = cases.filter { $0.truth == .neutral }
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
