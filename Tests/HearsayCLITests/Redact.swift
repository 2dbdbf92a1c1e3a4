import Hearsay

/// Replaces whole words in the text.
struct Redact: Stage {
  struct Options: StageOptions {
    var words: [String] = []
    var mask = "█"
    static let fields: [Field<Self>] = [
      Field("words", \.words, "The words to hide, as they are spelled."),
      Field("mask", \.mask, "What stands in their place."),
    ]
  }

  static let name = "redact"
  static let summary = "Hides words."
  static let examples = [
    Example("a name", "Ask Ann, not Annie.", becomes: "Ask █, not Annie.", options: ["words": ["Ann"]])
  ]

  let options: Options
  init(_ options: Options) { self.options = options }

  func process(_ document: inout Document) -> Disposition {
    let text = document.text
    var edits = TextEdits()
    for word in text.split(whereSeparator: { !$0.isLetter }) where options.words.contains(String(word)) {
      let start = text.utf8.distance(from: text.startIndex, to: word.startIndex)
      edits.replace(Span(start, start + word.utf8.count), with: options.mask.utf8)
    }
    document.apply(edits)
    return .keep
  }
}
