internal import Hearsay
internal import HearsayText

/// A page reduced to its main text.
struct Page: Sendable {
  /// Paragraphs parted by a blank line, as valid UTF-8.
  var text: [UInt8]
  /// From `text` back to the page's bytes.
  var map: OffsetMap
  /// `title`, `author`, `date`, `source`, `url`, `language` and `description`, where the page says them.
  var metadata: [(key: String, value: String)]
}

/// Reduces web pages to their main text.
struct PageExtractor: Sendable {
  private let words = HintWords.shipped
  private let phrases = Phrases(list: Language.english.cleaningList("html-phrases"))

  init() {}

  /// The main text of a page. A fragment of markup gives all its text, and a page without paragraphs its best.
  ///
  /// - Parameter html: The page, valid UTF-8.
  /// - Throws: `PageError` where the page is larger than 1 GB or memory runs out.
  func extract(_ html: [UInt8]) throws -> Page {
    guard !html.isEmpty else {
      return Page(text: [], map: OffsetMap(inputCount: 0, outputCount: 0, runs: []), metadata: [])
    }
    let parsed = try MarkupParser.parse(html, words: words)
    let tree = parsed.tree
    let kept =
      parsed.isFragment
      ? tree.blocks.indices.filter { tree.blocks[$0].weight > 0 }
      : MainText(tree, page: html, phrases: phrases, titles: parsed.markup.titles).blocks()
    var writer = TextWriter(tree: tree, page: html)
    for index in kept { writer.add(index) }
    let (text, map) = writer.finish()
    return Page(text: text, map: map, metadata: PageMetadata(parsed.markup).members)
  }
}
