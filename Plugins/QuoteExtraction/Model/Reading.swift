package import Hearsay
import HearsayText

/// A document as the model of quotes reads it.
package struct Reading {
  let article: Article
  let quoted: [Quoted]
  package let elements: Elements

  package init(_ document: inout Document) {
    let tokens = document.tokens()
    let text = document.utf8
    self.init(Article(tokens, text: text.span, sentences: document[Sentences.self]), in: text.span)
  }

  init(_ article: Article, in text: Swift.Span<UInt8>) {
    self.article = article
    quoted = MarkPairs.find(in: article)
    elements = Elements(article, quoted: quoted, in: text)
  }

  /// The bytes of a token.
  package func span(ofToken index: Int) -> Span { article.tokens[index].span }
}
