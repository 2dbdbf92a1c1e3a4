import Foundation

/// The choice among a window's candidates that expects to be right the most (minimum Bayes risk).
struct MinimumBayesRisk {
  /// The index of the candidate chosen.
  private(set) var index = 0
  /// The likelihood that half or more of its content is right.
  private(set) var confidence: Float = 0

  /// Weighs the candidates of a window, and that it has no attribution, against each other. Any of them may be true; the
  /// choice is the one that expects to share the most with the true one: half of the content, and all of it.
  init(
    _ attributions: Swift.Span<AttributionCandidate>, in window: CueWindow, of tokens: Swift.Span<ModelToken>,
    priors: Swift.Span<UInt8>, by model: QuoteModel
  ) {
    let features = AttributionFeatures(window, of: tokens, priors: priors)
    var factors = InlineArray<16, Float>(repeating: 0)
    var lengths = InlineArray<16, Int>(repeating: 0)
    var sum: Float = 1
    let count = min(attributions.count, factors.count)
    for k in 0..<count {
      // Beyond 60 the others count for nothing.
      factors[k] = exp(min(model.score(attributions[k], features), 60))
      lengths[k] = attributions[k].length(tokens)
      sum += factors[k]
    }
    var most: Float = 0
    // Unlikely candidates are not chosen, and still less likely ones add nothing.
    for i in 0..<count where factors[i] * 50 > sum {
      var found = factors[i]
      for k in 0..<count where k != i && factors[k] * 500 > sum {
        if attributions[i].sharesHalf(with: attributions[k], tokens, lengths: lengths[i] + lengths[k]) {
          found += factors[k]
        }
      }
      let value = found + factors[i]
      if value > most {
        most = value
        index = i
        confidence = found / sum
      }
    }
  }
}
