import Synchronization

/// The files of a language, each read when it is first needed.
///
/// A file with mistakes counts as if it were missing: `check()` finds the mistakes, and a test checks every language that
/// ships.
final class LanguageDefinition: Sendable {
  let code: String
  let profile: LanguageProfile
  /// The files by their names: `words.txt`, `cleaning/never-final.txt`.
  private let files: [String: LanguageFile]
  private let lexiconValue = Lazy<Lexicon<LexiconEntry>>()
  private let sentenceValue = Lazy<SentenceWords>()
  private let cueVerbValue = Lazy<CueVerbList>()

  /// A language of which nothing is known.
  static let unknown = LanguageDefinition()

  private init() {
    code = "und"
    profile = LanguageProfile()
    files = [:]
  }

  init(code: String, files: [String: LanguageFile]) throws(LanguageError) {
    guard let file = files["language.txt"] else {
      throw LanguageError(file: "\(code)/language.txt", line: 0, message: "the file is missing")
    }
    self.code = code
    profile = try LanguageProfile(file)
    self.files = files
  }

  /// The language with the files of another in place of those that it lacks.
  init(_ language: LanguageDefinition, completedBy other: LanguageDefinition) {
    code = language.code
    profile = language.profile
    files = language.files.merging(other.files) { own, _ in own }
  }

  func file(_ name: String) -> LanguageFile? { files[name] }

  var lexicon: Lexicon<LexiconEntry> {
    lexiconValue.get { Lexicon(words: files["words.txt"], cueVerbs: files["cue-verbs.txt"]) }
  }

  /// The words and rules for sentences, after those of all languages.
  var sentenceWords: SentenceWords {
    sentenceValue.get {
      let own = files["sentences.txt"].flatMap { try? SentenceWords($0) } ?? SentenceWords()
      var all = LanguageRegistry.sentenceWordsOfAll
      all.rules.formUnion(own.rules)
      all.words += own.words
      all.words += cueVerbs.forms[.sentences, default: []].map { (.cue, $0) }
      return all
    }
  }

  var cueVerbs: CueVerbList {
    cueVerbValue.get { files["cue-verbs.txt"].map { CueVerbList($0) } ?? CueVerbList() }
  }

  /// Finds the first mistake in its files; that of the profile is found when the language is made.
  func check() throws(LanguageError) {
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "language.txt": break
      case "words.txt": try Lexicon.check(file)
      case "cue-verbs.txt": try CueVerbList.check(file)
      case "sentences.txt": _ = try SentenceWords(file)
      case _ where name.hasPrefix("cleaning/"): break
      default: throw LanguageError(file: file.path, line: 0, message: "no file of a language has this name")
      }
    }
  }
}

/// A value that is made when it is first asked for.
private final class Lazy<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func get(_ make: () -> Value) -> Value {
    value.withLock { value in
      if let value { return value }
      let made = make()
      value = made
      return made
    }
  }
}
