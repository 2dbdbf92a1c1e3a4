import Hearsay
import HearsayText

/// A cue and its speaker within the marks, as French and Italian papers write it: `« C’est fini, a dit Lee, pour nous. »`
struct Incise {
  var cue: Int
  /// `nil` where the verb stands without its subject.
  var speaker: Range<Int>?
  /// What is said before it and behind it.
  var pieces: [Range<Int>]

  /// No more words stand before its cue, and no more marks and words in all of it.
  private static let mostBefore = 4
  private static let longest = 24

  /// The incise that the cue is in, between two marks within `content`; `nil` where it is none.
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
    var who = (start..<cue).first { analysis.isPronoun($0, in: text) }.map { $0..<$0 + 1 }
    let isBare = analysis.language.dropsSubjects && cue + 1 < content.upperBound && Self.isBorder(tokens[cue + 1])
    if who == nil, !isBare {
      guard analysis.beginsNounPhrase(cue + 1) || analysis.isPronoun(cue + 1, in: text),
        let behind = analysis.subject(after: cue, to: min(content.upperBound, cue + Self.longest), in: text)
      else { return nil }
      who = behind
    }
    var end = max(cue + 1, who?.upperBound ?? 0)
    while end < content.upperBound, end - start < Self.longest, !Self.isBorder(tokens[end]),
      !tokens[end].mark.endsSentence
    { end += 1 }
    guard end == content.upperBound || Self.isBorder(tokens[end]) || tokens[end].mark.endsSentence else { return nil }
    self.cue = cue
    speaker = who
    pieces = [content.lowerBound..<start - 1]
    if end + 1 < content.upperBound { pieces.append(end + 1..<content.upperBound) }
  }

  private static func isBorder(_ token: Token) -> Bool { token.mark == .comma || token.mark == .dash }
}

extension QuoteBuilder {
  /// Takes the quotations that hold their own cue, in the languages that write so.
  mutating func takeIncises(in text: Swift.Span<UInt8>) {
    guard analysis.language.hasIncises else { return }
    var next = 0
    for index in quotations.indices where !isTaken[index] {
      let content = quotations[index].content
      while next < analysis.cues.count, analysis.cues[next] < content.lowerBound { next += 1 }
      var cue = next
      while cue < analysis.cues.count, analysis.cues[cue] < content.upperBound {
        defer { cue += 1 }
        guard analysis.roles[analysis.cues[cue]] == .speech,
          let incise = Incise(of: analysis.cues[cue], in: content, analysis, text)
        else { continue }
        let pieces = takeRun(from: index)
        drafts.append(
          Draft(
            pieces: incise.pieces + pieces.dropFirst(), kind: .direct, cue: incise.cue, speaker: incise.speaker,
            confidence: 0.95, finder: .cueInMarks))
        break
      }
    }
  }
}
