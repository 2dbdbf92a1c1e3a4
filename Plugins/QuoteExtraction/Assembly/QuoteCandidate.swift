import Hearsay

/// A quote before it is written, in tokens.
struct QuoteCandidate {
  /// What found a quote.
  enum Origin {
    case model(cueLogit: Float, margin: Float)
    case rule(RuleID)
  }

  var pieces: [Range<Int>]
  var kind: Quote.Kind
  var cue: Int?
  var speaker: Range<Int>?
  var confidence: Double
  /// A whole paragraph or more in quotation marks, with no cue beside it.
  var isBlock = false
  var origin: Origin
  /// All words of the cue, where the model found them.
  var cueTokens: [Int] = []
  /// The indices of the quotations that the model found in it.
  var quotations: [Int] = []

  var start: Int { pieces.first?.lowerBound ?? 0 }
  var end: Int? { pieces.last?.upperBound }
}
