import Hearsay
import HearsayText

/// Makes quotes of the candidates.
extension QuoteAssembler {
  /// - Parameters:
  ///   - resolver: Finds the names of speakers; `nil` where none are wanted.
  ///   - reasons: Why each quote was found is added here, where it is wanted.
  func quotes(
    in text: Swift.Span<UInt8>, resolver: consuming SpeakerResolver?, guideline: AnnotationGuideline,
    reasons: inout [QuoteReason]?
  ) -> [Quote] {
    guard !candidates.isEmpty else { return [] }
    var quotes: [Quote] = []
    quotes.reserveCapacity(candidates.count)
    for candidate in candidates {
      let candidate = adjusted(candidate, to: guideline)
      // Damaged marks can hold nothing but a comma.
      var spans = SpanList()
      for piece in candidate.pieces where !piece.isEmpty { spans.append(analysis.span(piece)) }
      guard !spans.isEmpty else { continue }
      var speaker: Quote.Speaker?
      if let range = candidate.speaker, isSomebody(range, of: candidate, in: text) {
        speaker = Quote.Speaker(
          spans: SpanList(analysis.span(range)), name: resolver?.name(of: range, content: candidate.pieces, in: text))
      }
      let number = reasons?.count ?? 0
      reasons?.append(
        QuoteReason(
          quote: number, finder: candidate.origin.description,
          speakers: candidate.speaker == nil ? [] : resolver?.considered(in: text) ?? []))
      quotes.append(
        Quote(
          id: number, spans: spans, kind: candidate.kind, cue: cueSpans(of: candidate), speaker: speaker,
          confidence: candidate.confidence))
    }
    return quotes
  }

  /// The words of a candidate's cue.
  private func cueSpans(of candidate: QuoteCandidate) -> SpanList? {
    if candidate.cueTokens.count > 1 { return joined(candidate.cueTokens) }
    guard let cue = candidate.cue else { return nil }
    if analysis.roles[cue] == .accordingTo {
      return SpanList(analysis.span(cue..<min(cue + 2, analysis.tokens.count)))
    }
    return SpanList(analysis.tokens[cue].span)
  }

  /// The tokens, adjacent ones as one span.
  private func joined(_ tokens: [Int]) -> SpanList {
    var ranges: [Range<Int>] = []
    for token in tokens {
      if let last = ranges.last, last.upperBound == token {
        ranges[ranges.count - 1] = last.lowerBound..<token + 1
      } else {
        ranges.append(token..<token + 1)
      }
    }
    return SpanList(ranges.map { analysis.span($0) })
  }

  /// Whether a speaker is more than a mark, an article, or the number of a list item. `A` is one in a transcript only.
  private func isSomebody(_ speaker: Range<Int>, of candidate: QuoteCandidate, in text: Swift.Span<UInt8>) -> Bool {
    if case .rule(.transcriptTurn) = candidate.origin { return true }
    let isNumbered = speaker.last.map { analysis.tokens[$0].mark == .stop } ?? false
    return speaker.contains { i in
      switch analysis.tokens[i].kind {
      case .word:
        !analysis.isWord(i, "the", in: text) && !analysis.isWord(i, "a", in: text)
          && !analysis.isWord(i, "an", in: text)
      case .number: !isNumbered
      case .possessive, .mark: false
      }
    }
  }
}
