import Cleaning
import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting
import StanceScoring

extension FuzzTarget {
  private static let cleaner = Clean(Clean.Options())
  private static let splitter = try? SplitSentences(SplitSentences.Options())
  private static let extractors = LanguageChoice<AnalysisLanguages>.all.compactMap { language in
    var options = ExtractQuotes.Options()
    options.language = language
    return try? ExtractQuotes(options)
  }
  private static let scorer = {
    var options = ScoreStance.Options()
    options.language = .named(.english)
    options.minimumMentions = 1
    options.neutral = true
    return try? ScoreStance(options)
  }()

  /// A page that is cleaned.
  static let html = FuzzTarget(name: "html") { checkCleaning($0, .html) }
  /// A damaged text that is cleaned.
  static let text = FuzzTarget(name: "text") { checkCleaning($0, .text) }

  /// What is cleaned is valid, and every span of it has a source.
  private static func checkCleaning(_ bytes: [UInt8], _ content: Document.Content) {
    var document = Document(id: "x", utf8: bytes, content: content)
    let length = document.utf8.count
    try? cleaner.process(&document)
    check(document.utf8.isValidUTF8, "the cleaned text is not UTF-8")
    let source = document.sourceSpan(of: Span(0, document.utf8.count))
    check(source.start >= 0 && source.end <= length, "a source lies outside the document")
  }

  /// A text: sentences, quotes and judgements lie in it, between characters. Its first byte tells whose cues are looked for.
  static let quotes = FuzzTarget(name: "quotes") { bytes in
    var document = Document(id: "x", utf8: bytes)
    splitter?.process(&document)
    try? extractors[Int(bytes.first ?? 0) % extractors.count].process(&document)
    scorer?.process(&document)
    checkSpans(of: document[Sentences.self].map(\.self), in: document)
    checkSpans(of: document[Quotes.self].flatMap(\.everySpan), in: document)
    checkSpans(of: document[Stances.self].flatMap(\.everySpan), in: document)
    let quotes = document[Quotes.self].indices
    let isOfQuote = document[Stances.self].allSatisfy { $0.quote.map(quotes.contains) ?? true }
    check(isOfQuote, "a judgement is of a quote that is not there")
  }

  private static func checkSpans(of spans: [Span], in document: Document) {
    let text = document.utf8
    for span in spans {
      check(Span(0, text.count).contains(span) && !span.isEmpty, "\(span) lies outside")
      for offset in [span.start, span.end] where offset < text.count {
        check(text[offset] & 0xC0 != 0x80, "\(span) cuts a character")
      }
    }
  }
}

extension LayerElement {
  fileprivate var everySpan: [Span] {
    var spans: [Span] = []
    var copy = self
    copy.visitSpans { span, _ in spans.append(span) }
    return spans
  }
}
