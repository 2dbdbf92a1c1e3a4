import QuoteExtraction
import Testing

@Suite("The rules alone find what marks and cues settle")
struct RulesTests {
  @Test(
    arguments: [
      ("“We won,” Mr. Lee said.", ["direct|We won,|Mr. Lee"]),
      ("“We won,” said Sen. Ann J. Lee.", ["direct|We won,|Sen. Ann J. Lee"]),
      ("“We won,” said Lee the next day.", ["direct|We won,|Lee"]),
      ("The head of the council, Ann Lee, said: “We won.”", ["direct|We won.|Ann Lee"]),
      ("Lee stopped and said that the dam was safe.", ["indirect|the dam was safe|Lee"]),
      ("The dam is not safe, said Ann Lee, an engineer.", ["indirect|The dam is not safe|Ann Lee"]),
      ("Lee covered the vote, echoing Mr. Ray.", []),
      ("Lee said 20 of them were safe.", ["indirect|20 of them were safe|Lee"]),
      ("Lee said if it rained the dam would break.", ["indirect|if it rained the dam would break|Lee"]),
      ("Lee said that the dam was “a shame.”", ["mixed|the dam was “a shame.”|Lee"]),
      ("Lee said “the next dam” should be safe.", ["mixed|“the next dam” should be safe|Lee"]),
      ("Lee said that “the next dam” should be safe.", ["mixed|“the next dam” should be safe|Lee"]),
      ("The failure of the dam was “a shame,” Lee said.", ["mixed|The failure of the dam was “a shame,”|Lee"]),
      ("Lee called the new dam “a shame.”", ["mixed|the new dam “a shame.”|Lee"]),
      ("Lee smiled and described himself as “strong.”", ["mixed|himself as “strong.”|Lee"]),
      ("The so-called “dam” broke.", ["scare|dam|-"]),
      ("Lee has a plan for the town: “We will wait.”", ["direct|We will wait.|Lee"]),
      (
        "“We won,” said Secretary of the interior Deb Haaland.",
        ["direct|We won,|Secretary of the interior Deb Haaland"]
      ),
      ("Tim Kaine, Virginia Democrat, said that it rained.", ["indirect|it rained|Tim Kaine"]),
      ("“Yes We Can,” — Barack Obama said.", ["direct|Yes We Can,|Barack Obama"]),
      ("When he arrived, asked Ann Lee.", []),
      ("The dam, Ann Lee said, was built too late.", ["indirect|The dam was built too late|Ann Lee"]),
      ("The dam, said Ann Lee, “was built too late.”", ["mixed|The dam “was built too late.”|Ann Lee"]),
      (
        "During the years in office, Ann Lee said, it had rained a lot.",
        ["indirect|During the years in office it had rained a lot|Ann Lee"]
      ),
      (
        "''We won,'' Lee said. It was late ,,and dark and he said, ''we go home now.''",
        ["direct|We won,|Lee", "direct|we go home now.|he"]
      ),
    ] as [(String, [String])])
  func theyFind(_ text: String, _ expected: [String]) throws {
    var options = ExtractQuotes.Options()
    options.model = .none
    #expect(try quoteLines(of: text, options) == expected)
  }
}
