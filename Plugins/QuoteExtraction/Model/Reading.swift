package import Hearsay
import HearsayText

/// A document as the model of quotes reads it.
package struct Reading {
  let analysis: AnalyzedText
  let quoted: [Quoted]
  package let elements: Elements

  package init(_ document: inout Document) {
    let tokens = document.tokens()
    let text = document.utf8
    self.init(AnalyzedText(tokens, text: text.span, sentences: document[Sentences.self]), in: text.span)
  }

  init(_ analysis: AnalyzedText, in text: Swift.Span<UInt8>) {
    self.analysis = analysis
    quoted = MarkPairs.find(in: analysis)
    elements = Elements(analysis, quoted: quoted, in: text)
  }

  /// The bytes of a token.
  package func span(ofToken index: Int) -> Span { analysis.tokens[index].span }
}
