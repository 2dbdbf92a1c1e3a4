/// The commonest words of languages, and whose they are.
struct CommonWords {
  /// The codes of the languages (ISO 639-1), by their numbers.
  private(set) var codes: [String] = []
  private var words = InternTable()
  /// For each word a bit for each language that has it.
  private var masks: [UInt64] = []

  static let shipped = Self(LanguageRegistry.shipped)

  /// Of two languages with equally many words in a text, the first here is its language; others follow by their codes.
  private static let order = [
    "en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "pl", "cs", "sk", "ro", "hu", "fi", "tr", "id", "hr",
    "sl", "lt", "lv", "et", "vi", "ca", "ru", "uk", "bg", "el", "ar", "fa",
  ]

  /// The languages that list their commonest words, 64 at most.
  private init(_ languages: [String: LanguageDefinition]) {
    let order = Self.order + languages.keys.filter { !Self.order.contains($0) }.sorted()
    for code in order {
      guard let words = languages[code]?.profile.commonWords, !words.isEmpty, codes.count < UInt64.bitWidth else {
        continue
      }
      codes.append(code)
      for word in words { add(word, of: codes.count - 1) }
    }
  }

  private mutating func add(_ word: UInt64, of language: Int) {
    let index = words.insert(word)
    if index == masks.count { masks.append(0) }
    masks[index] |= 1 << UInt64(language)
  }

  /// A bit for each language that has the word among its commonest; `nil` where none has.
  func languages(with word: UInt64) -> UInt64? { words.index(of: word).map { masks[$0] } }
}
