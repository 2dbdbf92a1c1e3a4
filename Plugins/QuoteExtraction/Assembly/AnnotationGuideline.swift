public import Hearsay
import HearsayText

/// What counts as the words of a quote.
public enum AnnotationGuideline: String, OptionEnum {
  /// What was said, as a reader takes it.
  case reader
  /// The spans that annotated corpora have: `that` belongs to a quote, and two apostrophes are no quotation mark.
  case corpus
}

extension QuoteAssembler {
  /// The candidate with the words and the kind that the guideline gives it.
  func adjusted(_ candidate: QuoteCandidate, to guideline: AnnotationGuideline) -> QuoteCandidate {
    guard candidate.kind != .scare, let first = candidate.pieces.first, let start = first.first else {
      return candidate
    }
    var candidate = candidate
    switch guideline {
    case .reader:
      guard candidate.kind != .direct, analysis.classes[start] == .that, first.count > 1 else { return candidate }
      candidate.pieces[0] = first.dropFirst()
      // "that, in any case, it rained"
      if candidate.pieces[0].count > 1, analysis.tokens[start + 1].mark == .comma {
        candidate.pieces[0] = candidate.pieces[0].dropFirst()
      }
      // Quotation marks around all that was said.
      if candidate.pieces.count == 1, let inside = content(ofMarksAround: candidate.pieces[0]) {
        candidate.pieces[0] = inside
        candidate.kind = .direct
      }
    case .corpus:
      let that = candidate.kind == .direct ? start - 2 : start - 1
      if that >= 0, candidate.cue.map({ $0 < that }) ?? false, analysis.classes[that] == .that {
        var end = first.upperBound
        if candidate.kind == .direct {
          candidate.kind = .mixed
          if isDoubleMark(end) { end += 1 }
        }
        candidate.pieces[0] = that..<end
      }
      if isInDoubledMarks(candidate) { candidate.kind = .indirect }
    }
    return candidate
  }

  private func isDoubleMark(_ token: Int) -> Bool {
    analysis.tokens.indices.contains(token) && analysis.tokens[token].mark.isDoubleQuote
  }

  /// What stands between the marks where one pair holds all of `range`.
  private func content(ofMarksAround range: Range<Int>) -> Range<Int>? {
    guard let quotation = quotations.opened(at: range.lowerBound), quotation.endToken >= range.upperBound,
      quotation.endToken <= range.upperBound + 1
    else { return nil }
    return quotation.content
  }

  /// Whether the candidate's marks are all written as two single ones.
  private func isInDoubledMarks(_ candidate: QuoteCandidate) -> Bool {
    guard let first = candidate.pieces.first else { return false }
    if candidate.kind == .direct { return first.lowerBound > 0 && analysis.tokens[first.lowerBound - 1].isDoubledMark }
    return candidate.kind == .mixed
      && !candidate.pieces.contains { piece in
        piece.contains { analysis.tokens[$0].mark.isDoubleQuote && !analysis.tokens[$0].isDoubledMark }
      }
  }
}
