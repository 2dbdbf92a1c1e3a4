import Hearsay
import TestSupport
import Testing

@testable import HearsayText

@Suite("The tokenizer cuts a text into words, numbers and marks")
struct TokenizerTests {
  static let cases: [(text: String, words: String)] = [
    ("Lee's plan", "Lee|'s|plan"),
    ("He didn't, she said.", "He|didn't|,|she|said|."),
    ("the U.S. and a.m. trains", "the|U.S.|and|a.m.|trains"),
    ("Afro-Caribbean AT&T G20", "Afro-Caribbean|AT&T|G20"),
    ("1,200.5 at 10:30, 2nd", "1,200.5|at|10:30|,|2nd"),
    ("“We won,” O’Neill said…", "“|We|won|,|”|O’Neill|said|…"),
    ("the boys' «été» — hm", "the|boys|'|«|été|»|—|hm"),
    ("Łukasz, Źle Ђоко", "Łukasz|,|Źle|Ђоко"),
    ("wait... -- what?!", "wait|...|--|what|?|!"),
    ("東京。「はい」", "東京|。|「|はい|」"),
    ("", ""), ("   ", ""), ("'", "'"), ("a", "a"), ("🎈ok", "🎈|ok"), ("it’s", "it|’s"),
  ]

  @Test(arguments: cases)
  func theTokensAre(_ c: (text: String, words: String)) {
    let bytes = Array(c.text.utf8)
    let words = Tokenizer().tokens(in: bytes.span)
      .map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
    #expect(words.joined(separator: "|") == c.words)
  }

  @Test(
    arguments: zip(
      ["Lee", "NATO", "J", "said", "iPhone", "U.S.", "Éric", "Зима", "1st", "McCoy"],
      [.capitalised, .upper, .initial, .lower, .mixed, .upper, .capitalised, .capitalised, .none, .capitalised]
        as [Token.Shape]))
  func theShapeIs(_ word: String, _ shape: Token.Shape) {
    #expect(Tokenizer().tokens(in: Array(word.utf8).span).map(\.shape) == [shape])
  }

  @Test(
    "Letters beyond ASCII have the case that Unicode gives them",
    arguments: ["Łukasz", "Žižek", "Ňuz", "Ľuba", "Ștefan", "Țepeș", "Ŝono", "İnan", "Ґалаґан", "Ӣсо", "Ỹ", "Ẽva", "Ÿ"])
  func capitalsOfAllLanguages(_ word: String) {
    func shape(_ word: String) -> Token.Shape? { Tokenizer().tokens(in: Array(word.utf8).span).first?.shape }
    let alone: Token.Shape = word.unicodeScalars.count == 1 ? .initial : .capitalised
    #expect(shape(word) == alone)
    #expect(shape(word.lowercased()) == .lower)
  }

  @Test func eachScalarOfTwoOrThreeBytesOfLatin() {
    for value in Array(UInt32(0x80)...0x7FF) + Array(0x1E00...0x1FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      let isUpper = ByteClass.isUpperWide(bytes[0], bytes[1], bytes.count > 2 ? bytes[2] : 0)
      #expect(isUpper == scalar.properties.isUppercase, "U+\(String(value, radix: 16))")
    }
  }

  @Test func gapsTellLinesFromParagraphs() {
    let gaps = Tokenizer().tokens(in: Array("a b\nc\n\nd,e".utf8).span).map(\.gap)
    #expect(gaps == [.paragraph, .space, .line, .paragraph, .none, .none])
  }

  @Test func tokensCoverAllButSpaceInOrder() {
    var random = SplitMix(seed: 7)
    let pieces = [
      "a", "B", "'", "’", "s", ".", "U.S.", " ", "\n", "“", "é", "東", "🎈", "\u{A0}", "&", "-", "3", ":", "\u{200B}",
    ]
    for _ in 0..<500 {
      let text = Array(
        (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
          .joined().utf8)
      var end = 0
      for token in Tokenizer().tokens(in: text.span) {
        #expect(token.start >= end && token.end > token.start)
        let skipped = String(decoding: text[end..<token.start], as: UTF8.self)
        #expect(skipped.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{200B}" })
        #expect(!text[token.start].isUTF8Continuation)
        end = token.end
      }
      let rest = String(decoding: text[end...], as: UTF8.self)
      #expect(rest.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{200B}" })
    }
  }
}

@Suite("A lexicon finds words and phrases")
struct LexiconTests {
  let lexicon = Lexicon(Array("# cues\nsaid\t1\naccording to\t2\naccording to the\t3\ndon't\t4\n".utf8)) {
    $0.first.flatMap { Int($0) }
  }

  @Test(
    arguments: zip(
      ["SAID so", "According to Lee", "according to the mayor", "Don’t go", "according", "saids", "sai"],
      [(1, 1), (2, 2), (3, 3), (4, 1), nil, nil, nil] as [(Int, Int)?]))
  func theLongestPhraseWins(_ text: String, _ expected: (Int, Int)?) {
    let bytes = Array(text.utf8)
    let match = lexicon.longestMatch(in: Tokenizer().tokens(in: bytes.span), at: 0, of: bytes.span)
    #expect(match?.value == expected?.0 && match?.count == expected?.1)
  }

  @Test func theLastOfTwoLinesCountsAndColumnsAreAskedForOnce() {
    var asked: [[Substring]] = []
    let source = "# words\nred\tcolour\nblue\tcolour\n\nbare\nLee\tname\t2\nred\tname\t2\n--\tname\t2\nlast\tno"
    let lexicon = Lexicon(Array(source.utf8)) { columns -> Int? in
      asked.append(columns)
      return columns.first == "no" ? nil : asked.count
    }
    #expect(asked == [["colour"], [], ["name", "2"], ["no"]])
    // A line without a word is none, nor is one without a value.
    #expect(lexicon.count == 5)
    let text = Array("red blue bare lee last".utf8)
    let values = Tokenizer().tokens(in: text.span).map { lexicon.value(of: $0, in: text.span) }
    #expect(values == [3, 1, 2, 3, nil])
  }

  /// A word that ends the text is compared byte by byte, a short one with text after it in eights: they must not differ.
  @Test(
    arguments: ["a", "said", "don't", "abcdefgh", "abcdefghi", "café", "e-mails", "U.S.", "1,200"],
    ["", " and more words"])
  func aWordIsFoundWhereverItStands(_ word: String, _ after: String) throws {
    let lexicon = Lexicon(Array("\(word)\t1\n".utf8)) { $0.first.flatMap { Int($0) } }
    func value(_ text: String) throws -> Int? {
      let bytes = Array((text + after).utf8)
      let token = try #require(Tokenizer().tokens(in: bytes.span).first)
      return lexicon.value(of: token, in: bytes.span)
    }
    #expect(try value(word) == 1)
    #expect(try value(word.replacing("'", with: "’")) == 1)
    let isASCII = word.utf8.allSatisfy { $0 < 0x80 }
    if isASCII { #expect(try value(word.uppercased()) == 1) }
    for place in word.indices {
      var other = word
      other.replaceSubrange(place...place, with: word[place] == "x" ? "y" : "x")
      #expect(try value(other) == nil, "\(other)")
    }
  }

  /// A word that ends the text is read byte by byte, one with text after it in eights: they must not differ.
  @Test(arguments: ["a", "I", "Lee", "NATO", "iPhone", "bridges", "abcdefgh", "Authority", "internationalisation"])
  func aWordIsTheSameWhereverItStands(_ word: String) throws {
    let alone = try #require(Tokenizer().tokens(in: Array(word.utf8).span).first)
    for after in [" and more words", ", and more words", ". And more words", "\nand more words"] {
      let token = try #require(Tokenizer().tokens(in: Array((word + after).utf8).span).first)
      #expect(token == alone, "\(word + after)")
    }
    let later = Tokenizer().tokens(in: Array(("So " + word + " ended it all").utf8).span)[1]
    #expect((later.hash, later.shape, later.count) == (alone.hash, alone.shape, alone.count))
  }

  @Test func tokensAreKeptUntilTheTextChanges() {
    var document = Document(id: "t", text: "It rained.")
    #expect(document.tokens().count == 3)
    #expect(document.cached(KeptTokens.self) != nil)
    var edits = TextEdits()
    edits.remove(Span(0, 3))
    document.apply(edits)
    #expect(document.cached(KeptTokens.self) == nil)
    #expect(document.tokens().map { document.text(in: $0.span) } == ["rained", "."])
  }
}
