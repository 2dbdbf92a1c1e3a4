import Hearsay
import HearsayText

/// The quotes that the drafts make.
extension QuoteBuilder {
  /// The tokens, those that stand side by side as one span.
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

  /// Whether a speaker is more than a mark, an article, or the number of a list: `A`, but for a transcript's.
  private func isSomebody(_ speaker: Range<Int>, of draft: Draft, in text: Swift.Span<UInt8>) -> Bool {
    if case .transcript = draft.finder { return true }
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

  /// Whether there is anything to make a quote of.
  var hasDrafts: Bool { !drafts.isEmpty }

  func quotes(
    in text: Swift.Span<UInt8>, speakers pronounResolver: PronounResolver?, least: Double,
    conventions: AnnotationGuideline,
    reasons: inout [QuoteReason]?
  ) -> [Quote] {
    guard !drafts.isEmpty else { return [] }
    var speakers = pronounResolver.map { SpeakerResolver($0, least: least) }
    var quotes: [Quote] = []
    quotes.reserveCapacity(drafts.count)
    for draft in drafts {
      let draft = adjusted(draft, conventions, in: text)
      // Damaged marks can hold nothing but a comma.
      var spans = SpanList()
      for piece in draft.pieces where !piece.isEmpty { spans.append(analysis.span(piece)) }
      guard !spans.isEmpty else { continue }
      var speaker: Quote.Speaker?
      if let range = draft.speaker, isSomebody(range, of: draft, in: text) {
        speaker = Quote.Speaker(
          spans: SpanList(analysis.span(range)), name: speakers?.name(of: range, content: draft.pieces, in: text))
      }
      var cue = draft.cue.map { SpanList(analysis.tokens[$0].span) }
      if let index = draft.cue, analysis.roles[index] == .accordingTo {
        cue = SpanList(analysis.span(index..<min(index + 2, analysis.tokens.count)))
      }
      if draft.cueTokens.count > 1 { cue = joined(draft.cueTokens) }
      let number = reasons?.count ?? 0
      reasons?.append(
        QuoteReason(
          quote: number, finder: draft.finder.description,
          speakers: draft.speaker == nil ? [] : speakers?.considered(in: text) ?? []))
      quotes.append(
        Quote(id: number, spans: spans, kind: draft.kind, cue: cue, speaker: speaker, confidence: draft.confidence))
    }
    return quotes
  }
}
