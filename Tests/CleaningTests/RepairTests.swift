import Cleaning
import Hearsay
import Testing

/// Reading the word lists takes a debug build longer than a text does.
private let usual = Clean(Clean.Options())

/// What the stage makes of `text`.
func cleaned(_ text: String, meta: Metadata = Metadata(), _ change: ((inout Clean.Options) -> Void)? = nil) throws
  -> Document
{
  var options = Clean.Options()
  change?(&options)
  var document = Document(id: "t", text: text, metadata: meta)
  try (change == nil ? usual : Clean(options)).process(&document)
  return document
}

struct Repair: CustomTestStringConvertible, Sendable {
  let input: String
  let output: String
  init(_ input: String, _ output: String) {
    self.input = input
    self.output = output
  }
  /// A text that stays as it is.
  init(same text: String) { self.init(text, text) }
  var testDescription: String { input }
}

@Suite("Characters are repaired")
struct CharacterTests {
  static let cases = [
    Repair("â€œWeâ€™ll win,â€\u{9D} she said â€“ twice.", "“We’ll win,” she said – twice."),
    Repair("â€œWeâ€™ll win,â€\u{FFFD} she said.", "“We’ll win,” she said."),
    Repair("The cafÃ© in MÃ¼nchen costs â‚¬5Â½.", "The café in München costs €5½."),
    Repair("Ann Ã¢â‚¬Å“LeeÃ¢â‚¬\u{9D} ran.", "Ann “Lee” ran."),
    Repair("Â£5 and 20Â°C, Â© nobody at all.", "£5 and 20°C, © nobody at all."),
    Repair("Right: é, “x” and wrong: Ã¨.", "Right: é, “x” and wrong: è."),
    Repair("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€ spoke.", "Привет, мир spoke."),
    Repair("MilanoviÄ‡ met DodikovÅ¡ek.", "Milanović met Dodikovšek."),
    Repair("Fun ðŸ˜€ here.", "Fun 😀 here."),
    Repair("â€œWe won,â€ she saidÂ twice.", "“We won,” she said twice."),
    Repair(same: "Â alone proves nothing."),
    Repair("protegA\u{303}\u{A9}s and cafeÌ\u{81}", "protegés and café"),
    Repair("Don\u{92}t say \u{93}no\u{94}.", "Don’t say “no”."),
    Repair(same: "The sign said “CAFÉ” and «PERÚ» and “AMANHÃ” and “touché”—he left."),
    Repair(same: "São Paulo, Ångström, naïve, Łódź, Ñandú, ÅÄÖ, Žižek, Ö®, 2×½, №5, 5 £."),
    Repair("Tom &amp; Jerry&#39;s &quot;show&quot; &amp;amp;c &#8212; ok.", "Tom & Jerry's \"show\" &c — ok."),
    Repair("&ldquo;Yes,&rdquo; &#x2018;no&#x2019; &amp;quot;so&amp;quot; &#146;", "“Yes,” ‘no’ \"so\" ’"),
    Repair(same: "AT&T; Q&A, R&D, a && b, &nosuch; &; &#; &#x; end & out."),
    Repair("A&nbsp;b&shy;c &lt;i&gt; d.", "A bc <i> d."),
    Repair("e\u{301}te\u{301} A\u{30A}ngstro\u{308}m", "été Ångström"),
    Repair("a\u{316}\u{301}x q\u{301}", "\u{E1}\u{316}x q\u{301}"),
    Repair("\u{212B} and \u{1100}\u{1161}\u{11A8}", "Å and 각"),
    Repair(
      "Zero\u{200B}width, soft\u{AD}ly \u{202A}left\u{202C}, \u{FEFF}mark\u{7}ed\u{2060}.",
      "Zerowidth, softly left, marked."),
    Repair(same: "👩‍💻 and ❤️‍🔥, می‌خواهم, क्‍ष."),
    Repair(
      "One  two\u{A0}three\t four \n five\r\nsix\r\n\r\n\r\nseven\n \u{A0}\neight\u{2028}nine",
      "One two three four\nfive\nsix\n\nseven\n\neight\nnine"),
    Repair("\n\n \u{FEFF}Start and end.\u{A0}\n\n", "Start and end."),
    Repair("A \u{200B} b and é\n\n\u{A0}\nc.", "A b and é\n\nc."),
    Repair("", ""),
    Repair(" \n\u{200B}\u{A0}", ""),
  ]

  @Test(arguments: cases)
  func repairs(_ c: Repair) throws {
    #expect(try cleaned(c.input).text == c.output)
    #expect(Array(try cleaned(c.input).utf8) == Array(c.output.utf8))
  }

  @Test("A repair that is switched off leaves its characters alone")
  func options() throws {
    #expect(try cleaned("Ã© a") { $0.repairMojibake = false }.text == "Ã© a")
    #expect(try cleaned("a &amp; b") { $0.decodeEntities = false }.text == "a &amp; b")
    #expect(try cleaned("a\u{AD}b") { $0.removeInvisible = false }.text == "a\u{AD}b")
    #expect(try cleaned(" a  b\u{AD}c ") { $0.normalizeSpace = false }.text == " a  bc ")
    #expect(try cleaned("e\u{301}") { $0.normalizeUnicode = false }.utf8.count == 3)
  }

  @Test("A lost character is warned about")
  func replacement() throws {
    let document = try cleaned("It cost 5\u{FFFD}\u{FFFD} then.")
    #expect(document[Warnings.self].map(\.kind) == ["encoding"])
  }
}

@Suite("Glued sentences and words are taken apart")
struct JoinTests {
  static let cases = [
    Repair("The vote has passed.The mayor left.", "The vote has passed. The mayor left."),
    Repair(
      "It began in 2019.Ortega spoke of 1,500.Then he left.", "It began in 2019. Ortega spoke of 1,500. Then he left."),
    Repair(
      "They met in Lima.Ortega spoke. NATO.The body and the U.S.The rest.",
      "They met in Lima. Ortega spoke. NATO. The body and the U.S. The rest."),
    Repair("Is it true?Nobody knew!The end.", "Is it true? Nobody knew! The end."),
    Repair(#"He called it "fair."While others "laughed."Then"#, #"He called it "fair." While others "laughed." Then"#),
    Repair(#"It ended."We won," she said."We lost.""#, #"It ended. "We won," she said. "We lost.""#),
    Repair(#""We won,"Ortega said. "Good," she said."#, #""We won," Ortega said. "Good," she said."#),
    Repair("It ended.“We won,”Ortega said.”Then", "It ended. “We won,” Ortega said.” Then"),
    Repair(
      "It is so (as he says).The rest and the Agency (IAEA).Then 5%.Some",
      "It is so (as he says). The rest and the Agency (IAEA). Then 5%. Some"),
    Repair(
      "He left the country.Last month, he said.I agree.A man came.",
      "He left the country. Last month, he said. I agree. A man came."),
    Repair("He said:\"We go.\" She added:“Never.”", "He said: \"We go.\" She added: “Never.”"),
    Repair(
      "The ministers met in Spain.with others of the bloc.", "The ministers met in Spain. with others of the bloc."),
    Repair("Il a parlé.Émile est venu, l’été.À Paris", "Il a parlé. Émile est venu, l’été. À Paris"),
    Repair(
      "The plan was dropped.McDonald of the UN said.NATO agreed on NATO",
      "The plan was dropped. McDonald of the UN said. NATO agreed on NATO"),
    Repair("He spoke at theOrtega said. Ortega of the town.", "He spoke at the Ortega said. Ortega of the town."),
    Repair(
      "The bank of the state, shown asduring all, told theon Monday of it.",
      "The bank of the state, shown as during all, told the on Monday of it."),
    Repair("He spoke and/or left.The rest.", "He spoke and/or left. The rest."),
    Repair(
      "Analysts of the bank atNomura and inToledo agreed.", "Analysts of the bank at Nomura and in Toledo agreed."),
    Repair("It rose on Tuesday.Gov. Ray left.", "It rose on Tuesday. Gov. Ray left."),
    Repair("It cost £30m.Ray paid 5k.Then he left.", "It cost £30m. Ray paid 5k. Then he left."),
    Repair("They didn't.The rest of Lee's.Then", "They didn't. The rest of Lee's. Then"),
    Repair("It took 80km.The rest.", "It took 80km. The rest."),
    Repair(
      "They left at 5 p.m.Ortega stayed in Lima.A few did too.",
      "They left at 5 p.m. Ortega stayed in Lima. A few did too."),
    Repair(
      "It was a high cost.One of them left.Mr. Ray and Sen. Lee stayed.",
      "It was a high cost. One of them left. Mr. Ray and Sen. Lee stayed."),
  ]

  static let traps = [
    "U.S. and U.K. and a.m. and e.g. 3.5 and v2.0 and Node.js and ASP.NET and ASP.Net and Web3.js run.",
    "iPhone, McDonald, LeBron, YouTube, eBay, iOS, macOS, PayPal, DeVos, LaRouche, O'Neill, FitzGerald and BuzzFeed.",
    "See https://www.bbc.co.uk/news/World.Europe?a=B.C and www.Example.Org or bbc.co.uk, Amazon.com, Booking.Com.",
    "Mail Ann.Lee@Example.com or ann.lee@mail.co.uk about report.Final.pdf, data.csv, Main.java and config.yaml.",
    "J.K.Rowling met J.R.R. Tolkien, George W. Bush and Samuel L.Jackson in St.Petersburg with Mr.Bean and Dr.No.",
    "Wait...what? Wait...The end… And so…Then we go. Hmm... ok.",
    "#BlackLivesMatter and #MeToo by @JohnSmith and @bbc.News at 10.30 and 12:45 or 3:Nil and 2-1.",
    "Yahoo!Finance, will.i.am, Last.fm, del.icio.us, Ph.D. and B.A. and No.10 and p.m. and Inc.com and vs.the rest",
    "theGrio and theSkimm and inDrive, into onto within therapist offences without themselves therefore upon.",
    "The ratio 3:2, 16:9, re:Invent, Mission:Impossible, C:Drive, std::Vector, note: This.",
    "It was \"good.\" \"Bad,\" she said. 'No.' ‘Yes.’ “So.” It’s the ’90s. 5'10\" tall and rock'n'roll.",
    "pandas.DataFrame and java.util.List and os.path.join and System.Out.Println() and self.assertEqual.",
    "One was 1.5m, 2.3bn and €3.50.  Two.",
    "At 5.30pm on 12.04.2023 the S&P 500 fell 1.2%; Section 3.A and Fig.B and Appendix.A, are there.",
    "Er sagte: „Ja.“ Dann ging er. Die Forderung andere offene Fragen der Industrie.",
    "Yes, however, among others, the whole thing of itself and another of the offices often officially began.",
  ].map { $0.replacing("  ", with: " ") }

  @Test(arguments: cases)
  func takesApart(_ c: Repair) throws {
    #expect(try cleaned(c.input).text == c.output)
  }

  @Test(arguments: traps)
  func leavesWhole(_ text: String) throws {
    #expect(try cleaned(text).text == text)
  }

  @Test func off() throws {
    #expect(try cleaned("It ended.The rest.") { $0.unglue = false }.text == "It ended.The rest.")
  }
}
