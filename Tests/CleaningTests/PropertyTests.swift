import Cleaning
import Hearsay
import TestSupport
import Testing

@Suite("Damage is undone, and right text stays")
struct PropertyTests {
  /// Prose with many traps, of which no byte may change.
  static let prose = """
    OSLO (AP) — The U.S. and the U.K. signed on Monday; “it’s a start,” said Dr. Ann Lee of the E.U. office. “Not the end.”

    At 5.30 p.m. (10:30 GMT) J.K. Rowling and Samuel L. Jackson met Mr. McDonald, LeBron James and iPhone users on YouTube. \
    They paid €3.50 — or $1,200.75 — for v2.0 of Node.js, ASP.NET and report.pdf. See https://www.bbc.co.uk/news?a=1&b=2, \
    Amazon.com or mail ann.lee@mail.example. #MeToo and @JohnSmith replied...

    "We won," he said. "Nobody lost." That's 'fine,' she added: "It was 5-4, e.g. in 2019." São Paulo, Kraków and Łódź — \
    naïve? No! Q&A, R&D and AT&T: all good. The rock'n'roll of the '90s, 80% of it, at No. 10.

    • First point
    • Second point: it was “so-called ‘peace.’”

    Officials often said that the therapist without within themselves therefore offered an office to another. Yahoo! is fun. \
    Привет, мир. Καλημέρα κόσμε. 今日は。 שלום مرحبا می‌خواهم नमस्ते 👩‍💻❤️‍🔥. The vote is on Sunday, Dec. 1.
    """

  @Test func rightTextStays() throws {
    let document = try cleaned(Self.prose)
    #expect(document.utf8 == Array(Self.prose.utf8))
    #expect(document.offsetMap.isIdentity)
    #expect(document[Warnings.self].isEmpty)
  }

  static let sentences = [
    "The council of the town voted late on Sunday.", "Ortega said that nobody knew the price of the bridge.",
    "“We have waited for years,” said Ann Müller of the café.", "It costs €50 – twice the old price.",
    "She left at 5.30 p.m. with Mr. Ray, the U.S. envoy.", "Why did it take so long?", "Tom & Jerry’s shop was closed!",
    "Others (the paper said) had already gone.", "He called it “a good day for São Paulo.”",
  ]

  @Test(arguments: 0..<60)
  func damageIsUndone(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var right = ""
    var damaged = ""
    for paragraph in 0..<Int.random(in: 1...4, using: &random) {
      if paragraph > 0 {
        right += "\n\n"
        damaged +=
          ["\r\n\r\n", "\n\n\n\n", "\n \n", " \n\n", "\n\u{A0}\n\u{200B}\n"].randomElement(using: &random) ?? ""
      }
      for number in 0..<Int.random(in: 1...5, using: &random) {
        let sentence = Self.sentences.randomElement(using: &random) ?? ""
        if number > 0 {
          right += " "
          // Glued, or with too much space; a stop in quotation marks is glued too.
          damaged += ["", "", "  ", "\u{A0}", " \u{200B}", "\t"].randomElement(using: &random) ?? ""
        }
        right += sentence
        damaged += Self.damage(sentence, &random)
      }
    }
    let document = try cleaned("\u{FEFF} " + damaged + " \n")
    #expect(document.text == right)
    // A second round finds nothing to do.
    #expect(try cleaned(document.text).text == right)
    // Each word that was kept leads back to its own bytes.
    let raw = Array(("\u{FEFF} " + damaged + " \n").utf8)
    for run in document.offsetMap.runs {
      let source = document.sourceSpan(of: Span(run.output, run.output + run.count))
      #expect(raw[source.range].elementsEqual(document.utf8[run.output..<run.output + run.count]))
    }
  }

  private static func damage(_ sentence: String, _ random: inout SplitMix) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: misread(sentence)
    case 1: misread(misread(sentence))
    case 2:
      sentence.replacing("&", with: "&amp;").replacing("’", with: "&rsquo;").replacing("“", with: "&#8220;")
        .replacing("é", with: "&eacute;")
    case 3: sentence.replacing("o", with: "o\u{AD}").replacing("ü", with: "u\u{308}").replacing("é", with: "e\u{301}")
    default: sentence
    }
  }

  /// The text's UTF-8 read as Windows-1252.
  private static func misread(_ text: String) -> String {
    let high: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
      0x017D,
      0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
      0x017E, 0x0178,
    ]
    var result = String.UnicodeScalarView()
    for byte in text.utf8 {
      let value = (0x80..<0xA0).contains(byte) ? high[Int(byte) - 0x80] : UInt32(byte)
      if let scalar = Unicode.Scalar(value) { result.append(scalar) }
    }
    return String(result)
  }
}

@Suite("No text makes it fail or slow")
struct HostileTextTests {
  @Test(arguments: 0..<40)
  func randomBytes(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let pool: [UInt8] = Array("aThe .\"&;#:/\n\r\t@(©âÃ¢€œ\u{AD}\u{301}\u{200D}“”’é".utf8)
    var bytes: [UInt8] = []
    for _ in 0..<2_000 {
      bytes.append(
        seed.isMultiple(of: 2) ? UInt8.random(in: 0...255, using: &random) : pool.randomElement(using: &random) ?? 0)
    }
    var document = Document(id: "t", utf8: bytes)
    let raw = document.utf8
    try Clean(Clean.Options()).process(&document)
    #expect(document.utf8.isValidUTF8)
    for run in document.offsetMap.runs {
      #expect(raw[run.input..<run.input + run.count].elementsEqual(document.utf8[run.output..<run.output + run.count]))
    }
    for warning in document[Warnings.self] {
      for span in warning.spans { #expect(span.start >= 0 && span.end <= document.utf8.count) }
    }
  }

  /// Each piece repeated to a line of 100 kB: linear work ends in well under the limit, quadratic work does not.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      "a", ".", "\"", "a.B", ".\"a", "&amp;", "&", "Ã¢â‚¬", "Ã©", "\u{301}", "e\u{301}", " ", "\n", "\u{A0}",
      "\u{200D}",
      "the", "theLee ", "said:Smith ", " asduring", "aB", "\u{FFFD}", "“", "”a", "/a.B", "© ", "By Ann Lee\n",
      "said:\n",
      "‚Äô", "√©", "вЂ™", "Ã", "word-\n", "a\nb", "Related stories\n", "Share Tweet\n", "(A/AFP)\n", "[A/AFP]. ",
      "a.b", "\u{0315}\u{0316}", "Photo: A\n", "2024 ", "\u{92}", "„a“b",
    ])
  func repetition(_ piece: String) throws {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    var document = Document(id: "t", text: text)
    try Clean(Clean.Options()).process(&document)
    #expect(document.utf8.isValidUTF8)
  }
}
