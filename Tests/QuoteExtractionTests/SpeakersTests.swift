import Hearsay
import Testing

@testable import QuoteExtraction

@Suite("Speakers are resolved to names")
struct SpeakersTests {
  /// The names of the speakers of all quotes but marked words.
  func names(_ text: String, above: Double = 0.4) throws -> [String?] {
    var options = ExtractQuotes.Options()
    options.resolveAbove = above
    let document = try extracted(text, options)
    return document[Quotes.self].filter { $0.kind != .scare }.map { $0.speaker?.name }
  }

  @Test(
    arguments: [
      // A pronoun stands for the one named last that agrees with it, not for the speaker before.
      (
        "“It rained,” said Ann Lee. Mayor Bo Ray came late. “It was dry here,” he told reporters.",
        ["Ann Lee", "Bo Ray"]
      ),
      ("Bo Ray met Ann Lee in May. “It rained,” she said.", ["Ann Lee"]),
      ("Ann Lee met Mr. Ray in May. “It rained,” he said.", ["Ray"]),
      ("“It rained,” said Ann Lee. “It stopped,” she added.", ["Ann Lee", "Ann Lee"]),
      // Titles and roles are no part of the name.
      ("“It rained,” said Secretary of Defense John Healey.", ["John Healey"]),
      ("President Ann Lee came. “It rained,” said Lee.", ["Ann Lee"]),
      ("“It rained,” said Harbour director Jon Aldous, who had come from Selby.", ["Jon Aldous"]),
      // A role names its only bearer.
      ("Mayor Ann Lee came. “It rained,” the mayor said.", ["Ann Lee"]),
      ("Mayor Ann Lee met Mayor Bo Ray. “It rained,” the mayor said.", [nil]),
      // Nobody is made up.
      ("“It rained,” he said.", [nil]),
      ("“It rained,” two officials said.", [nil]),
    ] as [(String, [String?])])
  func theNamesAre(_ text: String, _ expected: [String?]) throws {
    #expect(try names(text) == expected)
  }

  @Test func aDoubtfulPronounHasNoName() throws {
    let text = "Jon Aldous and Bo Carter met Tom Ray and Dan Hill. Then, after a while, “it rained,” he said."
    #expect(try names(text, above: 0.99) == [nil])
  }

  @Test func whoeverAsksIsToldWhy() throws {
    var document = try extracted(
      "“It rained,” said Ann Lee. Bo Ray left. “It stopped,” he said. A \"plan\" failed.")
    #expect(!document.has(QuoteReasons.self))
    document[QuoteReasons.self] = []
    try ExtractQuotes(.init()).process(&document)
    let reasons = document[QuoteReasons.self]
    #expect(reasons.map(\.quote) == Array(document[Quotes.self].indices))
    #expect(reasons.first?.finder.contains("model") == true)
    #expect(reasons.last?.finder == "rule: marks without a cue")
    #expect(reasons.dropFirst().first?.speakers.map(\.name) == ["Bo Ray"])
    document.remove(QuoteReasons.self)
    #expect(!document.has(QuoteReasons.self))
  }
}
