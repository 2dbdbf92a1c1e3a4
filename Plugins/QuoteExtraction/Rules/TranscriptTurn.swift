import Hearsay
import HearsayText

/// The turns of an interview or a debate that is printed as a transcript; they replace what else was found in them.
enum TranscriptTurn: TextRule {
  static let id = RuleID.transcriptTurn
  static let summary = "a turn of a transcript"
  static let examples = [
    RuleExample(
      "Ann Lee met the coach, Bo Ray.\n\nANN LEE: Did you win the race on Sunday?\n\n"
        + "BO RAY: We won it, and we were glad of the wind.\n\nLEE: How did it feel to you?\n\nRAY: It was good.",
      "indirect|Did you win the race on Sunday|ANN LEE",
      "indirect|We won it, and we were glad of the wind|BO RAY", "indirect|How did it feel to you|LEE",
      "indirect|It was good|RAY")
  ]

  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    let transcript = Transcript(in: assembler.analysis)
    guard !transcript.turns.isEmpty else { return }
    let tokens = assembler.analysis.tokens.count
    assembler.occupancy.prepareCovering(tokens)
    let starts = Set(transcript.turns.map(\.speaker.lowerBound))
    var found: [QuoteCandidate] = []
    var isInTurn = [Bool](repeating: false, count: tokens)
    for turn in transcript.turns {
      let whole = turn.speaker.lowerBound..<turn.content.upperBound
      assembler.occupancy.cover(whole)
      for token in whole { isInTurn[token] = true }
      let index = assembler.quotations.firstIndex(endingFrom: whole.lowerBound)
      let isQuoted = index < assembler.quotations.count && assembler.quotations[index].open < turn.speaker.lowerBound
      let pieces =
        isQuoted
        ? assembler.paragraphs(of: turn, quotation: index, before: starts, &isInTurn)
        : assembler.content(of: turn, firstQuotation: index)
      guard let pieces else { continue }
      found.append(
        QuoteCandidate(
          pieces: pieces, kind: isQuoted ? .direct : .indirect, speaker: turn.speaker,
          confidence: isQuoted ? 0.95 : 0.9, origin: .rule(id)))
    }
    assembler.candidates.removeAll { candidate in
      candidate.cue.map { isInTurn[$0] } ?? false || candidate.pieces.contains { $0.contains { isInTurn[$0] } }
    }
    assembler.candidates += found
    assembler.sort()
  }
}

extension QuoteAssembler {
  /// What is said in a turn without quotation marks around it; quotations in it are consumed.
  fileprivate mutating func content(of turn: Transcript.Turn, firstQuotation: Int) -> [Range<Int>]? {
    var inside = firstQuotation
    while inside < quotations.count, quotations[inside].open < turn.content.upperBound {
      occupancy.consume(inside)
      inside += 1
    }
    let content = analysis.withoutMarksAtEnd(turn.content)
    return content.isEmpty ? nil : [content]
  }

  /// What is said in a turn within quotation marks, and the paragraphs that continue it, up to the next speaker's.
  fileprivate mutating func paragraphs(
    of turn: Transcript.Turn, quotation index: Int, before starts: Set<Int>, _ isInTurn: inout [Bool]
  ) -> [Range<Int>]? {
    var pieces = [turn.content.lowerBound..<max(turn.content.lowerBound, quotations[index].close)]
    occupancy.consume(index)
    var part = index
    while quotations[part].continues, part + 1 < quotations.count, case let next = quotations[part + 1].content,
      !starts.contains(next.lowerBound)
    {
      part += 1
      occupancy.consume(part)
      for token in next { isInTurn[token] = true }
      pieces.append(next)
    }
    return pieces
  }
}
