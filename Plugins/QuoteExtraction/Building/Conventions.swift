import Hearsay
import HearsayText

extension QuoteBuilder {
  /// The draft with the words and the kind that the conventions give it.
  func adjusted(_ draft: Draft, _ conventions: AnnotationGuideline, in text: Swift.Span<UInt8>) -> Draft {
    guard draft.kind != .scare, let first = draft.pieces.first, let start = first.first else { return draft }
    var draft = draft
    switch conventions {
    case .reader:
      guard draft.kind != .direct, analysis.classes[start] == .that, first.count > 1 else { return draft }
      draft.pieces[0] = first.dropFirst()
      // "that, in any case, it rained"
      if draft.pieces[0].count > 1, analysis.tokens[start + 1].mark == .comma {
        draft.pieces[0] = draft.pieces[0].dropFirst()
      }
      // Marks that hold all that was said.
      if draft.pieces.count == 1, let inside = content(ofMarks: draft.pieces[0]) {
        draft.pieces[0] = inside
        draft.kind = .direct
      }
    case .corpus:
      let that = draft.kind == .direct ? start - 2 : start - 1
      if that >= 0, draft.cue.map({ $0 < that }) ?? false, analysis.classes[that] == .that {
        var end = first.upperBound
        if draft.kind == .direct {
          draft.kind = .mixed
          if isDoubleMark(end) { end += 1 }
        }
        draft.pieces[0] = that..<end
      }
      if isInDoubledMarks(draft) { draft.kind = .indirect }
    }
    return draft
  }

  private func isDoubleMark(_ token: Int) -> Bool {
    analysis.tokens.indices.contains(token) && analysis.tokens[token].mark.isDoubleQuote
  }

  /// What stands between the marks where one pair holds all of `range`.
  private func content(ofMarks range: Range<Int>) -> Range<Int>? {
    guard let pair = pair(from: range.lowerBound), pair.endToken >= range.upperBound,
      pair.endToken <= range.upperBound + 1
    else { return nil }
    return pair.content
  }

  /// Whether the quote's marks are all written as two single ones.
  private func isInDoubledMarks(_ draft: Draft) -> Bool {
    guard let first = draft.pieces.first else { return false }
    if draft.kind == .direct { return first.lowerBound > 0 && analysis.tokens[first.lowerBound - 1].isDoubledMark }
    return draft.kind == .mixed
      && !draft.pieces.contains { piece in
        piece.contains { analysis.tokens[$0].mark.isDoubleQuote && !analysis.tokens[$0].isDoubledMark }
      }
  }
}
