import Foundation
import Hearsay
import Testing

@testable import HearsayText

@Suite("Each file of a language is checked, line by line")
struct LanguageFilesTests {
  @Test func whatShipsHasNoMistakes() throws {
    try LanguageRegistry.check()
    #expect(Language.shipped.count == LanguageRegistry.shipped.count)
    #expect(CommonWords.shipped.codes.count < UInt64.bitWidth, "a bit for each language")
  }

  @Test func whatShipsIsListedInOrder() {
    #expect(
      LanguageChoice<AnalysisLanguages>.typeName == "'auto', 'en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'other'")
    #expect(Language.shipped.prefix(3).map(\.code) == ["en", "de", "fr"])
    #expect(Language("cs").hasSentences && !Language("cs").hasWords)
    #expect(Language("de") != Language("en") && Language("xx") != Language("yy"))
  }

  @Test(
    "A mistake is reported with its file and line",
    arguments: [
      ("language.txt", "also: x", "xx/language.txt: the key 'name' is missing"),
      ("language.txt", "name: X\nnaem: Y", "xx/language.txt:2: no key is named 'naem'; did you mean 'name'?"),
      ("language.txt", "name: X\n\ncommon: ab cd ab", "xx/language.txt:3: 'ab' is listed twice"),
      (
        "language.txt", "name: X\ncommon: abcdefghi",
        "xx/language.txt:2: 'abcdefghi' is not one word of at most eight bytes"
      ),
      (
        "language.txt", "name: X\ntraits: elison",
        "xx/language.txt:2: no trait is named 'elison'; did you mean 'elision'?"
      ),
      ("language.txt", "name: X\nsame-as: xy", "xx/language.txt: no language has the code 'xy'"),
      ("language.txt", "name: X\ntrained-model: maybe", "xx/language.txt:2: 'trained-model' is yes or no"),
      (
        "sentences.txt", "# X\ntitel: dr", "xx/sentences.txt:2: no kind of word is named 'titel'; did you mean 'title'?"
      ),
      ("sentences.txt", "title: dr mr dr", "xx/sentences.txt:1: 'dr' is listed twice as 'title'"),
      (
        "sentences.txt", "rules: ordinal", "xx/sentences.txt:1: no rule is named 'ordinal'; did you mean 'ordinals'?"
      ),
      ("sentences.txt", "title dr", "xx/sentences.txt:1: expected 'key: words'"),
      ("sentences.txt", "title:", "xx/sentences.txt:1: nothing stands after the key"),
      ("words.txt", "# X\n\nsade\tspeach", "xx/words.txt:3: no class is named 'speach'; did you mean 'speech'?"),
      ("words.txt", "i\tin\tboundry", "xx/words.txt:1: no role is named 'boundry'; did you mean 'boundary'?"),
      ("words.txt", "hon\tsubject\t-\tfemal", "xx/words.txt:1: nothing is named 'femal'; did you mean 'female'?"),
      ("words.txt", "sade\tspeech\nsade\tspeech", "xx/words.txt:2: 'sade' is listed twice"),
      ("words.txt", "sade", "xx/words.txt:1: no class stands after the word"),
      ("cue-verbs.txt", "say says", "xx/cue-verbs.txt:1: expected forms, a tab and their role"),
      (
        "cue-verbs.txt", "say says\tspech",
        "xx/cue-verbs.txt:1: no role of a verb is named 'spech'; did you mean 'speech'?"
      ),
      ("cue-verbs.txt", "say\tspeech\nsays say\tspeech", "xx/cue-verbs.txt:2: 'say' is listed twice"),
      (
        "cue-verbs.txt", "say\tspeech\tcleanin=say",
        "xx/cue-verbs.txt:1: no stage is named 'cleanin'; did you mean 'cleaning'?"
      ),
      (
        "cue-verbs.txt", "say\tspeech\tcleaning=said",
        "xx/cue-verbs.txt:1: 'said' is none of the forms of its line"
      ),
      ("word.txt", "x", "xx/word.txt: no file of a language has this name"),
    ])
  func mistakes(_ name: String, _ text: String, _ message: String) throws {
    let folder = try TemporaryLanguage(["language.txt": "name: X\n"].merging([name: text]) { _, new in new })
    defer { folder.remove() }
    #expect(throws: LanguageError.self) { try Language(code: "xx", folder: folder.path) }
    do throws(LanguageError) {
      _ = try Language(code: "xx", folder: folder.path)
    } catch { #expect(error.description == message) }
  }

  @Test func aFolderWithoutTheMainFileIsNone() throws {
    let folder = try TemporaryLanguage(["words.txt": "a\tdeterminer"])
    defer { folder.remove() }
    #expect(throws: LanguageError(file: "xx/language.txt", line: 0, message: "the file is missing")) {
      try Language(code: "xx", folder: folder.path)
    }
  }

  @Test("Every line of the names is read") func names() throws {
    for line in LanguageFile(path: "names.txt", bytes: PackageResources.names_txt).lines() {
      let columns = LanguageFile(path: "", bytes: []).columns(line)
      #expect(columns.count == 2 && NameHint(named: columns[1]) != nil, "line \(line.number)")
    }
  }
}

/// The files of a language in a temporary folder.
struct TemporaryLanguage {
  let path = NSTemporaryDirectory() + UUID().uuidString

  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name)) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
