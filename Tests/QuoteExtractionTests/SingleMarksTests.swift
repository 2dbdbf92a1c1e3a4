import Hearsay
import Testing

@testable import QuoteExtraction

@Suite("Single marks quote as double ones do")
struct SingleMarksTests {
  @Test(arguments: [
    ("'It's their fault,' said Bo Ray, 'and they know it.'", ["direct|It's their fault, and they know it.|Bo Ray"]),
    ("‘It’s their fault,’ said Bo Ray, ‘and they know it.’", ["direct|It’s their fault, and they know it.|Bo Ray"]),
    ("'They know it', said Bo Ray.", ["direct|They know it|Bo Ray"]),
    ("Bo Ray said: 'It's over.'", ["direct|It's over.|Bo Ray"]),
    ("'The workers' rights were ignored,' said Bo Ray.", ["direct|The workers' rights were ignored,|Bo Ray"]),
    (
      "'Why now?' asked Bo Ray. 'Because we must!' cried Ann Lee.",
      ["direct|Why now?|Bo Ray", "direct|Because we must!|Ann Lee"]
    ),
    ("'He told me \"no\" twice,' Bo Ray said.", ["direct|He told me \"no\" twice,|Bo Ray", "scare|no|-"]),
    ("Bo Ray said: 'He told me: \"No.\"'", ["direct|He told me: \"No.\"|Bo Ray", "scare|No.|-"]),
    ("Bo Ray said: 'We won.\n\n'It was close.'", ["direct|We won. It was close.|Bo Ray"]),
    ("'We won,' said Bo Ray. The so-called 'plan' failed.", ["direct|We won,|Bo Ray", "scare|plan|-"]),
  ])
  func theQuotesAre(_ text: String, _ expected: [String]) throws {
    let found = try quoteLines(of: text)
    #expect(found == expected)
  }

  /// What `KindsTests` finds in double marks all through, it finds in single ones.
  @Test(
    arguments: KindsTests.ways.filter {
      $0.quote.hasPrefix("direct") && $0.text.contains("”") && !$0.text.contains("\"")
    })
  func asInDoubleMarks(name: String, text: String, quote: String, speaker: String?) throws {
    func single(_ text: String) -> String {
      String(text.map { ["“": "‘", "”": "’", "‘": "“", "’": "”"][$0] ?? $0 })
    }
    #expect(try quoteLines(of: single(text)).contains("\(single(quote))|\(speaker ?? "-")"), "\(name)")
  }

  @Test(
    "An apostrophe is none",
    arguments: [
      "Bo Ray said the workers' rights and the bosses' plans were safe.", "He said the '90s were Ann's and the Rays'.",
      "They ate fish 'n' chips, goin' home, said Bo Ray.", "''", "'", "' '", "'a", "a'", "’’ ‘", "'s 's' s'",
    ])
  func anApostropheIsNone(_ text: String) throws {
    #expect(try !quoteLines(of: text).contains { $0.hasPrefix("direct") })
  }

  @Test("Where a text quotes in double marks, single ones stay what they are")
  func ofAHeadline() throws {
    let text = "Plan is ‘Terrifying.’\n\n“We won,” Ann Lee said.\n\n“It was ‘close,’ they said,” Bo Ray said."
    let found = try quoteLines(of: text)
    #expect(!found.contains { $0.contains("|Terrifying") })
    #expect(found.contains("direct|It was ‘close,’ they said,|Bo Ray"))
  }
}
