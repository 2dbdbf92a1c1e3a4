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
      ("Prime Minister Ann Lee met Foreign Minister Bo Ray. “It rained,” the foreign minister said.", ["Bo Ray"]),
      ("Republican nominee Bo Ray left. “It rained,” said the Republican presidential nominee.", [nil]),
      ("Tom Hill, the chief executive, left. “It rained,” the chief executive said.", ["Tom Hill"]),
      // People with the same last name are distinguished.
      ("Hillary Clinton met Bill Clinton. “It rained,” Mr. Clinton said.", ["Bill Clinton"]),
      ("Hillary Clinton met Bill Clinton. “It rained,” Mrs. Clinton said.", ["Hillary Clinton"]),
      ("Gary Johnson came. “It rained,” said Jeh Johnson.", ["Jeh Johnson"]),
      (
        "John F. Kerry came. “It rained,” said John Kerry. “It stopped,” Kerry said.",
        ["John F. Kerry", "John F. Kerry"]
      ),
      ("Gary Johnson came, and Gary Johnson left. Jeh Johnson did not. “It rained,” Johnson said.", ["Gary Johnson"]),
      ("The Bankruptcy Court sat. “It rained,” the Supreme Court said.", ["Supreme Court"]),
      ("He came from West Virginia. “It rained,” Virginia said.", ["Virginia"]),
      // What "it" and "they" stand for is a name only where a sentence is about it.
      ("The United Nations was silent. “It rained,” it said.", ["United Nations"]),
      ("The mayor criticised the United Nations. “It rained,” it said.", [nil, nil]),
      ("The mayor left. European Union leaders stayed. “It rained,” they said.", [nil]),
      // A capital is one in any alphabet.
      ("“It rained,” said Łukasz Żółć.", ["Łukasz Żółć"]),
      ("“It rained,” said Žarko Ňuz. “It stopped,” Ștefan Țurcan added.", ["Žarko Ňuz", "Ștefan Țurcan"]),
      // Nobody is made up.
      ("“It rained,” he said.", [nil]),
      ("“It rained,” two officials said.", [nil]),
    ] as [(String, [String?])])
  func theNamesAre(_ text: String, _ expected: [String?]) throws {
    #expect(try names(text) == expected)
  }

  @Test(
    "Of a mention with several names the head's is meant",
    arguments: [
      ("Ann Lee, a veteran of the Rules Committee", "Ann Lee"),
      ("Ann Lee, president of the NAACP", "Ann Lee"),
      ("Rep. Ann Lee (D-N.Y.), head of the Black Caucus", "Ann Lee"),
      ("Mr. Ray of the Sierra Club", "Ray"),
      ("Ann Lee, who chairs the Selby board", "Ann Lee"),
      ("Bo Ray's spokeswoman, Ann Lee", "Ann Lee"),
      ("a lawyer for the Post, Ann Lee", "Ann Lee"),
      ("NBC's Ann Lee", "Ann Lee"),
      ("Clinton campaign spokeswoman Ann Lee", "Ann Lee"),
      ("Secretary of State Ann Lee", "Ann Lee"),
      ("China’s ambassador to Britain Ann Lee", "Ann Lee"),
      ("Charlotte Mayor Ann Lee", "Ann Lee"),
      ("German Chancellor Xaver Merz", "Xaver Merz"),
      ("the Premier League", "Premier League"),
      ("a report by the World Bank", "World Bank"),
      ("the Bo Ray campaign", nil),
      ("a reporter for the Selby Post", nil),
      ("a spokesman for Bo Ray", nil),
      ("the memo, seen by the Guardian", nil),
      ("Democratic officials", nil),
      ("Ann Lee and Bo Ray", nil),
      ("Ann Lee, Bo Ray and Tom Hill", nil),
    ] as [(String, String?)])
  func theHeadIsNamed(_ mention: String, _ name: String?) throws {
    #expect(try names("“It rained,” said \(mention).") == [name])
  }

  @Test(
    "A name goes on over particles, and behind a noun for a body over `of` and `for`",
    arguments: [
      "Ursula von der Leyen", "Bill de Blasio", "Federal Bureau of Prisons", "Bank of England", "Ernst & Young",
      "Tulsa Police Department", "United States", "Josh Earnest", "State Department", "Republican National Committee",
      "Centers for Disease Control and Prevention", "Committee on Foreign Relations", "People’s Daily",
    ])
  func theNameIsWhole(_ name: String) throws {
    #expect(try names("“It rained,” the \(name) said.") == [name])
  }

  @Test(
    "Who has no name is not called by that of somebody who stands farther off, nor by that of a place",
    arguments: [
      "Bill Ray spoke in Selby. A protester was removed by the police. “I will be back,” he said.",
      "Mary Lee won. A woman in the crowd shouted. “It is a lie,” she said.",
      "Mary Lee won. The young woman shouted. “It is a lie,” she said.",
      "Bill Ray won. A 24-year-old driver was hurt. “It rained,” he said.",
      "The party met in Selby. “It rained,” she said.", "The Selby people won. “It rained,” he said.",
    ])
  func strangersHaveNoName(_ text: String) throws { #expect(try names(text) == [nil]) }

  @Test(
    "Who is called by a noun as well keeps the name",
    arguments: [
      "Mary Lee won. “A woman shouted,” she said.", "Mary Lee won. The senator slept. “It rained,” she said.",
      "Mary Lee, a farmer's daughter, won. “It rained,” she said.", "Mary Lee met a man. “It rained,” she said.",
      "Mary Lee left. The bridge, Lee said, was closed. “It rained,” she added.",
    ])
  func othersKeepTheirName(_ text: String) throws { #expect(try names(text).last == "Mary Lee") }

  @Test(
    "Adverbs, participles and datelines are no names that a pronoun stands for",
    arguments: [
      "The board met. Critically, however, it said that it rained.",
      "Rates have risen. Using salt costs little. They said that it rained.",
      "Backed by the mayor, it said that it rained.", "In Virginia, they said that it rained.",
      "They’ll say that it rained.", "Traders said that it rained.",
      "Massive fires burned. They showed that it rained.",
      "Images of clouds were shown. They showed that it rained.",
      "The CEO said that it rained.",
      "LONDON (AP) — The board met. Then it said that it rained.",
    ])
  func sentencesBeginWithoutName(_ text: String) throws { #expect(try names(text) == [nil]) }

  @Test("A word that a sentence begins with and that stands in small letters elsewhere is no name")
  func wordsAreNoNames() throws {
    #expect(try names("Rabbis said that it rained. “It rained,” other rabbis said.").first == .some(nil))
    #expect(try names("Apple said that it rained. “It rained,” Ann Lee said.").first == "Apple")
  }

  @Test(
    "`who` is the one named right before it, and no more than one",
    arguments: [
      ("It was Ann Lee, who said that it rained.", "Ann Lee"),
      ("It was those with Ann Lee, who are saying that it rained.", nil),
      ("It was an Italian heritage club, who said that it rained.", nil),
    ] as [(String, String?)])
  func who(_ text: String, _ name: String?) throws {
    #expect(try names(text).allSatisfy { $0 == name })
    #expect(try !names(text).isEmpty)
  }

  @Test(
    "`Will` is a first name where it can be no verb",
    arguments: [
      ("“It rained,” said Will Moy.", "Will Moy"), ("“It rained,” said Mayor Will Moy.", "Will Moy"),
      ("George Will left. “It rained,” Will said.", "George Will"),
      ("How Will Selby Win. “It rained,” Selby said.", "Selby"),
    ])
  func will(_ text: String, _ name: String) throws { #expect(try names(text).last == name) }

  @Test("A name before a noun, or in capitals, does not take the place of one alone")
  func theLikelierSpelling() throws {
    #expect(try names("“It rained,” the Pentagon said. VOA Pentagon correspondent Ann Lee left.") == ["Pentagon"])
    #expect(try names("NEW HARBOUR PLAN. “It rained,” New Harbour said.").last == "New Harbour")
  }

  @Test("Where they are names, what follows them distinguishes them", arguments: ["Boeing", "Connolly", "Ahmed"])
  func namesThatLookLikeThem(_ name: String) throws {
    #expect(try names("\(name) said it rained. “It rained,” \(name) said.") == [name, name])
  }

  @Test func manyNamesakesStayLinear() throws {
    let text = (0..<20_000).map { "A\(String($0, radix: 36)) Smith came. " }.joined() + "“It rained,” said Smith."
    let start = ContinuousClock.now
    _ = try names(text)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func aDoubtfulPronounHasNoName() throws {
    let text = "Jon Aldous and Bo Carter met Tom Ray and Dan Hill. Then, after a while, “it rained,” he said."
    #expect(try names(text, above: 0.99) == [nil])
  }

  @Test func reasonsAreGivenWhereTheyAreWanted() throws {
    var document = try extracted(
      "“It rained,” said Ann Lee. Bo Ray left. “It stopped,” he said. A \"plan\" failed.")
    #expect(!document.has(Reasons.self))
    document[Reasons.self] = []
    try ExtractQuotes(.init()).process(&document)
    let reasons = document[Reasons.self]
    #expect(reasons.map(\.element) == Array(document[Quotes.self].indices))
    #expect(reasons.first?.lines.first?.contains("model") == true)
    #expect(reasons.last?.lines == ["2: rule: a few marked words"])
    #expect(reasons.dropFirst().first?.lines.last?.contains("speaker taken for Bo Ray") == true)
    document.remove(Reasons.self)
    #expect(!document.has(Reasons.self))
  }
}
