/// How many of the commonest words of each language a text has.
///
/// Each of its first words counts for the languages that have it among their commonest.
struct LanguageEvidence {
  /// For each language of the list how many words count for it.
  private var counts: [Int]
  /// How many words count for any language.
  private var counted = 0

  /// The evidence of a text's first words, whatever its length: reading ends where one language leads clearly.
  ///
  /// - Parameter named: The language that the text's metadata name, which takes more words to contradict.
  init(of text: Swift.Span<UInt8>, named: String?) {
    let least = named == nil ? Self.leastWords : Self.sureWords
    let known = CommonWords.shipped
    counts = Array(repeating: 0, count: known.codes.count)
    var words = ShortWords(text)
    while let word = words.next() {
      guard var languages = known.languages(with: word) else { continue }
      counted += 1
      while languages != 0 {
        counts[languages.trailingZeroBitCount] += 1
        languages &= languages - 1
      }
      if counted > least, isClear(least) { return }
    }
  }

  /// With fewer words no language is detected; three are enough where no other language has a word.
  private static let leastWords = 6
  private static let leastWordsAlone = 3
  /// With fewer the text's metadata are believed.
  private static let sureWords = 10

  /// The number of the language that most words count for, and how many count for it and for the next.
  private var ranking: (best: Int, most: Int, next: Int) {
    var (best, most, next) = (0, 0, 0)
    for (language, count) in counts.enumerated() {
      if count > most {
        (best, most, next) = (language, count, most)
      } else if count > next {
        next = count
      }
    }
    return (best, most, next)
  }

  /// Whether at least this many words are of one language, and few of others: then the rest is not read.
  private func isClear(_ least: Int) -> Bool {
    let (_, most, next) = ranking
    return most >= least && most > 2 * next
  }

  /// The code of the language (ISO 639-1); `nil` where too few words count. Another than English, which most texts are
  /// in, needs twice as many words as English has. Of two other languages that are alike, either is better than English.
  var likeliest: String? {
    let (best, most, next) = ranking
    let least = next == 0 ? Self.leastWordsAlone : Self.leastWords
    guard most >= least, best == 0 ? most > next + next / 4 : most > 2 * counts[0] else { return nil }
    return CommonWords.shipped.codes[best]
  }

  /// Whether the text is beyond doubt in another language than the one named. A language
  /// that is not on the list may be akin to any that is, but for English.
  func contradicts(_ code: String) -> Bool {
    let (best, most, next) = ranking
    guard most >= Self.sureWords else { return false }
    guard let named = CommonWords.shipped.codes.firstIndex(of: code) else { return best == 0 && most > 2 * next }
    return most > 2 * counts[named]
  }
}
