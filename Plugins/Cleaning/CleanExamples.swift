public import Hearsay
import HearsayText

extension Clean {
  public static let examples = [
    Example(
      "glued sentences are taken apart", #"The deal is close, she said.Lee called it "fair."Talks go on."#,
      becomes: #"The deal is close, she said. Lee called it "fair." Talks go on."#),
    Example(
      "names, domains and abbreviations stay whole",
      "Node.js and Amazon.com met U.S. officials at 3.5 p.m. in St.Louis.",
      becomes: "Node.js and Amazon.com met U.S. officials at 3.5 p.m. in St.Louis."),
    Example(
      "a lost link leaves a warning", "Lee spoke at theMayor of the town. The Mayor listened to Lee.",
      expect: [
        "text": "Lee spoke at the Mayor of the town. The Mayor listened to Lee.",
        "warnings": [["kind": "missing_text", "spans": ["at the"]]],
      ]),
    Example(
      "a cue with nothing after it", "Lee voted no. Lee said:Ray was not in the room.",
      expect: [
        "text": "Lee voted no. Lee said: Ray was not in the room.",
        "warnings": [["kind": "missing_text", "spans": ["Lee said:"]]],
      ]),
    Example(
      "a text that is cut off", "The vote was close. On Monday the chair said that",
      expect: ["warnings": [["kind": "truncated", "spans": ["said that"]]]]),
    Example("text in the wrong encoding", "The cafÃ© isnâ€™t open.", becomes: "The café isn’t open."),
    Example(
      "character references", "Q&amp;A: &ldquo;Fish &amp;amp; chips&rdquo; at AT&T",
      becomes: "Q&A: “Fish & chips” at AT&T"),
    Example(
      "white space and invisible characters", " One\u{A0} two\u{AD}fold \r\n\r\n\r\n\u{200B}Three. ",
      becomes: "One twofold\n\nThree."),
    Example(
      "a credit line with its date", "date 2024-03-01 © Ann Lee/wire image/Agency\n\nThe town voted.",
      becomes: "The town voted.", meta: ["date": "2024-03-01", "credit": "Ann Lee/wire image/Agency"]),
    Example(
      "byline, date and dateline",
      "By Ann Lee\nPublished 3 March 2024, 10:30 GMT\n\nKYIV, March 3 (Reuters) - The council met late at night on Sunday.",
      becomes: "KYIV, March 3 (Reuters) - The council met late at night on Sunday.",
      meta: ["author": "Ann Lee", "date": "2024-03-03T10:30Z", "dateline": "KYIV, March 3 (Reuters)"]),
    Example(
      "lines of the page are dropped", "The town voted.\n\nAdvertisement\n\nRead more: Ten best towns\n\nIt was close.",
      becomes: "The town voted.\n\nIt was close."),
    Example(
      "repairs can be switched off", "The vote was close.Lee won.", becomes: "The vote was close.Lee won.",
      options: ["unglue": false]),
  ]
}
