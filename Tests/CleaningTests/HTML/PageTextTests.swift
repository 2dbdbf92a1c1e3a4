import Hearsay
import Testing

@testable import Cleaning

/// A page around `body`, with the furniture that a news site puts there.
func page(_ body: String, head: String = "") -> String {
  """
  <!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Rain stops play</title>\(head)</head><body>
  <nav class="site-nav"><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
  \(body)
  <footer><p>Copyright 2031 The Example Company. All rights are reserved, and nothing here may be copied.</p></footer>
  </body></html>
  """
}

func text(of html: String) throws -> String {
  String(decoding: try PageExtractor().extract(Array(html.utf8)).text, as: UTF8.self)
}

/// Paragraphs long enough to be an article's.
let first = "The umpires waited for three hours, then they gave up and sent the two teams back to the hotel."
let second = "Nobody at the ground had seen such a storm in forty years, the keeper of the pitch said on Friday."
let third = "Play is to begin again on Saturday at noon, if the outfield dries, and tickets will remain valid."

@Suite("The main text of a page")
struct PageTextTests {
  @Test("is the article, without what stands around it")
  func article() throws {
    let html = page(
      """
      <header><h1>Rain stops play</h1><p class="byline">By Ann Writer</p><time datetime="2031-05-02">2 May 2031</time>
      </header>
      <div class="share-buttons"><a href="#">Share</a> <a href="#">Tweet</a></div>
      <article><p>\(first)</p>
      <figure><img src="a.jpg"><figcaption>A wet pitch, seen from the pavilion roof.</figcaption></figure>
      <p>\(second)</p><div class="newsletter-signup"><p>Sign up for our daily letter, it is free of charge.</p></div>
      <p>\(third)</p></article>
      <section class="related-stories"><h3>Related</h3><ul><li><a href="/1">Another match, another storm</a></li></ul>
      </section>
      <div id="comments"><p>I was there, and I can tell you that it rained, and rained, and rained all day.</p></div>
      """)
    #expect(try text(of: html) == [first, second, third].joined(separator: "\n\n"))
  }

  @Test("keeps sub-headings, lists, quotations and tables of the body")
  func structure() throws {
    let html = page(
      """
      <main><h1>Rain stops play</h1><p>\(first)</p><h2>What happens next</h2><p>\(second)</p>
      <ul><li>The covers come off.</li><li>The rollers go on.</li></ul>
      <blockquote><p>We will play, whatever comes.</p></blockquote>
      <table><tr><th>Team</th><th>Runs</th></tr><tr><td>North</td><td>120</td></tr></table><p>\(third)</p></main>
      """)
    let expected = """
      \(first)

      What happens next

      \(second)

      The covers come off.
      The rollers go on.

      We will play, whatever comes.

      Team\tRuns
      North\t120

      \(third)
      """
    #expect(try text(of: html) == expected)
  }

  @Test(
    "parts words at blocks and nowhere else",
    arguments: [
      ("<p>one <b>two</b> <i>three</i>, <a href='x'>four</a>.</p>", "one two three, four."),
      ("<p>un<b>believ</b>able<span>!</span></p>", "unbelievable!"),
      ("<div>one</div><div>two</div>", "one\n\ntwo"),
      ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
      ("<p>one<br><br>two</p>", "one\n\ntwo"),
      ("<p>one\n   two\t three</p>", "one two three"),
      ("<p>one<!-- not this -->two</p>", "onetwo"),
      ("<p>one<script>var x = '<p>no</p>';</script>two</p>", "onetwo"),
      ("<p>super<wbr>market</p>", "supermarket"),
      ("<p>Fish &amp; chips &mdash; &#163;5&nbsp;each &lt;b&gt;</p>", "Fish & chips — £5 each <b>"),
      ("<p>one</p>two<p>three</p>", "one\n\ntwo\n\nthree"),
      ("<p>a < b and c > d</p>", "a < b and c > d"),
      ("<P CLASS=x>Upper</P>", "Upper"),
      ("<p>one<p>two<p>three", "one\n\ntwo\n\nthree"),
      ("<p title='a > b'>shown</p>", "shown"),
      ("<p>日本語の<em>文章</em>です。</p>", "日本語の文章です。"),
      ("no markup at all", "no markup at all"),
      ("<p>a</p><style>p { color: red }</style><template><p>no</p></template><p>b</p>", "a\n\nb"),
      ("<p>a<svg><text>no</text></svg>b</p>", "ab"),
      ("<_x>not a tag, says a browser", "<_x>not a tag, says a browser"),
      ("", ""), ("<p> &nbsp; </p>", ""), ("<!-- only a comment -->", ""),
    ])
  func fragments(html: String, expected: String) throws {
    #expect(try text(of: html) == expected)
  }

  @Test("is read as UTF-8 whatever the page claims")
  func encoding() throws {
    let accents = "Élodie a dit « non », à Liège, où il pleut dès l’aube; les joueurs sont restés à l’hôtel, déçus."
    #expect(try text(of: page("<p>\(accents)</p>")) == accents)
    let claims =
      "<?xml version='1.0' encoding='utf-16'?><meta http-equiv=content-type content='text/html; charset=big5'>"
    #expect(try text(of: claims + "<p>\(accents)</p>") == accents)
  }

  @Test("keeps a body that the site's class words speak against")
  func misleadingClass() throws {
    let html = page("<div class='sidebar promo widget'><p>\(first)</p><p>\(second)</p><p>\(third)</p></div>")
    #expect(try text(of: html) == [first, second, third].joined(separator: "\n\n"))
  }

  @Test("takes in all parts of a body that an advertisement cuts in two")
  func splitBody() throws {
    let html = page(
      """
      <div class="story"><div class="chunk"><p>\(first)</p><p>\(second)</p><p>\(first)</p></div>
      <div class="ad-slot">Advertisement</div><div class="chunk"><p>\(third)</p></div></div>
      """)
    #expect(try text(of: html) == [first, second, first, third].joined(separator: "\n\n"))
  }

  @Test("is never the comments, long as they are")
  func comments() throws {
    let comment = "<p>I do not agree at all, and I shall say so at length, again and again, until I am heard.</p>"
    let html = page(
      "<div><h1>Rain stops play</h1><p>\(first)</p><p>\(second)</p></div><div class='comments'>"
        + String(repeating: comment, count: 5) + "</div>")
    #expect(try text(of: html) == first + "\n\n" + second)
  }

  @Test("leaves out articles inside the article")
  func nestedArticles() throws {
    let teaser =
      "<article><p>Another story, of which this page shows the first lines only, to be read elsewhere.</p></article>"
    let html = page(
      "<article><p>\(first)</p><p>\(second)</p><p>\(third)</p><div>" + String(repeating: teaser, count: 3)
        + "</div></article>")
    #expect(try text(of: html) == [first, second, third].joined(separator: "\n\n"))
  }

  @Test("is all entries of a live page, be they articles of their own")
  func livePage() throws {
    let entries = [first, second, third, first, second].map { "<article class='update'><p>\($0)</p></article>" }
      .joined()
    let all = [first, second, third, first, second].joined(separator: "\n\n")
    #expect(try text(of: page("<main><h1>Rain, live</h1>\(entries)</main>")) == all)
    #expect(try text(of: page("<article><h1>Rain, live</h1>\(entries)</article>")) == all)
  }

  @Test("is found in a page of tables and breaks, without any class")
  func oldPage() throws {
    let links = (1...8).map { "<a href='/\($0)'>Section \($0)</a><br>" }.joined()
    let html = """
      <html><body><table><tr><td>\(links)</td><td><font size=2><b>Rain stops play</b><br><br>\(first)<br><br>\(second)
      <br><br>\(third)</font></td></tr></table></body></html>
      """
    #expect(try text(of: html).hasSuffix([first, second, third].joined(separator: "\n\n")))
    #expect(try !text(of: html).contains("Section"))
  }

  @Test("of a page that is no article is what there is")
  func noArticle() throws {
    let links = "<ul><li><a href='/a'>Apples</a></li><li><a href='/b'>Pears</a></li></ul>"
    #expect(try text(of: "<html><body>\(links)</body></html>") == "Apples\nPears")
    #expect(
      try text(of: "<html><body><h1>Closed</h1><p>Back soon.</p>\(links)</body></html>") == "Closed\n\nBack soon.")
    #expect(try text(of: "<html><head><title>t</title></head><body><script>1</script></body></html>").isEmpty)
  }
}
