import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting
import Testing

@Suite("A user adds cue verbs to those of the language")
struct CueVerbsTests {
  static let text = "\"The bridge will close in May,\" carped Otto Brandt."

  private func quotes(_ verbs: [String], in document: inout Document) throws -> [String] {
    var options = ExtractQuotes.Options()
    options.cueVerbs = verbs.compactMap(CueVerb.init)
    try ExtractQuotes(options).process(&document)
    let quoted = document
    return quoted[Quotes.self].map { "\($0.kind)|\(quoted.speaker(of: $0))" }
  }

  @Test func anAddedVerbIsACue() throws {
    var document = Document(id: "t", text: Self.text)
    try SplitSentences(.init()).process(&document)
    let without = try quotes([], in: &document)
    #expect(without == ["scare|-"])
    // The analysis that the document keeps is not taken for another's.
    #expect(try quotes(["carped"], in: &document) == ["direct|Otto Brandt"])
    #expect(try quotes(["bleated"], in: &document) == without)
  }

  @Test("To the model it is a verb of speech, not a word with an ending")
  func featuresOfTheModel() throws {
    var document = Document(id: "t", text: Self.text)
    try SplitSentences(.init()).process(&document)
    func partOfSpeech(_ verbs: [CueVerb]) -> PartOfSpeech? {
      let analysis = document.analysis(in: .english, cueVerbs: verbs)
      return zip(analysis.tokens, analysis.classes)
        .first { token, _ in token.isWord("carped", in: document.bytes) }?.1
    }
    #expect(partOfSpeech([]) == .endingEd)
    #expect(partOfSpeech([CueVerb("carped")].compactMap(\.self)) == .speech)
  }

  @Test(arguments: ["carp at", "", "7", "'", " carped"])
  func aVerbIsOneWord(_ text: String) { #expect(CueVerb(text) == nil) }

  @Test func aSentenceGoesOnBeforeAnAddedVerb() throws {
    var document = Document(id: "t", text: "“Will it close?” Otto Brandt carped.")
    func count(_ verbs: [String]) throws -> Int {
      var options = SplitSentences.Options()
      options.model = .none
      options.cueVerbs = verbs.compactMap(CueVerb.init)
      try SplitSentences(options).process(&document)
      return document[Sentences.self].count
    }
    #expect(try count([]) == 2)
    #expect(try count(["carped"]) == 1)
  }
}
