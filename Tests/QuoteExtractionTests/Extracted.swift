import Hearsay
import QuoteExtraction
import SentenceSplitting

/// A document of the text, its sentences split and its quotes found.
func extracted(_ text: String, _ options: ExtractQuotes.Options = .init()) throws -> Document {
  var document = Document(id: "t", text: text)
  try SplitSentences(.init()).process(&document)
  try ExtractQuotes(options).process(&document)
  return document
}

/// Each quote of the text as `kind|text|speaker`.
func quoteLines(of text: String, _ options: ExtractQuotes.Options = .init()) throws -> [String] {
  lines(of: try extracted(text, options))
}

/// Each quote of the document as `kind|text|speaker`.
func lines(of document: Document) -> [String] {
  document[Quotes.self].map {
    "\($0.kind.rawValue)|\(document.text(in: $0.spans))|\($0.speaker.map { document.text(in: $0.spans) } ?? "-")"
  }
}

extension Document {
  /// The mention that a quote is credited to; `-` where it is nobody's.
  func speaker(of quote: Quote) -> String { quote.speaker.map { text(in: $0.spans) } ?? "-" }
}
