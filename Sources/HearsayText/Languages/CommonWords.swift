/// The commonest words of languages, and whose they are.
struct CommonWords {
  /// The codes of the languages (ISO 639-1), by their numbers.
  private(set) var codes: [String] = []
  private var words = InternTable()
  /// For each word a bit for each language that has it.
  private var masks: [UInt32] = []

  static let shipped = Self(PackageResources.languages_txt)

  /// The words of lines of a code and words; comment lines begin with `#`. Languages behind the 32nd are left out.
  private init(_ source: [UInt8]) {
    for line in source.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      var words = ShortWords(Array(line).span)
      guard codes.count < UInt32.bitWidth, words.next() != nil else { continue }
      codes.append(String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
      while let word = words.next() { add(word, of: codes.count - 1) }
    }
  }

  private mutating func add(_ word: UInt64, of language: Int) {
    let index = words.insert(word)
    if index == masks.count { masks.append(0) }
    masks[index] |= 1 << UInt32(language)
  }

  /// A bit for each language that has the word among its commonest; `nil` where none has.
  func languages(with word: UInt64) -> UInt32? { words.index(of: word).map { masks[$0] } }
}
