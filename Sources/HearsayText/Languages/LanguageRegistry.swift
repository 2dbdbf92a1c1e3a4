/// The languages that ship: each folder of `Languages/` is one, its name the code.
enum LanguageRegistry {
  /// The order in which options list languages; others follow by their codes.
  private static let order = [
    "en", "de", "fr", "es", "it", "nl", "pt", "ru", "uk", "pl", "da", "bg", "sk", "cs", "kk", "el", "hy", "ar", "fa",
    "ur", "hi", "mr", "ne", "zh", "ja", "my", "am",
  ]

  /// The folder of what holds in all languages.
  private static let common = "common"

  static let languages =
    order.filter { shipped[$0] != nil }.map { Language($0) }
    + shipped.keys.filter { !order.contains($0) }.sorted().map { Language($0) }

  static let shipped: [String: LanguageDefinition] = {
    var found: [String: LanguageDefinition] = [:]
    for (code, files) in files where code != common {
      if let language = try? LanguageDefinition(code: code, files: files) { found[code] = language }
    }
    for (code, language) in found {
      if let other = language.profile.sameAs.flatMap({ found[$0] }) {
        found[code] = LanguageDefinition(language, completedBy: other)
      }
    }
    return found
  }()

  /// The codes by the other names that metadata have for the languages.
  static let codesByName: [String: String] = {
    var codes: [String: String] = [:]
    for (code, language) in shipped {
      for name in language.profile.otherNames { codes[name] = code }
    }
    return codes
  }()

  /// The words and rules that determine where sentences of any language end.
  static let sentenceWordsOfAll = files[common]?["sentences.txt"].flatMap { try? SentenceWords($0) } ?? SentenceWords()

  /// The files by their folder's name, then by their own.
  private static let files: [String: [String: LanguageFile]] = {
    var files: [String: [String: LanguageFile]] = [:]
    for (path, text) in LanguageFiles.all {
      let parts = path.split(separator: "/", maxSplits: 1)
      guard parts.count == 2 else { continue }
      files[String(parts[0]), default: [:]][String(parts[1])] = LanguageFile(path: path, embedded: text)
    }
    return files
  }()

  /// Finds the first mistake in what ships.
  static func check() throws(LanguageError) {
    for (code, files) in files.sorted(by: { $0.key < $1.key }) {
      if code == common {
        for file in files.values { _ = try SentenceWords(file) }
        continue
      }
      let language = try LanguageDefinition(code: code, files: files)
      try language.check()
      guard let other = language.profile.sameAs else { continue }
      guard shipped[other] != nil else {
        throw LanguageError(file: "\(code)/language.txt", line: 0, message: "no language has the code '\(other)'")
      }
    }
  }
}
