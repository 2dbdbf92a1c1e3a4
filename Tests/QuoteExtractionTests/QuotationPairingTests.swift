import Hearsay
import QuoteExtraction
import Testing

@Suite("Marks are paired as they are meant")
struct QuotationPairingTests {
  /// Each quote as `kind|text|speaker`, by the rules alone.
  private func quotes(_ text: String) throws -> [String] {
    var options = ExtractQuotes.Options()
    options.model = .none
    return try quoteLines(of: text, options)
  }

  @Test(
    "Those within a quotation are part of it",
    arguments: [
      ("Ann Lee said: \"They chant “USA” and leave.\"", "direct|They chant “USA” and leave.|Ann Lee"),
      ("“He called it “a shame” and left,” Ann Lee said.", "direct|He called it “a shame” and left,|Ann Lee"),
      ("“He called it \"a shame\" and left,” Ann Lee said.", "direct|He called it \"a shame\" and left,|Ann Lee"),
      (
        "Ann Lee said: \"They chant “USA” and leave.\n\n\"They chant “never” too.\n\nIt ended.",
        "direct|They chant “USA” and leave. They chant “never” too.|Ann Lee"
      ),
    ])
  func withinAQuotation(_ text: String, _ quote: String) throws { #expect(try quotes(text) == [quote]) }

  @Test(
    "Where one is missing, the first that closes ends the quotation",
    arguments: [
      ("“He called it “a shame and left,” Ann Lee said.", "direct|He called it “a shame and left,|Ann Lee"),
      ("\"“We won,” Ann Lee said in May.\"", "direct|“We won,|Ann Lee"),
      ("“We won,\" Ann Lee said. \"It was close.”", "direct|We won, It was close.|Ann Lee"),
      ("\"We won,” Ann Lee said. “It was close.\"", "direct|We won, It was close.|Ann Lee"),
    ])
  func whereOneIsMissing(_ text: String, _ quote: String) throws { #expect(try quotes(text).first == quote) }

  @Test(
    "Two single ones are a double one",
    arguments: [
      "''We won,'' Ann Lee said, ''twice.''", "“We won,’’ Ann Lee said, “twice.’’",
      "‘‘We won,’’ Ann Lee said, ‘‘twice.’’",
    ])
  func twoSingleOnes(_ text: String) throws { #expect(try quotes(text) == ["direct|We won, twice.|Ann Lee"]) }

  @Test("Those of feet and inches close nothing", arguments: ["6'2\"", "6’2”"])
  func feetAndInches(_ height: String) throws {
    #expect(try quotes("“He is \(height) tall,” Ann Lee said.") == ["direct|He is \(height) tall,|Ann Lee"])
  }

  @Test("A title of a work before a clause is no quote")
  func titles() throws {
    let found = try quotes("On “Meet the Press,” the former secretary of state said she would run.")
    #expect(found == ["scare|Meet the Press|-", "indirect|she would run|the former secretary of state"])
  }

  @Test(
    "Lines are paragraphs where none is broken at a width",
    arguments: [
      "“We won,” Ann Lee said.|“It was close for us,” Bo Ray said.|“Nobody minds it now.”",
      "“We never agreed to any of this. It was forced on us.”|The council met. Ann Lee said:|It was short.",
      "It was late.|“We met on Monday.|“We voted on Tuesday,” Ann Lee said.",
      "“We won.” Then it rained.|“We met again on Monday and voted.”|According to Bo Ray, the rain has stopped.",
    ])
  func lines(_ lines: String) throws {
    #expect(try quotes(lines.replacing("|", with: "\n")) == quotes(lines.replacing("|", with: "\n\n")))
  }

  @Test("Elsewhere a sentence may end with a line")
  func wrapped() throws {
    let text = "“We met on\nMonday and voted.\nNobody spoke against the\nplan we had,” Ann Lee said."
    #expect(try quotes(text) == ["direct|We met on\nMonday and voted.\nNobody spoke against the\nplan we had,|Ann Lee"])
  }
}
