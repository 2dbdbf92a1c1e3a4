import Hearsay
import HearsayText

/// A quotation that holds its own cue, as French and Italian papers write it: `« C’est fini, a dit Lee, pour nous. »`
enum CueInQuotation: TextRule {
  static let id = RuleID.cueInQuotation
  static let summary = "a cue within the quotation"
  static let examples = [
    RuleExample(
      "« C’est une bonne nouvelle pour la ville, a dit Paul Durand, et pour nous. »",
      "direct|C’est une bonne nouvelle pour la ville et pour nous.|Paul Durand", language: "fr")
  ]

  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    guard assembler.analysis.language.traits.contains(.medialCues) else { return }
    var next = 0
    for index in assembler.quotations.indices where !assembler.occupancy.isConsumed(index) {
      let content = assembler.quotations[index].content
      let cues = assembler.analysis.cues
      while next < cues.count, cues[next] < content.lowerBound { next += 1 }
      var number = next
      while number < cues.count, cues[number] < content.upperBound {
        let cue = cues[number]
        number += 1
        guard assembler.analysis.roles[cue] == .speech,
          let attribution = MedialAttribution(of: cue, in: content, assembler.analysis, text)
        else { continue }
        let pieces = assembler.consumeRun(from: index)
        assembler.candidates.append(
          QuoteCandidate(
            pieces: attribution.pieces + pieces.dropFirst(), kind: .direct, cue: cue, speaker: attribution.speaker,
            confidence: 0.95, origin: .rule(id)))
        break
      }
    }
  }
}

/// A cue and its speaker between two commas or dashes within a quotation.
private struct MedialAttribution {
  /// `nil` where the verb stands without its subject.
  var speaker: Range<Int>?
  /// What is said before it and after it.
  var pieces: [Range<Int>]

  /// No more words stand before its cue, and no more tokens belong to all of it.
  private static let mostBefore = 4
  private static let longest = 24

  /// The attribution that the cue is in, between two marks within `content`; `nil` where it is in none.
  init?(of cue: Int, in content: Range<Int>, _ analysis: AnalyzedText, _ text: Swift.Span<UInt8>) {
    let (tokens, classes, roles) = (analysis.tokens, analysis.classes, analysis.roles)
    // "a-t-il", "ha": the verb stands before its subject.
    var start = cue
    while start > content.lowerBound, cue - start <= Self.mostBefore,
      roles[start - 1] == .auxiliary || classes[start - 1] == .objectPronoun || analysis.isPronoun(start - 1, in: text)
    { start -= 1 }
    guard start > content.lowerBound + 1, Self.isBorder(tokens[start - 1]), !analysis.isPronoun(start, in: text) else {
      return nil
    }
    var speaker = (start..<cue).first { analysis.isPronoun($0, in: text) }.map { $0..<$0 + 1 }
    let isBare =
      analysis.language.traits.contains(.droppedSubjects) && cue + 1 < content.upperBound
      && Self.isBorder(tokens[cue + 1])
    if speaker == nil, !isBare {
      guard analysis.beginsNounPhrase(cue + 1) || analysis.isPronoun(cue + 1, in: text),
        let subject = analysis.subject(after: cue, to: min(content.upperBound, cue + Self.longest), in: text)
      else { return nil }
      speaker = subject
    }
    var end = max(cue + 1, speaker?.upperBound ?? 0)
    while end < content.upperBound, end - start < Self.longest, !Self.isBorder(tokens[end]),
      !tokens[end].mark.endsSentence
    { end += 1 }
    guard end == content.upperBound || Self.isBorder(tokens[end]) || tokens[end].mark.endsSentence else { return nil }
    self.speaker = speaker
    pieces = [content.lowerBound..<start - 1]
    if end + 1 < content.upperBound { pieces.append(end + 1..<content.upperBound) }
  }

  private static func isBorder(_ token: Token) -> Bool { token.mark == .comma || token.mark == .dash }
}
