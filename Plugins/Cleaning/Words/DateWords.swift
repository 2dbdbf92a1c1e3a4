import HearsayText

/// The words of dates in English.
struct DateWords: Sendable {
  let months: [String]
  let weekdays: Set<String>
  /// What stands around a date in a line that says when a story was published.
  let labels: Set<String>
  /// Of the labels, those of a change, and those of the first time.
  let updateLabels: Set<String>
  let firstLabels: Set<String>
  /// What follows the number of a reading time: `3 min read`.
  let readingUnits: Set<String>

  static let english = Self(Language.english.cleaningList("dates"))

  /// - Parameter resource: Lines `kind: words`.
  private init(_ resource: [UInt8]) {
    var words: [Substring: [String]] = [:]
    for line in dataLines(resource) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      words[parts[0], default: []] += parts[1].split(separator: " ").map(String.init)
    }
    months = words["months", default: []]
    weekdays = Set(words["weekdays", default: []])
    labels = Set(words["labels", default: []])
    updateLabels = Set(words["update-labels", default: []])
    firstLabels = Set(words["first-labels", default: []])
    readingUnits = Set(words["reading-units", default: []])
  }

  /// The number of a month by its name or the beginning of it: `Sept`, `apr`.
  func month(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    if word == "sept" { return 9 }
    return months.firstIndex { $0 == word || (word.count == 3 && $0.hasPrefix(word)) }.map { $0 + 1 }
  }

  /// The number of a month by a word that begins as its name does: `Septemb.`.
  func month(beginning word: String) -> Int? {
    months.firstIndex { word.hasPrefix($0.prefix(3)) }.map { $0 + 1 }
  }
}
