import Foundation
import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting
import TestSupport
import Testing

@testable import StanceScoring

@Suite("Stance is scored toward each target")
struct ScoreStanceTests {
  /// The stances of a text after sentences and quotes are found in it.
  func stances(_ text: String, _ options: ScoreStance.Options = .init()) throws -> (Document, [Stance]) {
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    try ExtractQuotes(.init()).process(&document)
    try ScoreStance(options).process(&document)
    return (document, document[Stances.self])
  }

  func options(_ targets: [String], neutral: Bool = true) -> ScoreStance.Options {
    var options = ScoreStance.Options()
    options.targets = targets.map { TargetRule(name: $0, mentions: [$0]) }
    options.neutral = neutral
    return options
  }

  @Test("A text in another language is not judged, and says so")
  func otherLanguages() throws {
    let text = """
      Die Regierung hat mit Brandt einen Minister, der sich um die Brücke kümmert und auch nicht an die Kosten denkt. Brandt \
      ist für die Stadt ein Gewinn, sagte er.
      """
    let (document, found) = try stances(text, options(["Brandt"]))
    #expect(found.isEmpty)
    #expect(document[Warnings.self].map(\.kind) == ["language"])
    var asEnglish = options(["Brandt"])
    asEnglish.language = .named(.english)
    #expect(try !stances(text, asEnglish).1.isEmpty)
  }

  @Test(arguments: [
    ("Everybody praised Brandt as an excellent and honest partner.", Stance.Label.favor),
    ("Brandt lied, failed and betrayed the town, a disgrace.", .against),
    ("Brandt moved to the other office in the afternoon.", .neutral),
  ])
  func theLabelIs(_ text: String, _ label: Stance.Label) throws {
    let (_, stances) = try stances(text, options(["Brandt"]))
    #expect(stances.map(\.label) == [label], "\(stances)")
  }

  @Test func mirroredPairsDiffer() throws {
    let (_, first) = try stances("Selby attacked Brandt over the corrupt deal.", options(["Selby", "Brandt"]))
    let (_, second) = try stances("Brandt attacked Selby over the corrupt deal.", options(["Selby", "Brandt"]))
    func score(_ stances: [Stance], _ name: String) -> Double { stances.first { $0.target == name }?.score ?? 0 }
    #expect(score(first, "Brandt") != score(second, "Brandt"))
    #expect(score(first, "Selby") != score(second, "Selby"))
  }

  @Test func aNegationTurnsAWord() throws {
    let (_, plain) = try stances("Brandt was a great success for the town.", options(["Brandt"]))
    let (_, negated) = try stances("Brandt was never a great success for the town.", options(["Brandt"]))
    #expect((negated.first?.score ?? 0) < (plain.first?.score ?? 0))
  }

  @Test("A curly apostrophe negates as a straight one does", arguments: ["doesn't deserve this honor", "can't win"])
  func aCurlyNegationTurnsAWord(_ verdict: String) throws {
    let (_, straight) = try stances("Brandt \(verdict).", options(["Brandt"]))
    let (_, curly) = try stances("Brandt \(verdict.replacing("'", with: "’")).", options(["Brandt"]))
    #expect(straight.map(\.score) == curly.map(\.score))
    #expect((curly.first?.score ?? 0) < 0)
  }

  @Test func theHolderOfAQuoteIsItsSpeaker() throws {
    let (_, stances) = try stances("\"Brandt has failed us all,\" said Ann Selby.", options(["Brandt"]))
    #expect(stances.map(\.holder) == ["Ann Selby"])
    #expect(stances.map(\.quote) == [0])
  }

  @Test func evidenceStandsInTheText() throws {
    let (document, stances) = try stances("\"Brandt has failed and lied,\" said Ann Selby. Ж", options(["Brandt"]))
    let words = stances.flatMap(\.evidence).map { document.text(in: $0) }
    #expect(words.contains("failed") && words.contains("lied"))
  }

  @Test func withoutTheEvidenceTheScoreMovesBack() throws {
    let (document, stances) = try stances("Brandt has failed and lied to the town.", options(["Brandt"]))
    let stance = try #require(stances.first)
    var edits = TextEdits()
    for span in stance.evidence { edits.remove(span) }
    let (text, _) = edits.applied(to: document.utf8)
    let (_, rest) = try self.stances(String(decoding: text, as: UTF8.self), options(["Brandt"]))
    #expect((rest.first?.score ?? -1) > stance.score)
  }

  @Test func givenMentionsAreScoredInTheirOrder() throws {
    var document = Document(id: "t", text: "„Ж“ Brandt failed. Selby won.")
    let text = document.text
    func mention(_ name: String) -> TargetMention {
      let start = text.range(of: name).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
      return TargetMention(spans: [Span(start, start + name.utf8.count)], mention: name)
    }
    document[Targets.self] = [mention("Selby"), mention("Brandt")]
    try ScoreStance(.init()).process(&document)
    #expect(document[Stances.self].map(\.target) == ["Selby", "Brandt"])
    #expect(document[Stances.self].map(\.spans) == document[Targets.self].map(\.spans))
  }

  @Test func anAliasNamesItsTarget() throws {
    var options = options([])
    options.targets = [TargetRule(name: "EU", mentions: ["European Union", "EU"])]
    let (_, stances) = try stances("The European Union failed. The EU lied.", options)
    #expect(Set(stances.map(\.target)) == ["EU"])
  }

  @Test(arguments: ["", " ", "=>", "A =>", "| => B"])
  func aTargetThatIsNoneIsRefused(_ text: String) {
    var diagnostics: [Diagnostic] = []
    let node = ConfigNode(.scalar(text, isQuoted: true), at: SourcePlace(file: "t"))
    #expect(TargetRule.decode(node, &diagnostics) == nil)
    #expect(diagnostics.count == 1)
  }

  @Test func scoresAndSpansStayInBounds() throws {
    var random = SplitMix(seed: 3)
    let pieces = [
      "Brandt", "Selby", "failed", "praised", "not", ".", "“", "”", "é", "this", "the", "\n\n", "\"", "said", "🎈",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      let (document, found) = try stances(text)
      for stance in found {
        #expect((-1...1).contains(stance.score))
        #expect(
          (Array(stance.spans) + Array(stance.evidence)).allSatisfy { $0.end <= document.utf8.count && !$0.isEmpty })
      }
      let (_, shifted) = try stances("Ж é.\n\n" + text)
      #expect(shifted.count >= found.count)
    }
  }

  @Test(arguments: ["Brandt ", "Brandt failed this ", "\"Brandt ", "said Brandt "])
  func hostileTextStaysLinear(_ piece: String) throws {
    let growth = try growth(from: 10_000) { size in
      var document = Document(id: "t", text: String(repeating: piece, count: size / piece.utf8.count))
      document[Sentences.self] = [Span(0, document.utf8.count)]
      try ScoreStance(.init()).process(&document)
      #expect(document[Stances.self].count < 1000)
    }
    #expect(growth < 9)
  }
}

@Suite("Configured targets are found by their mentions")
struct ConfiguredTargetTests {
  /// The names of the targets that a text mentions, as often as it does.
  private func mentions(_ text: String, of rules: [TargetRule]) -> [String] {
    var document = Document(id: "t", text: text)
    let pronounResolver = document.pronounResolver(in: .english)
    let tokens = document.tokens()
    var found = TargetMentions(of: ConfiguredTargets(rules), in: tokens, document.bytes)
    found.addReferences(pronounResolver, quotes: [], tokens, document.bytes)
    return found.mentions.map { mention in
      document.text(in: Span(tokens[mention.tokens.lowerBound].start, tokens[mention.tokens.upperBound - 1].end))
    }
  }

  @Test(
    arguments: [
      ("The US told us who would pay; the WHO did not.", ["US", "WHO"], ["US", "WHO"]),
      ("Who? Us.", ["US", "WHO"], []),
      ("U.S. and us.", ["U.S."], ["U.S."]), ("NATO's plan, Nato too, nato not.", ["NATO"], ["NATO", "Nato"]),
      ("A democrat and many Democrats' votes.", ["Democrat"], ["democrat", "Democrats"]),
      ("The authority and the authorities.", ["Authority"], ["authority", "authorities"]),
      ("Ann Lee won. Then Lee spoke, and Lee's plan passed.", ["Ann Lee"], ["Ann Lee", "Lee", "Lee"]),
      ("Lee spoke. Ann Lee won.", ["Ann Lee"], ["Lee", "Ann Lee"]),
      ("Ann Lee won. Bo Lee lost to Lee Park, under the lee.", ["Ann Lee"], ["Ann Lee"]),
      ("", ["Ann Lee"], []), ("Ann", ["Ann Lee"], []),
      ("Ann B. Lee won, and Mr. Modi.", ["Ann B. Lee", "Mr. Modi"], ["Ann B. Lee", "Mr. Modi"]),
      ("The #MeToo movement reached St. Louis.", ["#MeToo", "St. Louis"], ["MeToo", "St. Louis"]),
      ("Lee won. Ann\tLee lost.", ["Ann\nLee"], ["Lee", "Ann\tLee"]),
    ] as [(String, [String], [String])])
  func aMentionIs(_ text: String, _ names: [String], _ expected: [String]) {
    #expect(mentions(text, of: names.map { TargetRule(name: $0, mentions: [$0]) }) == expected)
  }
}
