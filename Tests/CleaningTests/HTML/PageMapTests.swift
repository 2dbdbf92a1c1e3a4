import Hearsay
import TestSupport
import Testing

@testable import Cleaning

@Suite("The map from a page's text back to the page")
struct PageMapTests {
  private static let pieces = [
    "<p>", "</p>", "<div class='x y'>", "</div>", "<b>", "</b>", "<a href='#'>", "</a>", "<br>", "<br/>", "&amp;",
    "&lt",
    "&nbsp;", "&#8212;", "&#xE9;", "&bogus;", "word", " ", "\n  ", "é", "日本", "🎈", "<", ">", "\"", "'", "<!-- c -->",
    "<!-->",
    "<script>var a = '<p>';</script>", "<style>a{}</style>", "<svg><path d='M0'/></svg>", "<img alt='x'>", "\0", "\r\n",
    "<li>", "<table><tr><td>", "</table>", "<h1>", "</h1>", "</nothing>", "<p class=", "<?pi?>", "<![CDATA[x]]>",
    "\u{A0}",
    "A sentence, long enough to be taken for a paragraph of its own, ends here.", "<title>t</title>", "<html><body>",
    "<_a>", "</ x>", "<input type=text>", "<noscript>n</noscript>", "<wbr>", "\u{FEFF}", "&", "&#", "&#0;", "\u{1}",
  ]

  @Test("keeps only bytes that are the page's own, in order", arguments: 0..<400)
  func keptRunsAreTheSameBytes(seed: Int) throws {
    var generator = SplitMix(seed: UInt64(seed))
    var html = ""
    for _ in 0..<Int.random(in: 1...120, using: &generator) {
      html += Self.pieces.randomElement(using: &generator) ?? ""
    }
    let bytes = Array(html.utf8)
    let page = try PageExtractor().extract(bytes)
    #expect(page.text.isValidUTF8)
    #expect(page.map.inputCount == bytes.count)
    #expect(page.map.outputCount == page.text.count)
    var output = 0
    var input = 0
    for run in page.map.runs {
      #expect(run.count > 0 && run.output >= output && run.input >= input)
      output = run.output + run.count
      input = run.input + run.count
      #expect(output <= page.text.count && input <= bytes.count)
      #expect(page.text[run.output..<output] == bytes[run.input..<input])
    }
  }

  @Test("finds a word behind entities, comments and scripts")
  func findsWords() throws {
    let html = "<p>é &amp; <b>one</b><!-- c --> two&nbsp;<script>x</script>three</p>\n<p title='four'>four</p>"
    let page = try PageExtractor().extract(Array(html.utf8))
    let text = String(decoding: page.text, as: UTF8.self)
    #expect(text == "é & one two three\n\nfour")
    for word in ["é", "one", "two", "three"] {
      let start = try #require(text.firstRange(of: word)?.lowerBound.utf16Offset(in: text))
      let byte = text.utf16.prefix(start).reduce(0) { $0 + ($1 < 0x80 ? 1 : 2) }
      let source = page.map.source(of: Span(byte, byte + word.utf8.count))
      #expect(String(decoding: Array(html.utf8)[source.range], as: UTF8.self) == word)
    }
    let last = page.map.source(of: Span(page.text.count - 4, page.text.count))
    #expect(last.end == html.utf8.count - 4)
  }

  @Test("covers all plain text")
  func coversPlainText() throws {
    let html = "<p>" + String(repeating: "plain words ", count: 1_000) + "end</p>"
    let page = try PageExtractor().extract(Array(html.utf8))
    #expect(page.map.runs == [OffsetMap.Run(output: 0, input: 3, count: page.text.count)])
  }
}
