import Hearsay

/// Why a quote was found: what found it, and the candidates for its speaker.
struct QuoteReason {
  /// The quote's number in its document.
  var quote: Int
  /// The rule, or the model with its scores.
  var finder: String
  /// The antecedents that a pronoun may have, likeliest first; the first one was chosen.
  var speakers: [Candidate]

  /// A possible antecedent.
  struct Candidate {
    var name: String
    /// How likely, of all candidates, from 0 to 1.
    var likelihood: Double
  }

  /// The reason for people, of the quote at `quote` in the document's layer.
  func reason(in document: Document) -> Reason {
    let quotes = document[Quotes.self]
    let found = quotes.indices.contains(quote) ? quotes[quote] : nil
    let cue = found?.cue.map { "cue '\(document.text(in: $0))', " } ?? ""
    var lines = ["\(quote): \(cue)\(finder)"]
    if let first = speakers.first {
      let isResolved = found?.speaker?.name != nil
      let rejected = speakers.dropFirst(isResolved ? 1 : 0)
        .map { "\($0.name) \(JSONValue.number("\($0.likelihood)").json)" }.joined(separator: ", ")
      let taken = isResolved ? first.name : "nobody"
      lines.append("   speaker taken for \(taken)\(rejected.isEmpty ? "" : ", not for \(rejected)")")
    }
    return Reason(of: Quotes.self, element: quote, lines: lines)
  }
}

extension QuoteCandidate.Origin: CustomStringConvertible {
  var description: String {
    switch self {
    case .model(let cueLogit, let margin):
      "the model: logit of the cue \(Self.rounded(cueLogit)), of its words against none \(Self.rounded(margin))"
    case .rule(let id): "rule: \(id)"
    }
  }

  private static func rounded(_ value: Float) -> Float { (value * 10).rounded() / 10 }
}
