import Cleaning
import Hearsay
import Testing

/// A damaged story: what must be in the text, what must not, and the places of its warnings in order.
struct Damaged: CustomTestStringConvertible, Sendable {
  let title: String
  let text: String
  let has: [String]
  let lacks: [String]
  let warnings: [String]
  var testDescription: String { title }
}

@Suite("Places where words are missing are marked")
struct MissingTextTests {
  static let stories = [
    Damaged(
      title: "a mayor's lost links",
      text: """
        The old mill will be sold, the mayor has confirmed.The mayor spoke on Friday at a meeting of theOrtega rejected \
        what she called afair offer.Ortega told:Ortega added:Council member Ray Dunn was then asked to leave. Ortega \
        left in 2021.Dunn had said that
        """,
      has: ["confirmed. The mayor", "of the Ortega", "added: Council", "2021. Dunn"],
      lacks: ["confirmed.The", "theOrtega", "2021.Dunn"],
      warnings: ["of the", "Ortega told:", "Ortega added:", "said that"]),
    Damaged(
      title: "a match report",
      text: """
        Rovers beat United by two goals.Keane scored first in a match that the coach listed asaccording to the club. \
        The coach of the club said:The next match is on Sunday.Fans "sang all night."While some left early, others stayed \
        until the
        """,
      has: ["goals. Keane", "as according", "said: The next", "Sunday. Fans", #"night." While"#],
      lacks: ["asaccording", "said:The"],
      warnings: ["listed as", "club said:", "until the"]),
    Damaged(
      title: "a market report",
      text: """
        Shares fell on Monday, according to theThe bank of the city kept its rate.It said inflation was down to 3.5%.\
        Analysts at the bank expect more.with others less sure of that.
        """,
      has: ["the The bank", "rate. It", "3.5%. Analysts", "more. with"], lacks: ["theThe", "more.with"],
      warnings: ["to the", "with"]),
    Damaged(
      title: "paragraphs cut in their middle",
      text: """
        The storm hit the coast of the island on Tuesday night.

        which left thousands without power for days.

        The governor said:

        Officials of the state opened ten shelters in the north.

        Repairs will take until the end of the month at least, the power company said in a
        """,
      has: ["said:"], lacks: [],
      warnings: ["which", "governor said:", "in a"]),
    Damaged(
      title: "a lost space is no lost word",
      text:
        "Analysts of the bank atNomura met inToledo on Sunday. The vote was held byOrtega rejected the plan of the bank.",
      has: ["at Nomura met in Toledo on"], lacks: [], warnings: ["held by"]),
    Damaged(
      title: "a feed's shortened text",
      text: "The court of the state ruled on Friday that the law must stand, and the senate said it would look at […]",
      has: ["[…]"], lacks: [], warnings: ["at […]"]),
    Damaged(
      title: "a speaker who follows his own cue",
      text: "The vote was lost. Haas said: Haas later left the room with the others.",
      has: ["Haas said: Haas"], lacks: [], warnings: ["Haas said:"]),
  ]

  @Test(arguments: stories)
  func marks(_ story: Damaged) throws {
    let document = try cleaned(story.text)
    for piece in story.has { #expect(document.text.contains(piece)) }
    for piece in story.lacks { #expect(!document.text.contains(piece)) }
    #expect(document[Warnings.self].map { document.text(in: $0.spans) } == story.warnings)
  }

  @Test(arguments: [
    "She said: “We won.” He said: We will win too.",
    "The minister said:\n\n“We won.”\n\nAnd he left.",
    "The minister said:\n\nWe won, and I am glad of it.\n\nAnd he left.",
    "These are the facts:\n\nThe bridge is old.",
    "That is what it was for. She was the one they looked at. He is who he is.",
    "The town voted on Sunday.\n\nde Gaulle was there, and so was iPhone maker Apple.\n\niPhone sales fell last year.",
    "The town voted on Sunday to close the bridge.\n\nReporting by Ann Lee in the town; editing by Bo Ray in London",
    "A short title", "Town council votes to close the old bridge after the flood of last year",
    "He left. “Good,” she said", "It is done.", "It ended well!)",
  ])
  func findsNothing(_ text: String) throws {
    #expect(try cleaned(text)[Warnings.self].filter { $0.kind != "truncated" || !text.hasSuffix("said") }.isEmpty)
  }

  @Test func off() throws {
    let document = try cleaned("The end of the") { $0.markMissing = false }
    #expect(document[Warnings.self].isEmpty)
    #expect(document.has(Warnings.self))
  }

  @Test func warningsThatTheDocumentBroughtMoveAlong() throws {
    var document = Document(id: "t", text: "  It ended.The rest.")
    document[Warnings.self] = [Warning(kind: "other", message: "m", spans: [Span(11, 14)])]
    try Clean(Clean.Options()).process(&document)
    #expect(document[Warnings.self].map { document.text(in: $0.spans) } == ["The"])
  }
}
