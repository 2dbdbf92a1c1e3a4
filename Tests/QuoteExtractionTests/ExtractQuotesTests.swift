import Hearsay
import QuoteExtraction
import TestSupport
import Testing

@Suite("Quotes are found with their kind, cue and speaker")
struct ExtractQuotesTests {
  /// Each quote as `kind|text|speaker|name`.
  func quotes(_ text: String) throws -> [String] {
    let document = try extracted(text)
    return document[Quotes.self].map { quote in
      let speaker = quote.speaker.map { document.text(in: $0.spans) } ?? "-"
      return "\(quote.kind.rawValue)|\(document.text(in: quote.spans))|\(speaker)|\(quote.speaker?.name ?? "-")"
    }
  }

  @Test(arguments: [
    ("“It rained,” said Bo Ray.", ["direct|It rained,|Bo Ray|Bo Ray"]),
    ("Bo Ray said: “It rained.”", ["direct|It rained.|Bo Ray|Bo Ray"]),
    ("„Es regnet“, said Bo Ray.", ["direct|Es regnet|Bo Ray|Bo Ray"]),
    ("«It rained», said Bo Ray.", ["direct|It rained|Bo Ray|Bo Ray"]),
    ("\"It rained,\" he said, \"twice.\"", ["direct|It rained, twice.|he|-"]),
    ("Bo Ray said that the rain had stopped.", ["indirect|the rain had stopped|Bo Ray|Bo Ray"]),
    ("The rain has stopped, the mayor has said.", ["indirect|The rain has stopped|the mayor|-"]),
    ("According to Bo Ray, the rain has stopped.", ["indirect|the rain has stopped|Bo Ray|Bo Ray"]),
    ("The rain has stopped, according to Bo Ray.", ["indirect|The rain has stopped|Bo Ray|Bo Ray"]),
    ("A so-called \"rain\" fell.", ["scare|rain|-|-"]),
    ("It didn't rain in the '90s.", []),
    ("Nothing is said here", []),
    ("Bo Ray said that, in May, the rain had stopped.", ["indirect|in May, the rain had stopped|Bo Ray|Bo Ray"]),
  ])
  func theQuotesAre(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text) == expected)
  }

  @Test func aQuotationOfSeveralParagraphsIsOne() throws {
    let text = "Bo Ray said: “It rained all day.\n\n“Then it stopped for good.”\n\nHe left."
    #expect(try quotes(text).first == "direct|It rained all day. Then it stopped for good.|Bo Ray|Bo Ray")
  }

  @Test func anUnclosedMarkStaysInItsParagraph() throws {
    let text = "He said “it rained and nobody minded.\n\nThe next paragraph is the article's own."
    let document = try extracted(text)
    let end = "He said “it rained and nobody minded.".utf8.count
    #expect(document[Quotes.self].allSatisfy { $0.spans.allSatisfy { $0.end <= end } })
  }

  @Test func aBlockFindsTheCueThatLostIt() throws {
    let text = """
      “We never agreed to any of this. It was forced on the whole town.”

      The council met on Monday. Ann Holm said:

      The meeting was short.
      """
    let document = try extracted(text)
    #expect(document[Quotes.self].first?.speaker?.name == "Ann Holm")
  }

  @Test func aFollowingQuotationIsTheSameSpeakers() throws {
    let found = try quotes("\"I trusted him,\" Jon Aldous said. \"I was wrong to.\"")
    #expect(found == ["direct|I trusted him, I was wrong to.|Jon Aldous|Jon Aldous"])
  }

  @Test func aLaterShortNameIsTheFullOne() throws {
    let found = try quotes("Ann Holm came. Bo Ray stayed. \"It rained,\" said Holm.")
    #expect(found == ["direct|It rained,|Holm|Ann Holm"])
  }

  @Test(arguments: ["words", "marks"])
  func spansStayInTheTextAndShift(_ kind: String) throws {
    var random = SplitMix(seed: 5)
    let pieces =
      kind == "marks"
      ? ["\"", "“", "”", "«", "»", "„", "'", "’", " ", "\n\n", "a", ".", ","]
      : [
        "said", "Bo Ray", "that", "he", "\"", "“", "”", ",", ".", ":", "\n\n", "according to", "the mayor", "it rained",
      ]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: kind == "marks" ? "" : " ")
      let found = try extracted(text)[Quotes.self]
      let count = text.utf8.count
      for quote in found {
        let spans = Array(quote.spans) + Array(quote.cue ?? []) + Array(quote.speaker?.spans ?? [])
        #expect(spans.allSatisfy { $0.start >= 0 && $0.start < $0.end && $0.end <= count }, "\(text)")
      }
      let starts = found.compactMap { $0.spans.first?.start }
      #expect(starts == starts.sorted(), "\(text)")
      let prefix = "Жé, é.\n\n"
      let shifted = try extracted(prefix + text)[Quotes.self].compactMap { $0.spans.first?.start }
      #expect(shifted == starts.map { $0 + prefix.utf8.count }, "\(text)")
    }
  }

  @Test("A cue that the text ends with has a place in it")
  func aCueAtTheEnd() throws {
    let text =
      "\u{FFFD}x\u{FFFD}We won,\u{FFFD}\" e.ned,\" he tolq \0\0\u{FFFD}<rt'He sai she\u{FFFD}\0\0\0\0\0\0\0\u{FFFD}ideport'"
      + "He sa“We won,aiXd. As\" According"
    let cues = try extracted(text)[Quotes.self].compactMap { $0.cue?.first }
    #expect(cues.map(\.isEmpty) == [false])
  }

  @Test(arguments: [
    "\"", "“", "said ", "said: ", "Bo Ray ", "“a” said Bo. ", "\"a b\" ", "he said that ", "'", "'a '", "s' ", "'A, ",
    "'A,\n\n",
    "ANN LEE: We won it all.\n\nBO RAY: No, we did it all.\n\n", "\"LEE: We won it all.\n\n\"RAY: No, we did.\n\n",
    "“We won.” — Ann Lee\n", "\"a “b” c ", "“a “b” c” ", "“a \"b\" c", "6'2\" ", "\"\n", ")\n",
  ])
  func hostileTextStaysLinear(_ piece: String) throws {
    let growth = try growth(from: 3_000) { size in
      var document = Document(id: "t", text: String(repeating: piece, count: size / piece.utf8.count))
      document[Sentences.self] = [Span(0, document.utf8.count)]
      try ExtractQuotes(.init()).process(&document)
    }
    #expect(growth < 9)
  }
}

@Suite("Quotes are selected")
struct SelectQuotesTests {
  @Test(arguments: zip(["ray", "Bo Ray", "BO", "ra", "Holm"], [1, 1, 1, 0, 0]))
  func bySpeaker(_ name: String, _ count: Int) throws {
    var document = try extracted("“It rained,” said Bo Ray.")
    var options = SelectQuotes.Options()
    options.speakers = [name]
    SelectQuotes(options).process(&document)
    #expect(document[Quotes.self].count == count)
  }
}
