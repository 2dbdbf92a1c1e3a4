import Cleaning
import Hearsay
import TestSupport
import Testing

/// What a span of the clean text must lead back to: the raw characters that it came from.
private func expectWayBack(_ document: Document, to raw: [UInt8], _ random: inout SplitMix, _ note: String) {
  let text = document.utf8
  let map = document.offsetMap
  #expect(map.inputCount == raw.count && map.outputCount == text.count)
  for _ in 0..<60 where !text.isEmpty {
    let start = Int.random(in: 0..<text.count, using: &random)
    let span = Span(start, Int.random(in: start...min(text.count, start + 200), using: &random))
    let source = document.sourceSpan(of: span)
    #expect(source.start >= 0 && source.start <= source.end && source.end <= raw.count, "\(note)")
    // Every byte of the span that was kept stands in the source, in its order and at its place.
    var end = source.start
    for run in map.runs where run.output < span.end && run.output + run.count > span.start {
      let first = max(run.output, span.start)
      let last = min(run.output + run.count, span.end)
      let place = run.input + first - run.output
      #expect(place >= end && place + last - first <= source.end, "\(note)")
      #expect(raw[place..<place + last - first].elementsEqual(text[first..<last]), "\(note)")
      end = place + last - first
    }
  }
}

/// The paragraphs of a news text as a page: entities, inline tags, comments, scripts and a site around them.
private func page(of news: NewsText, _ random: inout SplitMix) -> String {
  let paragraphs = news.paragraphs.map { sentences in
    let words = sentences.joined(separator: " ").split(separator: " ").map { word in
      let word = word.replacing("&", with: "&amp;").replacing("’", with: "&rsquo;").replacing("é", with: "&#233;")
      return switch Int.random(in: 0..<14, using: &random) {
      case 0: "<b>\(word)</b>"
      case 1: "<a href='/x?a=1&amp;b=2'>\(word)</a>"
      case 2: "\(word)<!-- a comment -->"
      case 3: "<span class=w>\(word)</span><script>var p = '<p>';</script>"
      default: String(word)
      }
    }
    return "<p>\(words.joined(separator: [" ", "\n  ", "&nbsp;"].randomElement(using: &random) ?? " "))</p>"
  }
  return """
    <!DOCTYPE html><html><head><title>\(news.headline ?? "News")</title></head><body><nav><ul><li><a href=/>Home</a></ul></nav>
    <article><h1>\(news.headline ?? "News")</h1>\(paragraphs.joined(separator: "\n"))</article><footer>© 2024</footer></body></html>
    """
}

@Suite("Every span of a clean text leads back to what it came from")
struct ProvenanceTests {
  @Test("of damaged text", arguments: Damage.allCases)
  func damagedText(_ damage: Damage) throws {
    for seed in 0..<UInt64(6) {
      var words = NewsWords(random: SplitMix(seed: seed))
      let raw = damage.apply(to: NewsText(seed: seed), &words).raw
      var random = SplitMix(seed: seed &+ 99)
      expectWayBack(try cleaned(raw), to: Array(raw.utf8), &random, "\(damage) \(seed)")
    }
  }

  @Test("of text with several kinds of damage at once", arguments: 0..<20)
  func mixedDamage(_ seed: UInt64) throws {
    var words = NewsWords(random: SplitMix(seed: seed))
    var raw = NewsText(seed: seed).text
    for damage in [Damage.spaces, .invisible, .windows1252, .decomposed] where words.chance(2) {
      // Each is applied to what the one before left.
      let whole = NewsText(paragraphs: raw.split(separator: "\n\n").map { [String($0)] })
      raw = damage.apply(to: whole, &words).raw
    }
    var random = SplitMix(seed: seed)
    expectWayBack(try cleaned(raw), to: Array(raw.utf8), &random, "\(seed)")
  }

  @Test("of a page", arguments: 0..<20)
  func pages(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let news = NewsText(seed: seed, hasHeadline: true)
    let raw = page(of: news, &random)
    var document = Document(id: "p", text: raw, content: .html)
    try Clean(Clean.Options()).process(&document)
    #expect(document.text == news.paragraphs.map { $0.joined(separator: " ") }.joined(separator: "\n\n"), "\(raw)")
    expectWayBack(document, to: Array(raw.utf8), &random, "\(seed)")
  }
}
