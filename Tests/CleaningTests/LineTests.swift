import Cleaning
import Hearsay
import Testing

private let story =
  "The council of the town voted late on Sunday to close the old bridge, which had been damaged in the flood of last year."

struct Head: CustomTestStringConvertible, Sendable {
  let line: String
  let meta: [String: String]
  var testDescription: String { line }
}

@Suite("Lines of metadata move to the document's")
struct MetadataLineTests {
  static let heads = [
    Head(
      line: "date 2024-03-01 © Ann Lee/wire image/Agency",
      meta: ["date": "2024-03-01", "credit": "Ann Lee/wire image/Agency"]),
    Head(line: "© Northlight Images", meta: ["credit": "Northlight Images"]),
    Head(line: "Photo: Ann Lee/AFP", meta: ["credit": "Ann Lee/AFP"]),
    Head(line: "[Photo: Ann Lee]", meta: ["credit": "Ann Lee"]),
    Head(line: "Image credit: Ann Lee", meta: ["credit": "Ann Lee"]),
    Head(line: "(Photo by Ann Lee/Northlight Images)", meta: ["credit": "Ann Lee/Northlight Images"]),
    Head(line: "Ann Lee/AFP/Northlight Images", meta: ["credit": "Ann Lee/AFP/Northlight Images"]),
    Head(line: "March 1, 2024 © Ann Lee", meta: ["date": "2024-03-01", "credit": "Ann Lee"]),
    Head(line: "By Ann Lee", meta: ["author": "Ann Lee"]),
    Head(line: "By ANN LEE and BO RAY", meta: ["author": "ANN LEE and BO RAY"]),
    Head(line: "By Ann Lee and Bo Ray, Reuters", meta: ["author": "Ann Lee and Bo Ray", "source": "Reuters"]),
    Head(
      line: "By Ann van der Lee, Political Editor | 3 March 2024",
      meta: ["author": "Ann van der Lee", "date": "2024-03-03"]),
    Head(line: "By Ann Lee in Kyiv", meta: ["author": "Ann Lee"]),
    Head(
      line: "Updated 10:15 AM EST, Fri March 1, 2024",
      meta: ["date": "2024-03-01T10:15-05:00", "updated": "2024-03-01T10:15-05:00"]),
    Head(line: "2025-04-13", meta: ["date": "2025-04-13"]),
    Head(line: "Published: April 13, 2025", meta: ["date": "2025-04-13"]),
    Head(line: "Sunday, 13th April 2025", meta: ["date": "2025-04-13"]),
    Head(line: "Apr. 13, 2025 at 10:30 a.m. EDT", meta: ["date": "2025-04-13T10:30-04:00"]),
    Head(line: "Published 13 April 2025 22.15 BST", meta: ["date": "2025-04-13T22:15+01:00"]),
    Head(line: "2025-04-13T08:05:09Z", meta: ["date": "2025-04-13T08:05:09Z"]),
    Head(line: "Posted on 13.04.2025, 9:05 pm", meta: ["date": "2025-04-13T21:05"]),
    Head(line: "Last updated: 14/04/2025", meta: ["date": "2025-04-14", "updated": "2025-04-14"]),
    Head(
      line: "Published April 13, 2025 | Updated April 14, 2025, 08:00 GMT",
      meta: ["date": "2025-04-13", "updated": "2025-04-14T08:00Z"]),
    Head(line: "13 April 2025 • 5 min read", meta: ["date": "2025-04-13"]),
  ]

  @Test(arguments: heads)
  func movesTheLine(_ head: Head) throws {
    let document = try cleaned("\(head.line)\n\n\(story)")
    #expect(document.text == story)
    for (key, value) in head.meta { #expect(document.metadata[key]?.stringValue == value) }
    #expect(document.metadata.map { $0 }.count == head.meta.count)
  }

  @Test(arguments: [
    "By Sunday the town was calm", "By the river", "Photo: the minister arrives in town for talks. He left early.",
    "In 2024 the town grew", "31 February 2024", "04/05/2024", "The year 2024-25", "By 2030, all of it",
    "By any means necessary",
    "Credit: where it is due", "Ann Lee/Bo Ray",
  ])
  func leavesOtherLines(_ line: String) throws {
    let document = try cleaned("\(line)\n\n\(story)")
    #expect(document.text == "\(line)\n\n\(story)")
    #expect(document.metadata.isEmpty)
  }

  @Test func whatIsKnownStays() throws {
    let document = try cleaned("By Ann Lee\n\n\(story)", meta: ["author": "Bo Ray"])
    #expect(document.metadata["author"]?.stringValue == "Bo Ray")
    #expect(document.text == story)
  }

  @Test func aRepeatedTitleGoes() throws {
    let meta: Metadata = ["title": "Town closes old bridge"]
    #expect(try cleaned("Town closes  old bridge\n\n\(story)", meta: meta).text == story)
    #expect(try cleaned("Town keeps old bridge\n\n\(story)", meta: meta).text != story)
  }

  @Test(arguments: [
    ("WASHINGTON (AP) — ", "WASHINGTON (AP)"), ("KYIV, March 3 (Reuters) - ", "KYIV, March 3 (Reuters)"),
    ("NEW YORK — ", "NEW YORK"), ("London (Reuters) – ", "London (Reuters)"),
    ("SANTA FE, N.M. (AP) — ", "SANTA FE, N.M. (AP)"),
  ])
  func aDatelineIsCopied(_ lead: String, _ dateline: String) throws {
    let document = try cleaned(lead + story)
    #expect(document.text == lead + story)
    #expect(document.metadata["dateline"]?.stringValue == dateline)
  }

  @Test func aDatelineWithAYearFromTheAddressGivesTheDate() throws {
    let document = try cleaned(
      "KYIV, March 3 (Reuters) - \(story)", meta: ["url": "https://news.example/2024/03/bridge"])
    #expect(document.metadata["date"]?.stringValue == "2024-03-03")
  }

  @Test(arguments: ["NATO — which met — said that ", "BREAKING — ", "The town - an old one - was there. "])
  func otherDashesAreNoDateline(_ lead: String) throws {
    #expect(try cleaned(lead + story).metadata["dateline"] == nil)
  }
}

@Suite("Lines of the page are dropped")
struct BoilerplateTests {
  @Test(arguments: [
    "Advertisement", "ADVERTISEMENT", "Share this article", "Read more: Ten best towns to see",
    "Sign up for our newsletter",
    "Click here to subscribe", "Follow us on Twitter and Facebook", "© 2024 The Town Paper. All rights reserved.",
    "Copyright © 2023 The Paper", "We use cookies to improve your experience.", "- Related articles -", "* * *",
    "_____",
    "Story continues below advertisement", "This material may not be published, broadcast, rewritten or redistributed.",
  ])
  func drops(_ line: String) throws {
    #expect(try cleaned("\(story)\n\n\(line)\n\n\(story)").text == "\(story)\n\n\(story)")
    #expect(try cleaned("\(story)\n\n\(line)").text == story)
  }

  @Test(arguments: [
    "Advertisement spending fell.", "Share prices fell on Monday.", "“Click here to win,” the message said.",
    "Follow the money, she said.", "Watch your step.", "Comment is free.", "Related to this is the question of money.",
    "Read the letter aloud, he told them.", "Cookies were served.", "Save the whales!", "Print is dead.",
    #"Sign up for the "best fight of the year," he said."#,
  ])
  func keeps(_ line: String) throws {
    #expect(try cleaned("\(story)\n\n\(line)\n\n\(story)").text == "\(story)\n\n\(line)\n\n\(story)")
  }

  @Test func off() throws {
    #expect(try cleaned("\(story)\n\nAdvertisement") { $0.dropAdverts = false }.text == "\(story)\n\nAdvertisement")
    #expect(try cleaned("By Ann Lee\n\n\(story)") { $0.extractBylines = false }.metadata.isEmpty)
  }
}
