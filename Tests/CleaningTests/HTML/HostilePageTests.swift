import Hearsay
import TestSupport
import Testing

@testable import Cleaning

@Suite("A hostile page")
struct HostilePageTests {
  /// Anything worse than linear takes minutes on these.
  static let pages: [(name: String, html: [UInt8], holds: String)] = [
    ("deep nesting", repeated("<div>", 100_000) + Array("found".utf8) + repeated("</div>", 100_000), "found"),
    ("deep inline nesting", repeated("<b>", 100_000) + Array("found".utf8), "found"),
    ("end tags of nothing under deep nesting", repeated("<div>", 50_000) + repeated("x</i>", 20_000), "xxx"),
    (
      "attributes", Array("<p".utf8) + (0..<20_000).flatMap { Array(" a\($0)=b".utf8) } + Array(">found".utf8), "found"
    ),
    ("one attribute often", Array("<p".utf8) + repeated(" class=x", 20_000) + Array(">found".utf8), "found"),
    ("a long attribute", Array("<p title='".utf8) + repeated("x", 5_000_000) + Array("'>found".utf8), "found"),
    (
      "an attribute of 50 MB",
      Array("<p title='".utf8) + [UInt8](repeating: 0x78, count: 50_000_000) + Array("'>found".utf8), "found"
    ),
    (
      "a comment of 10 MB",
      Array("<p>a<!--".utf8) + [UInt8](repeating: 0x2D, count: 10_000_000) + Array("-->found".utf8), "found"
    ),
    ("references without an end", repeated("&copy", 40_000) + Array(" found".utf8), "found"),
    ("end tags of line breaks", repeated("</br>", 20_000) + Array("found".utf8), "found"),
    ("tables in tables in links", repeated("<a><table><tr><td>", 5_000) + Array("found".utf8), "found"),
    ("a long class", Array("<p class='".utf8) + repeated("nav ", 200_000) + Array("'>found".utf8), "found"),
    ("a long text", Array("<p>".utf8) + repeated("word ", 200_000) + Array("found".utf8), "found"),
    ("unclosed drawings", repeated("<svg>", 20_000) + Array("found".utf8), "found"),
    ("unclosed scripts", Array("found".utf8) + repeated("<script>", 20_000), "found"),
    ("unclosed comments", Array("found".utf8) + repeated("<!--", 20_000), "found"),
    ("unclosed quotes", Array("found".utf8) + repeated("<a href=\"x>", 20_001), "found"),
    ("open tags only", Array("found ".utf8) + repeated("<", 200_000), "found"),
    ("odd tags", Array("found ".utf8) + repeated("<_ a b c d>", 20_000), "found"),
    ("entities", repeated("&amp;&#99999999999;&x;&", 10_000) + Array("found".utf8), "found"),
    ("NUL bytes", Array("<p>one\0two</p>\0<p>found</p>".utf8), "found"),
    (
      "nested JSON-LD",
      Array("<script type=application/ld+json>".utf8) + repeated("[", 100_000)
        + Array("</script>found".utf8), "found"
    ),
    ("many metas", (0..<10_000).flatMap { Array("<meta name=m\($0) content=c>".utf8) } + Array("found".utf8), "found"),
    ("line breaks", repeated("<br>", 20_000) + Array("found".utf8), "found"),
    ("unclosed tables", repeated("<table><tr><td>", 20_000) + Array("found".utf8), "found"),
    ("links", repeated("<a href=x>y", 20_000) + Array(" found".utf8), "found"),
  ]

  private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    Array(repeatElement(Array(text.utf8), count: count).joined())
  }

  @Test("neither stops nor slows the extractor", .timeLimit(.minutes(10)), arguments: pages.indices)
  func survives(index: Int) throws {
    let page = Self.pages[index]
    let text = String(decoding: try PageExtractor().extract(page.html).text, as: UTF8.self)
    #expect(text.contains(page.holds), "\(page.name)")
  }

  @Test("of random bytes gives valid text", arguments: 0..<50)
  func randomBytes(seed: Int) throws {
    var generator = SplitMix(seed: UInt64(seed))
    let alphabet = Array("<>/!-=\"' &;#abps\0\n".utf8) + [0x7F, 0x01]
    let html = (0..<2_000).map { _ in alphabet.randomElement(using: &generator) ?? 0x20 }
    let page = try PageExtractor().extract(html)
    #expect(page.text.isValidUTF8)
  }

  @Test("that ends anywhere gives what stood before", arguments: OraclePages.all.indices)
  func truncated(index: Int) throws {
    let page = Array(OraclePages.all[index].html.utf8)
    for end in stride(from: 0, through: page.count, by: 7) {
      let text = try PageExtractor().extract(Array(String(decoding: page[..<end], as: UTF8.self).utf8)).text
      #expect(text.isValidUTF8)
    }
  }

  @Test("in another encoding than it is read in is text all the same")
  func wrongCharset() throws {
    let page: [UInt8] = Array("<meta charset=windows-1252><p>caf".utf8) + [0xE9] + Array(" and more</p>".utf8)
    var document = Document(id: "p", utf8: page, content: .html)
    try Clean(Clean.Options()).process(&document)
    #expect(document.text == "caf\u{FFFD} and more")
  }

  @Test("that is empty has an empty text")
  func empty() throws {
    let page = try PageExtractor().extract([])
    #expect(page.text.isEmpty && page.map.runs.isEmpty && page.metadata.isEmpty)
  }
}
