import Testing

@testable import Cleaning

@Suite("A page's metadata")
struct PageMetadataTests {
  private func metadata(_ html: String) throws -> [String: String] {
    Dictionary(
      try PageExtractor().extract(Array(html.utf8)).metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a }
    )
  }

  @Test("comes from meta elements")
  func metaElements() throws {
    let found = try metadata(
      """
      <html lang="en-GB"><head><title>Rain &amp; wind | The Example</title>
      <meta property="og:site_name" content="The Example"><meta name="author" content="By Ann Writer">
      <meta property="article:published_time" content="2031-05-02T08:30:00+0100">
      <meta name="description" content="A &quot;wet&quot; day."><link rel="canonical" href="https://example.com/rain">
      </head><body><p>x</p></body></html>
      """)
    #expect(
      found == [
        "title": "Rain & wind", "author": "Ann Writer", "date": "2031-05-02T08:30:00+01:00", "source": "The Example",
        "url": "https://example.com/rain", "language": "en-GB", "description": "A \"wet\" day.",
      ])
  }

  @Test("comes from JSON-LD, be it in a graph or in marks")
  func linkedData() throws {
    let found = try metadata(
      """
      <html><head><script type="application/ld+json">{ broken </script>
      <script type="application/ld+json">//<![CDATA[
      {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "no"}, {"@type": ["NewsArticle"],
      "headline": "Rain &#8211; again", "datePublished": "2031-05-02T08:30:00.000Z",
      "author": [{"@type": "Person", "name": "Ann Writer"}, {"name": "Bo Penn"}],
      "publisher": {"name": "The Example"}, "url": "https://example.com/r"}]}
      //]]></script></head><body></body></html>
      """)
    #expect(
      found == [
        "title": "Rain – again", "author": "Ann Writer, Bo Penn", "date": "2031-05-02T08:30:00Z",
        "source": "The Example", "url": "https://example.com/r",
      ])
  }

  @Test("comes from the body where the head says nothing")
  func body() throws {
    let found = try metadata(
      "<html><body><a rel='author' href='/a'>Ann Writer</a><time datetime='2031-05-02'>today</time></body></html>")
    #expect(found == ["author": "Ann Writer", "date": "2031-05-02"])
  }

  @Test(
    "has dates as ISO 8601",
    arguments: [
      ("2031-05-02", "2031-05-02"), ("20310502", "2031-05-02"), ("2031/05/02 10:20", "2031-05-02T10:20:00"),
      ("2031-05-02T10:20:30.123+02:00", "2031-05-02T10:20:30+02:00"), ("2031-05-02T10:20Z", "2031-05-02T10:20:00Z"),
      ("Fri, 02 May 2031 10:20:30 GMT", "2031-05-02T10:20:30Z"), ("May 2, 2031", "2031-05-02"),
      ("2 May 2031", "2031-05-02"), ("May 2, 2031 at 1:05 PM", "2031-05-02T13:05:00"),
      ("2031-05-02 10:20:30 -0500", "2031-05-02T10:20:30-05:00"),
    ])
  func dates(written: String, expected: String) { #expect(CalendarDate.iso8601(written) == expected) }

  @Test(
    "has no date that is none", arguments: ["", "soon", "0001-01-01", "2031-13-02", "99999999999999999999", "May", "-"])
  func noDates(written: String) { #expect(CalendarDate.iso8601(written) == nil) }
}
