import Hearsay
import HearsayText

/// The tokens of a text as the model reads them, each quotation in marks as one.
///
/// Hardly any attribution stands within the words of another. So what a pair of marks holds is one token, whatever its
/// length, and the clauses around it are as close to each other as they are to a reader.
package struct ModelTokens {
  package private(set) var all: [ModelToken] = []
  /// The tokens of each sentence.
  package private(set) var sentences: [Range<ModelTokenIndex>] = []

  init(_ analysis: AnalyzedText, quotations: [QuotationSpan], in text: Swift.Span<UInt8>) {
    let tokens = analysis.tokens.span
    let classes = analysis.classes.span
    all.reserveCapacity(tokens.count)
    sentences.reserveCapacity(analysis.sentences.count)
    var nextSentence = 0
    var nextBeginning = analysis.sentences.first?.lowerBound ?? .max
    var nextQuotation = -1
    var nextOpen = -1
    var start = 0
    var i = 0
    while i < tokens.count {
      var begins = i == 0
      while nextBeginning <= i {
        // A sentence that begins inside marks begins no new one outside them.
        begins = begins || nextBeginning == i
        nextSentence += 1
        nextBeginning = nextSentence < analysis.sentences.count ? analysis.sentences[nextSentence].lowerBound : .max
      }
      if begins, all.count > start {
        sentences.append(ModelTokenIndex(start)..<ModelTokenIndex(all.count))
        start = all.count
      }
      while nextOpen < i {
        nextQuotation += 1
        guard nextQuotation < quotations.count else {
          nextOpen = .max
          break
        }
        if quotations[nextQuotation].isWhole { nextOpen = quotations[nextQuotation].open }
      }
      let next: Int
      if nextOpen == i {
        next = max(i + 1, quotations[nextQuotation].endToken)
        all.append(
          ModelToken(quotations[nextQuotation], nextQuotation, tokens: i..<next, of: tokens, beginsSentence: begins))
      } else {
        next = i + 1
        all.append(ModelToken(tokens[i], classes[i], at: i, beginsSentence: begins, in: text))
      }
      i = next
    }
    if all.count > start { sentences.append(ModelTokenIndex(start)..<ModelTokenIndex(all.count)) }
  }
}
