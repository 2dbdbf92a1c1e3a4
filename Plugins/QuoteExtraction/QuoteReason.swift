import Hearsay

/// Why a quote was found: what found it, and the candidates for its speaker.
struct QuoteReason {
  /// The quote's number in its document.
  var quote: Int
  /// The rule, or the model with its scores.
  var finder: String
  /// Those that a pronoun may stand for, likeliest first; the first is the one that it was taken for.
  var speakers: [Candidate]

  /// One that a pronoun may stand for.
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

/// What found a quote.
enum Finder: CustomStringConvertible {
  case model(cueLogit: Float, margin: Float)
  case marksBeforeCue, marksBehindCue, cueInMarks, evaluativeVerb, saidBefore, clauseBehindCue, clauseBeforeCue
  case clauseAroundCue, accordingTo
  case marksBehindQuote, blockOfLostCue, blockBehindQuote, attribution, marksInClause, transcript, marks

  var description: String {
    switch self {
    case .model(let cueLogit, let margin):
      "the model: logit of the cue \(Self.rounded(cueLogit)), of its words against none \(Self.rounded(margin))"
    case .marksBeforeCue: "rule: marks right before a cue"
    case .marksBehindCue: "rule: marks right behind a cue"
    case .saidBefore: "rule: a sentence that says only who said what stands before"
    case .evaluativeVerb: "rule: marks behind a verb that judges"
    case .cueInMarks: "rule: a cue within the marks"
    case .clauseBehindCue: "rule: the clause behind a cue"
    case .clauseBeforeCue: "rule: the clause before a cue at a sentence's end"
    case .clauseAroundCue: "rule: the clause around a cue"
    case .accordingTo: "rule: 'according to'"
    case .marksBehindQuote: "rule: marks without a cue behind a quote in the same paragraph"
    case .blockOfLostCue: "rule: a paragraph in marks, and a cue that lost its words"
    case .blockBehindQuote: "rule: a paragraph in marks behind a quote"
    case .attribution: "rule: marks before a line of attribution"
    case .marksInClause: "rule: marks without a cue, by the subject of their clause"
    case .transcript: "rule: a turn of a transcript"
    case .marks: "rule: marks without a cue"
    }
  }

  private static func rounded(_ value: Float) -> Float { (value * 10).rounded() / 10 }
}
