import Hearsay
import HearsayText

extension ModelInput {
  /// The candidates that the model's attributions make.
  func candidates(of attributions: [AttributionCandidate]) -> [QuoteCandidate] {
    var isReported = [Bool](repeating: false, count: quotations.count)
    for attribution in attributions {
      for piece in attribution.pieces {
        for i in piece where tokens.all[i].isQuotation { isReported[Int(tokens.all[i].quotation)] = true }
      }
    }
    return attributions.compactMap { QuoteCandidate($0, in: self, isReported: isReported) }
  }
}

extension QuoteCandidate {
  /// The candidate that an attribution of the model makes; `nil` where nothing is said in it.
  ///
  /// - Parameter isReported: Whether each quotation is in an attribution: none is continued by one of another's.
  fileprivate init?(_ attribution: AttributionCandidate, in input: borrowing ModelInput, isReported: borrowing [Bool]) {
    let all = input.tokens.all
    let tokens = input.analysis.tokens
    var pieces: [Range<Int>] = []
    pieces.reserveCapacity(attribution.pieces.count)
    var isDirect = true
    var hasMarks = false
    for piece in attribution.pieces {
      for i in piece {
        if all[i].isQuotation { hasMarks = true } else if !all[i].kind.isMark { isDirect = false }
      }
    }
    isDirect = isDirect && hasMarks
    // The last quotation that is in already: one that continues brings those after it.
    var added = -1
    for piece in attribution.pieces {
      if isDirect {
        for i in piece where Int(all[i].quotation) > added {
          let run = input.quotations.run(from: Int(all[i].quotation))
          for part in run {
            if part > Int(all[i].quotation), isReported[part] { break }
            pieces.append(input.quotations[part].content)
            added = part
          }
        }
      } else if let first = piece.first, let last = piece.last {
        var range = all[first].textTokens.lowerBound..<all[last].textTokens.upperBound
        // Marks at the ends are the article's, except quotation marks whose other half is within.
        while let end = range.last, tokens[end].kind == .mark, !tokens[end].mark.isDoubleQuote,
          tokens[end].mark != .closeBracket
        { range = range.dropLast() }
        while let start = range.first, tokens[start].kind == .mark, !tokens[start].mark.isDoubleQuote,
          !tokens[start].mark.isSingleQuote, tokens[start].mark != .openBracket, tokens[start].mark != .other
        { range = range.dropFirst() }
        if range.contains(where: { tokens[$0].kind != .mark }) { pieces.append(range) }
      }
    }
    // Outside marks, a word like `that` or `here` alone is the rest of a clause that was lost.
    let analysis = input.analysis
    guard
      pieces.contains(where: {
        $0.contains {
          tokens[$0].kind != .mark && !analysis.roles[$0].isFunction && (hasMarks || !analysis.classes[$0].saysNothing)
        }
      })
    else { return nil }
    self.init(
      pieces: pieces, kind: isDirect ? .direct : hasMarks ? .mixed : .indirect,
      cue: all[attribution.cue].textTokens.lowerBound,
      speaker: attribution.speaker.map {
        all[$0.lowerBound].textTokens.lowerBound..<all[$0.upperBound - 1].textTokens.upperBound
      },
      confidence: (Double(attribution.confidence) * 1000).rounded() / 1000,
      origin: .model(cueLogit: attribution.cueLogit, margin: attribution.margin))
    for words in attribution.cueWords { for i in words { cueTokens.append(contentsOf: all[i].textTokens) } }
    guard hasMarks else { return }
    for piece in attribution.pieces {
      for i in piece where all[i].isQuotation { quotations.append(Int(all[i].quotation)) }
    }
  }
}
