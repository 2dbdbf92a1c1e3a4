import Hearsay
import LanguageIdentification
import Testing

@Suite("Texts are told apart by language")
struct IdentifyLanguageTests {
  private static let german =
    "Die Stadt hat sich für die Brücke entschieden, und das ist auch gut so, sagte der Rat am Montag."

  private func stage(keeping codes: [String] = []) throws -> IdentifyLanguage {
    var options = IdentifyLanguage.Options()
    options.keep = codes
    return try IdentifyLanguage(options)
  }

  @Test(
    "The language stands in the metadata",
    arguments: [
      (german, nil, "de"), (german, "de-AT", "de-AT"), (german, "en-US", "de"), ("Selby.", nil, nil),
      ("Selby.", "sr", "sr"), ("", nil, nil),
    ])
  func metadata(_ text: String, _ named: String?, _ expected: String?) throws {
    var document = Document(id: "t", text: text)
    if let named { document.metadata["language"] = .string(named) }
    try stage().process(&document)
    #expect(document.metadata["language"]?.stringValue == expected)
  }

  @Test(
    "Others than wanted are left out",
    arguments: [
      ([], german, Disposition.keep), (["de"], german, .keep),
      (["en", "fr"], german, .drop(reason: "language", detail: "de")),
      (["en"], "Selby.", .drop(reason: "language", detail: "und")), (["en", "und"], "Selby.", .keep),
    ])
  func kept(_ codes: [String], _ text: String, _ expected: Disposition) throws {
    let stage = try stage(keeping: codes)
    var document = Document(id: "t", text: text)
    #expect("\(stage.process(&document))" == "\(expected)")
  }

  @Test("What is no code is refused", arguments: ["", "e", "EN", "english", "en-GB", "日本"])
  func wrongCode(_ code: String) {
    #expect(throws: StageError.self) { try stage(keeping: [code]) }
  }
}
