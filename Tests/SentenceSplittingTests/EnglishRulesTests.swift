import Hearsay
import HearsayText
import SentenceSplitting
import TestSupport
import Testing

/// One case: a text whose sentences `|` parts, and which stands in the text where the bar does, as a space.
private func check(_ marked: String, _ options: SplitSentences.Options = .init()) throws {
  let expected = marked.split(separator: "|").map(String.init)
  let text = expected.joined(separator: " ")
  var document = Document(id: "t", text: text)
  try SplitSentences(options).process(&document)
  #expect(document[Sentences.self].map { document.text(in: $0) } == expected, "\(marked)")
}

@Suite("English sentences end where their writers ended them")
struct EnglishRulesTests {
  @Test(arguments: [
    "Prof. Ruth Hale spoke.|Nobody answered.", "They met at 9 a.m. on Monday.",
    "It opens at 9 a.m.|The doors are blue.",
    "Turn to p. 12 and see Fig. 3.|Then close the book.", "He works at Brown, Lee & Co. in Leeds.",
    "Ask Lee & Co.|They will know.", "She moved to the U.S. in May.|It was hot.", "The U.S. Senate voted.",
    "On Jan. 5 it snowed.|On Feb. 2 it thawed.", "Is it No. 7?|No.|It is No. 8.", "He was ill.|Nobody knew.",
    "The art. 5 rule holds.", "He said no.|Merkel left.", "It is no. 5.", "Martin L. King Jr. spoke.|We heard him.",
    "It was plan B.|The first had failed.",
  ])
  func anAbbreviationOwnsItsStop(_ marked: String) throws { try check(marked) }

  @Test(arguments: ["It cost 5 €.|She paid.", "Ask █.|She knows.", "Go →.|She left.", "It is 20°.|She left."])
  func aSignIsNoInitial(_ marked: String) throws { try check(marked) }

  @Test(arguments: [
    "“Why?” Ann Lee asked.|Nobody knew.", "“Why?” she asked.", "“Why?”|The room fell silent.",
    "“It is late.|We go,” he said.", "(It was late.)|We left.", "We left (it was late. Too late.) in a hurry.",
    "He said it twice (why?).|Then he left.", "\"Go!\" he cried.|\"Stay!\" she cried.", "It 'works.'|Does it?",
  ])
  func quotationsAndBracketsBelongToTheirSentence(_ marked: String) throws { try check(marked) }

  @Test(arguments: [
    "1. Wash the rice|2. Boil it|3. Serve it", "a) red|b) green", "• first thing|• second thing",
    "Bring three things: 1) bread, 2) salt and 3) water.", "It was built.[3]|It fell.",
    "It grew fast. 4|The town did not.",
    "We [...] left.|They stayed.",
  ])
  func listsAndNotes(_ marked: String) throws { try check(marked) }

  @Test(
    arguments: [
      "that was good!|we came back twice.", "great place :)|Will come again.", "I didn't.|Lee did.",
      "It’s hers.|Ann’s too.",
      "see http://example.org/a http://example.org/b", "Best regards,|Ann Lee",
      "Bo Ray|05/14/2001 09:12 AM|Please call me.",
      "It rained. *** The end.", "We met in The Hague and The Times wrote about it.", "I know that He Jiankui spoke.",
      "It was like -|That is mine.", "OSLO (AP) - The rain fell.",
    ].map {
      $0.replacing("a http", with: "a|http").replacing("rained. ***", with: "rained.|***").replacing(
        "*** The", with: "***|The")
    })
  func mailAndTheWeb(_ marked: String) throws { try check(marked) }

  @Test func quotationsStayWholeWhereAsked() throws {
    var options = SplitSentences.Options()
    options.splitInsideQuotes = false
    try check("“It is late. We go,” he said.|They went.", options)
    try check("«Es tarde. Vamos», dijo.|Fueron.", options)
    try check("\"It is late. We go.\"|They went.", options)
  }

  @Test func wordListsServeWithoutTheModel() throws {
    var options = SplitSentences.Options()
    options.model = .none
    try check("He left early|They were glad about that.", options)
    try check("She told The Guardian that it rained.", options)
  }
}

@Suite("Other languages end sentences in their own ways")
struct LanguageRulesTests {
  @Test(
    arguments: [
      ("de", "Am 3. Mai kam Dr. Krug.|Er blieb z. B. bis zum 5. Juni."),
      ("de", "Er wurde Zweiter.|Das war 2015.|Dann ging er."),
      ("fr", "M. Roy est venu.|Il a dit : « Non ! »|Puis il est parti."),
      ("es", "El Sr. Paz vino.|¿Por qué?|¡Nadie lo sabe!"),
      ("it", "Il sig. Neri è qui.|L'Ing. Verdi no."), ("nl", "Dhr. Bos kwam, d.w.z. laat.|Hij bleef."),
      ("pt", "O Sr. Paz veio.|Ele ficou na pág. 5."), ("ru", "Л. Н. Белов жил на ул. Садовой.|Он умер в 1900 г."),
      ("uk", "Це м. Київ.|Він тут жив."), ("pl", "Prof. Lis mieszka przy ul. Długiej.|To daleko."),
      ("da", "Den 3. maj kom hr. Bo.|Han blev."), ("ar", "أين أنت؟|أنا هنا."), ("hi", "यह घर है।|वह डॉ. राव है।"),
      ("hy", "Ես գալիս եմ:|Նա գնում է։"), ("kk", "А. Б. Омаров келді.|Ол кетті."), ("el", "Πού είσαι;|Είμαι εδώ."),
    ] as [(String, String)])
  func theirAbbreviationsAndMarks(_ language: String, _ marked: String) throws {
    var options = SplitSentences.Options()
    options.language = .named(Language(language))
    try check(marked, options)
  }

  @Test(arguments: [
    ("zh", ["他说：“好！”", "我们走。"]), ("ja", ["「行く。」と言った。", "彼は行った。"]), ("zh", ["看《走吧！孩子》好吗？", "好！"]),
    ("am", ["ሰላም ነው፧", "አዎ።"]), ("my", ["သွားမယ်။", "လာမယ်။"]),
  ])
  func marksThatNeedNoSpace(_ language: String, _ expected: [String]) throws {
    var document = Document(id: "t", text: expected.joined())
    document.metadata["language"] = .string(language)
    try SplitSentences(.init()).process(&document)
    #expect(document[Sentences.self].map { document.text(in: $0) } == expected)
  }

  @Test func anUnknownLanguageFollowsUnicode() throws {
    var options = SplitSentences.Options()
    options.language = .other
    try check("Mae hi yn bwrw glaw.|Mae Mr.|Rhys yma!|oes?", options)
    try check("Kuna 3.5 km tu. lakini sasa.|Ndiyo.", options)
  }

  @Test func theDocumentSaysItsLanguage() throws {
    var document = Document(id: "t", text: "Am 3. Mai kam er.")
    document.metadata["language"] = "de-AT"
    try SplitSentences(.init()).process(&document)
    #expect(document[Sentences.self].count == 1)
  }
}
