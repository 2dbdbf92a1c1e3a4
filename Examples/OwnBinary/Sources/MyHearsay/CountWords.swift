import Hearsay

/// Counts words.
struct CountWords: Stage {
  static let name = "count-words"
  static let summary = "Writes the number of words to the metadata."
  static let examples = [
    Example("three words", "It rained hard.", expect: ["meta": ["words": 3]])
  ]

  init(_ options: NoOptions) {}

  func process(_ document: inout Document) -> Disposition {
    let count = document.text.split(whereSeparator: \.isWhitespace).count
    document.metadata["words"] = .number("\(count)")
    return .keep
  }
}
