import Hearsay
import HearsayText
import SentenceSplitting
import Testing

@testable import StanceScoring

@Suite("Targets are found by name")
struct DiscoveredTargetsTests {
  /// The names of the targets in a text, and of each mention.
  func targets(_ text: String) throws -> (names: [String], mentions: [String]) {
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    let pronounResolver = document.pronounResolver(in: .english)
    let tokens = document.tokens()
    let found = TargetMentions(discoveredIn: pronounResolver, tokens, document.bytes, minimumMentions: 1)
    return (found.names, found.mentions.map { found.names[$0.target] })
  }

  @Test(arguments: [
    // The spelling that is used most, and of those used alike the shorter one.
    ("Republican Ann Lee won. Then Ann Lee left. Lee slept.", ["Ann Lee"]),
    ("Ann Lee won. Crooked Ann Lee left.", ["Ann Lee"]),
    ("Ann Lee won. Lee slept, and Lee woke.", ["Ann Lee"]),
    // Who has a last name in common and is named more than once is another.
    ("Ann Lee met Bo Lee. Then Ann Lee left, and Bo Lee, too.", ["Ann Lee", "Bo Lee"]),
    ("Democrats won. Democrats slept. Selby Democrats lost.", ["Democrats", "Selby Democrats"]),
    // What a sentence begins with is no name.
    ("Meanwhile Ann Lee won. Absolutely. Unlike Ann Lee, Bo Ray left on Sept. 3.", ["Ann Lee", "Bo Ray"]),
    ("I’ve seen it. We're here. You’ve won, and it'll do.", []),
    ("Officers won. Good luck.", []),
    // What stands in small letters elsewhere is a word.
    ("Dealing won. Dealing lost, as dealing does. Apple lost.", ["Apple"]),
    // A word that only begins a sentence is no part of a name.
    ("Beneath Lee the seat broke. Mr. Lee rose. Lee sat beneath it.", ["Lee"]),
    // A body is named as a whole, also where a word of its name is none alone.
    (
      "The Dallas Morning News won. It was the Department of Homeland Security.",
      ["Dallas Morning News", "Department of Homeland Security"]
    ),
    ("The Senate and the Prime Minister won.", ["Senate"]),
    // What stands before a first name is none of it, but for a place named so.
    ("Ukraine Mary Lee won. Governor Bill Ray lost.", ["Mary Lee", "Bill Ray"]),
    ("The San Francisco Chronicle won.", ["San Francisco Chronicle"]),
    ("The William Lee Foundation won.", ["William Lee Foundation"]),
  ])
  func theNamesAre(_ text: String, _ names: [String]) throws { #expect(try targets(text).names == names) }

  @Test func eachMentionIsOfItsOwn() throws {
    #expect(
      try targets("Ann Lee won. Ann Lee met Bo Lee. Ann Lee left. Lee and Bo Lee slept.").mentions == [
        "Ann Lee", "Ann Lee", "Bo Lee", "Ann Lee", "Ann Lee", "Bo Lee",
      ])
  }
}
