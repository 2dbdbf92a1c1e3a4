import HearsayText

/// Whether a text has a word elsewhere. The first questions are answered by a search each, which is all that most texts
/// ask for; then all words are read once, so that no text asks for more than linear time.
struct WordEvidence {
  private var searches = 0
  private var words: DocumentWords?
  private var isEnglishText: Bool?
  private static let mostSearches = 12

  mutating func contains(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 1 else { return false }
    if let words { return words.contains(text, range) }
    searches += 1
    guard searches <= Self.mostSearches else {
      let read = DocumentWords(text)
      words = read
      return read.contains(text, range)
    }
    return Self.search(text, text.extracting(range))
  }

  /// Whether the text is English prose: only there the rules on English function words hold.
  mutating func isEnglish(_ text: Swift.Span<UInt8>) -> Bool {
    if let isEnglishText { return isEnglishText }
    func has(_ word: StaticString) -> Bool {
      let word = Array(word.description.utf8)
      return Self.search(text, word.span)
    }
    let found = has("the") && (has("of") || has("and") || has("to"))
    isEnglishText = found
    return found
  }

  private static func search(_ text: Swift.Span<UInt8>, _ word: Swift.Span<UInt8>) -> Bool {
    var start = 0
    while let found = text.offset(of: word, from: start) {
      if DocumentWords.beginsAlone(text, at: found), DocumentWords.ends(text, at: found + word.count) { return true }
      start = found + 1
    }
    return false
  }
}
