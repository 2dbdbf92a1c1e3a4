import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting
import TestSupport
import Testing

@testable import StanceScoring

@Suite("Pronouns mention targets")
struct PronounTests {
  /// What mentions a target in a text, and which.
  private func mentions(_ text: String, of targets: [String] = []) throws -> [String] {
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    try ExtractQuotes(.init()).process(&document)
    let pronounResolver = document.pronounResolver(in: .english)
    let tokens = document.tokens()
    let rules = targets.map { TargetRule(name: $0, mentions: [$0]) }
    var found =
      targets.isEmpty
      ? TargetMentions(discoveredIn: pronounResolver, tokens, document.bytes, minimumMentions: 1)
      : TargetMentions(of: ConfiguredTargets(rules), in: tokens, document.bytes)
    found.addReferences(pronounResolver, quotes: document[Quotes.self], tokens, document.bytes)
    return found.mentions.map { mention in
      let span = Span(tokens[mention.tokens.lowerBound].start, tokens[mention.tokens.upperBound - 1].end)
      return "\(document.text(in: span)): \(found.names[mention.target])"
    }
  }

  @Test(
    arguments: [
      ("Mary Lee won. She left, and her plan, too.", ["Mary Lee: Mary Lee", "She: Mary Lee", "her: Mary Lee"]),
      ("Mary Lee won. \u{201C}She is a liar,\u{201D} John Park said.", ["Mary Lee: Mary Lee", "She: Mary Lee"]),
      // A speaker speaks of somebody else.
      (
        "Bill Ray won. John Park lost. \u{201C}He is a liar,\u{201D} John Park said.",
        ["Bill Ray: Bill Ray", "He: Bill Ray"]
      ),
      // What is reported without marks is of the speaker mostly, who does not judge himself.
      ("Bill Ray won. John Park said he would leave.", ["Bill Ray: Bill Ray"]),
      // Somebody else than the subject.
      ("Mary Lee won. Jane Park met her.", ["Mary Lee: Mary Lee", "her: Mary Lee"]),
      ("Mary Lee won. Mary Lee met her.", ["Mary Lee: Mary Lee", "Mary Lee: Mary Lee"]),
      ("Jane Park won. Mary Lee lost her seat.", ["Mary Lee: Mary Lee", "her: Mary Lee"]),
      // A pronoun that is a speaker is resolved already.
      (
        "Mary Lee won. Jane Park lost. \u{201C}We won,\u{201D} Mary Lee said. She added that it rained.",
        ["Mary Lee: Mary Lee", "Mary Lee: Mary Lee", "She: Mary Lee"]
      ),
      // Somebody without a name between.
      ("Mary Lee won. The woman said she was glad.", ["Mary Lee: Mary Lee"]),
      ("Bill Ray won. The suspect fled. He was caught.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. A 24-year-old student was shot. He died.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. Smith lost. He left.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. Nobody likes his boss.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. Every child loves his dog.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. Every voter cast his or her vote.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. He/she may lie.", ["Bill Ray: Bill Ray"]),
      // A name after the pronoun.
      ("Bill Ray won. In his town, John Park is known.", ["Bill Ray: Bill Ray"]),
      ("Bill Ray won. When he arrived, John Park was booed.", ["Bill Ray: Bill Ray"]),
      // Most of what `it` speaks of has no name.
      ("The Senate won. It rained.", []),
    ] as [(String, [String])])
  func aMentionIs(_ text: String, _ expected: [String]) throws {
    #expect(try mentions(text, of: ["Mary Lee", "Bill Ray"]) == expected)
  }

  @Test("A name in full is one with its pronouns, a namesake is not")
  func namesakes() throws {
    #expect(
      try mentions("Bill Lee met Mary Lee. Bill Lee left. She slept, and Mary Lee woke.") == [
        "Bill Lee: Bill Lee", "Mary Lee: Mary Lee", "Bill Lee: Bill Lee", "She: Mary Lee", "Mary Lee: Mary Lee",
      ])
  }

  @Test("Where the text has the name with others before it only, it is who is named so most")
  func lastNameAlone() throws {
    #expect(try mentions("Bill Lee won. He left.", of: ["Lee"]) == ["Lee: Lee", "He: Lee"])
    #expect(
      try mentions("Mary Lee met Bill Lee. Mary Lee left. She slept. He did not.", of: ["Lee"]) == [
        "Lee: Lee", "Lee: Lee", "Lee: Lee", "She: Lee",
      ])
  }

  @Test(
    "Who is a person is told by more than one word",
    arguments: [
      ("Mehmet Oz won. Oz defended his show. He left.", true), ("Theresa May won. Mrs. May left. She slept.", true),
      ("Larry King won. Later King fell. He left.", true), ("The Charlotte Mayor won. She left.", false),
      ("Goldman Sachs cut his pay. He left.", false), ("Later United won. Boston United won. He left.", false),
    ])
  func persons(_ text: String, _ isPerson: Bool) throws {
    #expect(try mentions(text).contains { $0.hasPrefix("He: ") || $0.hasPrefix("She: ") } == isPerson)
  }

  @Test("Sentences that do not cover the text are no trap")
  func someSentences() throws {
    var document = Document(id: "t", text: "Mary Lee won. Then she left. Bill Ray lied, and he knew.")
    document[Sentences.self] = [Span(14, 28)]
    var options = ScoreStance.Options()
    options.minimumMentions = 1
    options.neutral = true
    try ScoreStance(options).process(&document)
    #expect(document[Stances.self].map(\.target) == ["Mary Lee"])
  }

  @Test func aPronounIsJudged() throws {
    var document = Document(
      id: "t",
      text: "Mary Lee became mayor in May. \u{201C}She is a liar and a disgrace,\u{201D} John Park said.")
    try SplitSentences(.init()).process(&document)
    try ExtractQuotes(.init()).process(&document)
    var options = ScoreStance.Options()
    options.targets = [TargetRule(name: "Mary Lee", mentions: ["Mary Lee"])]
    try ScoreStance(options).process(&document)
    let stances = document[Stances.self]
    #expect(stances.map(\.target) == ["Mary Lee"])
    #expect(stances.map(\.label) == [.against])
    #expect(stances.map(\.holder) == ["John Park"])
  }

  @Test(arguments: [
    "Mary Lee saw her. ", "Bill Ray said he won. ", "he ", "\u{201C}He won,\u{201D} Bill Ray said. ",
    "Bill Ray met Bo Lee, him ",
  ])
  func hostileTextStaysLinear(_ piece: String) throws {
    let growth = try growth(from: 10_000) { size in
      var document = Document(id: "t", text: String(repeating: piece, count: size / piece.utf8.count))
      document[Sentences.self] = [Span(0, document.utf8.count)]
      try ExtractQuotes(.init()).process(&document)
      try ScoreStance(.init()).process(&document)
    }
    #expect(growth < 9)
  }
}
