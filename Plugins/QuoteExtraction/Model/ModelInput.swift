package import Hearsay
import HearsayText

/// A document as the model of quotes reads it.
package struct ModelInput {
  let analysis: AnalyzedText
  let quotations: [QuotationSpan]
  package let tokens: ModelTokens

  package init(_ document: inout Document) {
    let tokens = document.tokens()
    let text = document.utf8
    self.init(AnalyzedText(tokens, text: text.span, sentences: document[Sentences.self]), in: text.span)
  }

  init(_ analysis: AnalyzedText, in text: Swift.Span<UInt8>) {
    self.analysis = analysis
    quotations = QuotationPairing.quotations(in: analysis)
    tokens = ModelTokens(analysis, quotations: quotations, in: text)
  }

  /// The bytes of a token.
  package func span(ofToken index: Int) -> Span { analysis.tokens[index].span }
}
