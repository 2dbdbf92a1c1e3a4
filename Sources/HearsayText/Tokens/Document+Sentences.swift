public import Hearsay

extension Document {
  /// The sentences; the whole text as one where no stage has split it.
  public var sentencesOrWhole: [Span] { has(Sentences.self) ? self[Sentences.self] : [Span(0, utf8.count)] }
}

extension [Token] {
  /// The tokens of each sentence, of a sentence without any an empty range.
  public func ranges(of sentences: [Span]) -> [Range<Int>] {
    let tokens = span
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(sentences.count)
    var i = 0
    for sentence in sentences {
      while i < tokens.count, tokens[i].start < sentence.start { i += 1 }
      let start = i
      while i < tokens.count, tokens[i].start < sentence.end { i += 1 }
      ranges.append(start..<i)
    }
    return ranges
  }
}
