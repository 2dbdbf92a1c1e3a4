import Hearsay
import QuoteExtraction
import SentenceSplitting

/// A document of the text, its sentences split and its quotes found.
func extracted(_ text: String, _ options: ExtractQuotes.Options = .init()) throws -> Document {
  var document = Document(id: "t", text: text)
  SplitSentences(.init()).process(&document)
  try ExtractQuotes(options).process(&document)
  return document
}
