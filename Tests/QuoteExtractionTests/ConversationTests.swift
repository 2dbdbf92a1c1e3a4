import Hearsay
import HearsayText
import Testing

@testable import QuoteExtraction

@Suite("Who says what in a conversation")
struct ConversationTests {
  /// Speaker and words of each quote but marked words.
  func turns(_ text: String) throws -> [String] {
    let document = try extracted(text)
    return document[Quotes.self].filter { $0.kind != .scare }.map { quote in
      "\(quote.speaker.map { document.text(in: $0.spans) } ?? "nobody"): \(document.text(in: quote.spans))"
    }
  }

  @Test func aQuotationWithItsOwnClauseIsNoMoreOfTheOneBefore() throws {
    let found = try turns("“We won by far,” said Ann Lee.\n\n“You were lucky, that is all,” Bo Ray shot back.")
    #expect(found == ["Ann Lee: We won by far,", "Bo Ray: You were lucky, that is all,"])
  }

  @Test(arguments: ["", "\""])
  func theTurnsOfATranscriptAreTheirSpeakers(_ mark: String) throws {
    let lines = [
      "ANN LEE: Did you win the race on Sunday?", "BO RAY: We won it, and we were glad of the wind.",
      "LEE: How did it feel to you?", "RAY: It was good.",
    ]
    let text = "Ann Lee met the coach, Bo Ray.\n\n" + lines.map { mark + $0 }.joined(separator: "\n\n") + mark
    let found = try turns(text)
    // Without marks the last mark of a turn is the page's.
    let expected = mark.isEmpty ? lines.map { String($0.dropLast()) } : lines
    #expect(found == expected)
  }

  @Test(
    "A list of names and figures is no conversation",
    arguments: [
      "The count in Selby\n\nAnn Lee: 1,769\n\nBo Ray: 1,501\n\nAnn Lee: 547",
      "Ann Lee and Bo Ray run.\n\nLee: Win in a walk\n\nRay: Keep what there is",
      "UPDATE: The race was put off, the club said.",
    ])
  func aListIsNone(_ text: String) throws {
    var document = Document(id: "t", text: text)
    let tokens = document.tokens()
    let bytes = document.utf8
    #expect(Transcript(in: AnalyzedText(tokens, text: bytes.span, sentences: [])).turns.isEmpty)
  }
}
