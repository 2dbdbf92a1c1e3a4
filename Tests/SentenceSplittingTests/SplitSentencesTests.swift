import Foundation
import Hearsay
import HearsayText
import SentenceSplitting
import TestSupport
import Testing

@Suite("Sentences begin and end where a reader has them")
struct SplitSentencesTests {
  func sentences(_ text: String, _ options: SplitSentences.Options = .init()) throws -> [String] {
    var document = Document(id: "t", text: text)
    try SplitSentences(options).process(&document)
    return document[Sentences.self].map { document.text(in: $0) }
  }

  @Test(arguments: [
    ("He met Sen. Ann Lee. She left.", ["He met Sen. Ann Lee.", "She left."]),
    ("It cost $3.5 million. It was late.", ["It cost $3.5 million.", "It was late."]),
    ("At 5 p.m. The shop closed.", ["At 5 p.m.", "The shop closed."]),
    ("John F. Kennedy won.", ["John F. Kennedy won."]),
    ("Wait... what?", ["Wait... what?"]),
    ("He asked why?! Nobody knew.", ["He asked why?!", "Nobody knew."]),
    ("“Did we win?” she asked.", ["“Did we win?” she asked."]),
    ("Heading\n\nText goes on.", ["Heading", "Text goes on."]),
    (
      "A line that is hard-wrapped by a mail program goes on\nin the next line. Then it ends.",
      ["A line that is hard-wrapped by a mail program goes on\nin the next line.", "Then it ends."]
    ),
    ("今日は雨です。明日は晴れです。", ["今日は雨です。", "明日は晴れです。"]),
    ("यह एक वाक्य है। यह दूसरा है।", ["यह एक वाक्य है।", "यह दूसरा है।"]),
    ("See bbc.co.uk and Node.js now.", ["See bbc.co.uk and Node.js now."]),
    ("We waited for hours.They never came.", ["We waited for hours.", "They never came."]),
    ("Is it open??they never said.", ["Is it open??", "they never said."]),
    ("Posted via Newsfeed.Com and Example.Org there.", ["Posted via Newsfeed.Com and Example.Org there."]),
    ("", []), ("  \n ", []), ("...", ["..."]),
  ])
  func theSentencesAre(_ text: String, _ expected: [String]) throws {
    #expect(try sentences(text) == expected)
  }

  @Test func aGermanTitleOwnsItsStop() throws {
    var options = SplitSentences.Options()
    options.language = .named(Language("de"))
    #expect(try sentences("Das ist z.B. Herr Nr. 5. Er kam.", options) == ["Das ist z.B. Herr Nr. 5.", "Er kam."])
  }

  @Test func theWordsTellTheLanguage() throws {
    let first = "Die Stadt hat sich für den Bau der Brücke entschieden und wird ihn nicht verschieben."
    let second = "Das gilt z.B. Herrn Berg, der mit dem 5. Mai zufrieden ist."
    #expect(try sentences("\(first) \(second)") == [first, second])
  }

  @Test func missingWordsEndASentence() throws {
    var document = Document(id: "t", text: "She spoke at the Lee left. Then Ray said: Lee was not there.")
    document[Warnings.self] = [
      Warning(kind: "missing_text", message: "", spans: [Span(10, 16)]),
      Warning(kind: "missing_text", message: "", spans: [Span(32, 41)]),
    ]
    try SplitSentences(.init()).process(&document)
    #expect(
      document[Sentences.self].map { document.text(in: $0) }
        == ["She spoke at the", "Lee left.", "Then Ray said:", "Lee was not there."])
  }

  @Test func aSentenceIsNoLongerThanAsked() throws {
    var options = SplitSentences.Options()
    options.longest = 40
    let text = String(repeating: "word ", count: 100) + String(repeating: "é", count: 100)
    #expect(try sentences(text, options).allSatisfy { $0.utf8.count <= 42 })
  }

  @Test func sentencesCoverTheTextInOrder() throws {
    var random = SplitMix(seed: 11)
    let pieces = [
      "Mr.", "U.S.", "word", "Word", ".", "!", "?", "…", "\"", "”", "“", "(", ")", "[1]", "\n", "\n\n", " ",
      "\u{A0}",
      "é",
      "日。", "3.5", "a.m.", "'", "🎈", "•", "e.g.", "\u{2028}", "।",
    ]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0..<30, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      let found = try spans(text)
      var end = 0
      let bytes = Array(text.utf8)
      for span in found {
        #expect(span.start >= end && span.end > span.start && span.end <= bytes.count, "\(text)")
        #expect(isSpace(bytes[end..<span.start]), "\(text)")
        #expect(String(validating: bytes[span.range], as: UTF8.self) != nil, "\(text)")
        end = span.end
      }
      #expect(isSpace(bytes[end...]), "\(text)")
      // Behind a paragraph of two-byte letters all spans shift by its length.
      #expect(try spans("Ж é.\n\n" + text).dropFirst() == found.map { Span($0.start + 8, $0.end + 8) }[...], "\(text)")
    }
  }

  private func spans(_ text: String) throws -> [Span] {
    var document = Document(id: "t", text: text)
    var options = SplitSentences.Options()
    // Words made by chance tell any language.
    options.language = .named(.english)
    try SplitSentences(options).process(&document)
    return document[Sentences.self]
  }

  private func isSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }

  @Test(arguments: [
    ".", "\"", "(", "\n", "a", "?!", "。", "A. ", "“", "Mr. ", " .", ". ", "( .", "1) ", "the He is ", "/", "a@", ":",
    "--", " * ", "[.",
    "http://a ", "we (go. ", "「。", "! ", "Hi, ", "1/1/1 1:1 ",
  ])
  func hostileTextStaysLinear(_ piece: String) throws {
    // Both sizes are above the longest sentence, after which there is more to do.
    let growth = try growth(from: 60_000) { size in
      let found = try spans(String(repeating: piece, count: size / piece.utf8.count))
      #expect(found.last.map { $0.end <= size } ?? true)
    }
    #expect(growth < 9)
  }
}
