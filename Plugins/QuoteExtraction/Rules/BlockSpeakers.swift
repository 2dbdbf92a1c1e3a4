import Hearsay
import HearsayText

/// A paragraph in quotation marks, or several, that has no cue beside it.
struct BlockQuotation {
  /// Its index among the candidates.
  let index: Int
  /// Its number among such paragraphs without a speaker.
  let number: Int
}

/// Who speaks in it.
struct BlockMatch {
  var cue: Int?
  var speaker: Range<Int>
  var confidence: Double
}

/// Paragraphs in quotation marks belong to the cues that lost their quotation, in order; the last such cue has those left.
enum BlockOfDanglingCue: BlockRule {
  static let id = RuleID.blockOfDanglingCue
  static let summary = "a paragraph in quotation marks, and a cue that lost its quotation"
  static let examples = [
    RuleExample(
      "“We never agreed to any of this. It was forced on us.”\n\nThe council met. Ann Holm said:\n\nIt was short.",
      "direct|We never agreed to any of this. It was forced on us.|Ann Holm")
  ]

  static func match(_ block: BlockQuotation, in assembler: borrowing QuoteAssembler) -> BlockMatch? {
    guard let last = assembler.danglingCues.indices.last else { return nil }
    let dangling = assembler.danglingCues[min(block.number, last)]
    return BlockMatch(cue: dangling.cue, speaker: dangling.speaker, confidence: 0.6)
  }
}

/// A paragraph in quotation marks belongs to the speaker of the quote that ends in the paragraph before it.
enum BlockAfterQuote: BlockRule {
  static let id = RuleID.blockAfterQuote
  static let summary = "a paragraph in quotation marks after a quote"
  static let examples = [
    RuleExample(
      "Ann Holm said that the council had met on Monday.\n\n“We never agreed to any of this. It was forced on us.”",
      "indirect|the council had met on Monday|Ann Holm",
      "direct|We never agreed to any of this. It was forced on us.|Ann Holm")
  ]

  static func match(_ block: BlockQuotation, in assembler: borrowing QuoteAssembler) -> BlockMatch? {
    guard let near = assembler.candidates[..<block.index].last(where: { $0.kind != .scare }),
      let speaker = near.speaker,
      near.kind != .indirect || near.cue.map({ assembler.analysis.roles[$0] != .thought }) ?? true,
      isInParagraphBefore(assembler.candidates[block.index], near, speaker, assembler.analysis)
    else { return nil }
    return BlockMatch(cue: nil, speaker: speaker, confidence: 0.4)
  }

  /// Whether the paragraph before a block ends the other quote, or names its speaker again.
  private static func isInParagraphBefore(
    _ block: QuoteCandidate, _ other: QuoteCandidate, _ speaker: Range<Int>, _ analysis: AnalyzedText
  ) -> Bool {
    let tokens = analysis.tokens
    guard var i = block.pieces.first?.lowerBound, let last = speaker.last else { return false }
    let end = max(other.end ?? 0, other.cue ?? 0, last)
    let name = tokens[last].hash
    var breaks = 0
    while i > end, breaks < 3 {
      if breaks == 1, tokens[i].hash == name, tokens[i].isCapitalised { return true }
      if tokens[i].gap == .paragraph { breaks += 1 }
      i -= 1
    }
    return breaks <= 1
  }
}
