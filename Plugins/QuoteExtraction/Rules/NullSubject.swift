import Hearsay
import HearsayText

/// A cue without a subject has the speaker of the quote before it, in its paragraph or the one before.
enum NullSubject: TextRule {
  static let id = RuleID.nullSubject
  static let summary = "the speaker of the quote before a cue without a subject"
  static let examples = [
    RuleExample(
      "«Hemos ganado otra vez», dijo Ana López. «Fue difícil para todos», añadió.",
      "direct|Hemos ganado otra vez|Ana López", "direct|Fue difícil para todos|Ana López", language: "es")
  ]

  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    guard assembler.analysis.language.traits.contains(.droppedSubjects) else { return }
    assembler.sort()
    var last: Int?
    for index in assembler.candidates.indices where assembler.candidates[index].kind != .scare {
      if let before = last, let start = assembler.candidates[index].pieces.first?.lowerBound,
        let end = assembler.candidates[before].end, end <= start,
        !assembler.analysis.areInTwoParagraphs(end..<start)
      {
        last = nil
      }
      if assembler.candidates[index].speaker == nil, let cue = assembler.candidates[index].cue {
        // A name in the sentence may be the subject of a verb that is on no list.
        if isAfterName(cue, assembler.analysis) { last = nil }
        assembler.candidates[index].speaker = last.flatMap { assembler.candidates[$0].speaker }
      }
      last = assembler.candidates[index].speaker == nil ? nil : index
    }
  }

  /// Whether a name stands before the token in its sentence, outside quotation marks.
  private static func isAfterName(_ token: Int, _ analysis: AnalyzedText) -> Bool {
    var i = token - 1
    while i > 0, token - i < RuleContext.furthestSubject, !analysis.tokens[i].mark.endsSentence,
      !analysis.tokens[i].mark.isDoubleQuote, analysis.tokens[i + 1].gap < .line
    {
      if analysis.classes[i] == .name, !analysis.tokens.span.beginsSentence(i) { return true }
      i -= 1
    }
    return false
  }
}
