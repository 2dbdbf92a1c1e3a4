import Hearsay
import Testing

@testable import QuoteExtraction

@Suite("Every form of quote is found")
struct KindsTests {
  static let ways: [(name: String, text: String, quote: String, speaker: String?)] = [
    ("in front", "“We won,” Ann Lee said.", "direct|We won,", "Ann Lee"),
    ("after", "Ann Lee said, “We won.”", "direct|We won.", "Ann Lee"),
    ("inverted", "“We won,” said Ann Lee.", "direct|We won,", "Ann Lee"),
    ("in two pieces", "“We won,” Ann Lee said, “twice.”", "direct|We won, twice.", "Ann Lee"),
    ("in two sentences", "“We won,” Ann Lee said. “It was close.”", "direct|We won, It was close.", "Ann Lee"),
    ("after a colon", "Ann Lee told reporters: “We won.”", "direct|We won.", "Ann Lee"),
    ("of several paragraphs", "Ann Lee said: “We won.\n\n“It was close.”", "direct|We won. It was close.", "Ann Lee"),
    (
      "with a quotation within", "Ann Lee said: “He told me ‘never’ twice.”", "direct|He told me ‘never’ twice.",
      "Ann Lee"
    ),
    ("in guillemets", "Ann Lee said: «We won.»", "direct|We won.", "Ann Lee"),
    ("in low marks", "Ann Lee said: „We won.“", "direct|We won.", "Ann Lee"),
    ("in opening marks twice", "“We won,“ Ann Lee said. “It was close.”", "direct|We won, It was close.", "Ann Lee"),
    (
      "on a line after one that lost its mark", "It was “hard.\nIt was close.\n“We won,” Ann Lee said.",
      "direct|We won,", "Ann Lee"
    ),
    ("of several lines", "Ann Lee said: “We won.\n“It was close.”", "direct|We won. It was close.", "Ann Lee"),
    ("in apostrophes", "''We won,'' Ann Lee said.", "direct|We won,", "Ann Lee"),
    ("in straight marks", "\"We won,\" Ann Lee said.", "direct|We won,", "Ann Lee"),
    ("in marks of two kinds", "“We won,\" Ann Lee said.", "direct|We won,", "Ann Lee"),
    (
      "partly", "Ann Lee said the team was “the best in years” and would win.",
      "mixed|the team was “the best in years” and would win", "Ann Lee"
    ),
    ("without marks", "Ann Lee said the team would win.", "indirect|the team would win", "Ann Lee"),
    ("with that", "Ann Lee said that the team would win.", "indirect|the team would win", "Ann Lee"),
    ("without marks, in front", "The team would win, Ann Lee said.", "indirect|The team would win", "Ann Lee"),
    ("according to", "According to Ann Lee, the team would win.", "indirect|the team would win", "Ann Lee"),
    ("according to, after", "The team would win, according to Ann Lee.", "indirect|The team would win", "Ann Lee"),
    ("as a thought", "Ann Lee believes that the team will win.", "indirect|the team will win", "Ann Lee"),
    (
      "with an apposition", "Ann Lee, the coach of the team, said it would win.", "indirect|it would win",
      "Ann Lee, the coach of the team"
    ),
    ("before a line of attribution", "“We won.” — Ann Lee", "direct|We won.", "Ann Lee"),
    ("before one of its own", "“We won.”\n\n- Ann Lee, coach of Selby", "direct|We won.", "Ann Lee"),
    ("by a verb that no list has", "“We won again!” trilled Ann Lee.", "direct|We won again!", "Ann Lee"),
    ("by a group", "Two officials said the team would win.", "indirect|the team would win", "Two officials"),
    (
      "by a body", "The Harbour Authority said the team would win.", "indirect|the team would win",
      "The Harbour Authority"
    ),
    ("as a marked word", "The so-called “plan” failed.", "scare|plan", nil),
    ("as a marked word of what was discussed", "They discussed the deployment of a “peace” force.", "scare|peace", nil),
    (
      "as one before another clause",
      "The board discussed the deployment of a “peace” force to Selby, with the idea spearheaded by the council.",
      "scare|peace", nil
    ),
  ]

  @Test(arguments: ways.indices)
  func itIsFound(_ index: Int) throws {
    let way = Self.ways[index]
    let document = try extracted(way.text)
    let found = document[Quotes.self].first { "\($0.kind.rawValue)|\(document.text(in: $0.spans))" == way.quote }
    let all = document[Quotes.self].map { "\($0.kind.rawValue)|\(document.text(in: $0.spans))" }
    #expect(found != nil, "\(way.name): found \(all)")
    #expect(found?.speaker.map { document.text(in: $0.spans) } == way.speaker, "\(way.name)")
  }
}
