public import Hearsay

/// Why each quote was found, for whoever asks: a stage that finds the layer in its document, empty, fills it.
public enum QuoteReasons: Layer {
  public typealias Element = QuoteReason
  public static let name = "quote_reasons"
  public static let isTransient = true
}

/// What found a quote, and whom its speaker was not taken for.
public struct QuoteReason: LayerElement {
  /// The quote's number in its document.
  public var quote: Int
  /// The rule, or the model with its scores.
  public var finder: String
  /// Those that a pronoun may stand for, likeliest first; the first is the one that it was taken for.
  public var speakers: [Candidate]

  /// One that a pronoun may stand for.
  public struct Candidate: Hashable, Codable, Sendable {
    public var name: String
    /// How likely, of all candidates, from 0 to 1.
    public var likelihood: Double
  }

  public mutating func visitSpans(_ visit: (inout Span) -> Void) {}
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
