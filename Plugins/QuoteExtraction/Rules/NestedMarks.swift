import Hearsay
import HearsayText

/// Words in single quotation marks inside a quotation are marked words of their own.
enum NestedSingleMarks: TextRule {
  static let id = RuleID.nestedSingleMarks
  static let summary = "words in single marks within a quotation"
  static let examples = [
    RuleExample(
      "Ann Lee said: “He told me ‘never’ twice.”", "direct|He told me ‘never’ twice.|Ann Lee", "scare|never|-")
  ]

  /// No more tokens stand between the marks.
  private static let longest = 12

  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    var found: [QuoteCandidate] = []
    for candidate in assembler.candidates where candidate.kind == .direct {
      for piece in candidate.pieces { add(piece, assembler.analysis, to: &found) }
    }
    assembler.addMarkedWords(found)
  }

  private static func add(_ piece: Range<Int>, _ analysis: AnalyzedText, to found: inout [QuoteCandidate]) {
    var open: Int?
    let tokens = analysis.tokens.span
    for i in piece where tokens[i].mark.isSingleQuote {
      if tokens[i].gap != .none || tokens[i].mark == .curlySingleLeft {
        open = i
      } else if let start = open, i - start <= longest, i > start + 1 {
        found.append(
          QuoteCandidate(
            pieces: [analysis.withoutCommaAtEnd(start + 1..<i)], kind: .scare, confidence: 0.7, origin: .rule(id)))
        open = nil
      }
    }
  }
}

/// A few words in quotation marks within reported speech are marked words of their own where no verb of speech reports them, or
/// where they stand before a noun of what is no clause: `They discussed a “final” offer` does not say that the word is theirs.
enum NestedMarkedWords: TextRule {
  static let id = RuleID.nestedMarkedWords
  static let summary = "a few marked words within a report"
  static let examples = [
    RuleExample(
      "They discussed the deployment of a “peace” force.",
      "mixed|the deployment of a “peace” force|They", "scare|peace|-", usesModel: true)
  ]

  /// No more tokens stand between the marks.
  private static let longest = 3

  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    var found: [QuoteCandidate] = []
    for candidate in assembler.candidates where candidate.kind == .mixed {
      guard let cue = candidate.cue, assembler.analysis.roles[cue] != .evaluativeVerb else { continue }
      let isSaid = assembler.analysis.roles[cue] != .none
      for index in candidate.quotations {
        let quotation = assembler.quotations[index]
        guard quotation.content.count <= longest, let last = quotation.content.last,
          assembler.analysis.tokens[last].kind != .mark
        else { continue }
        let end = quotation.endToken
        if isSaid,
          !isBeforeNoun(end, in: candidate, assembler.analysis)
            || isInClause(end, of: candidate, assembler.analysis)
        {
          continue
        }
        found.append(
          QuoteCandidate(pieces: [quotation.content], kind: .scare, confidence: 0.7, origin: .rule(id)))
      }
    }
    assembler.addMarkedWords(found)
  }

  /// Whether there is a verb in what the candidate holds up to the comma after the token.
  private static func isInClause(_ token: Int, of candidate: QuoteCandidate, _ analysis: AnalyzedText) -> Bool {
    for piece in candidate.pieces {
      for i in piece {
        if analysis.classes[i].isVerbal { return true }
        if i > token, analysis.tokens[i].mark == .comma { return false }
      }
    }
    return false
  }

  /// Whether a noun of the candidate stands at the token.
  private static func isBeforeNoun(_ token: Int, in candidate: QuoteCandidate, _ analysis: AnalyzedText) -> Bool {
    candidate.pieces.contains { $0.contains(token) } && analysis.tokens[token].shape == .lower
      && (analysis.classes[token] == .noun || analysis.classes[token] == .endingS)
  }
}

extension QuoteAssembler {
  fileprivate mutating func addMarkedWords(_ found: [QuoteCandidate]) {
    guard !found.isEmpty else { return }
    candidates += found
    sort()
  }
}
