import HearsayText

// What the lists have of the words of a sentence.
extension MentionClassifier {
  /// The number of words that a negation applies to, up to the next mark.
  private static let negationScope = 4
  /// How many words ahead the entries of the lists are prefetched.
  private static let prefetchDistance = 6

  /// Finds the flags and polarities of a sentence's words. Does nothing for a sentence that was looked up before.
  mutating func lookUp(_ sentence: Range<Int>) {
    guard let last = sentence.last, words[last].row < 0 else { return }
    let (all, lexicon) = (tokens, lexicon)
    let tokens = all.span
    var words = words.mutableSpan
    var start = -1
    var isTitle: Bool?
    var negated = 0
    var shifted = 0
    for i in sentence {
      // The lists do not fit into the cache.
      if i + Self.prefetchDistance < sentence.upperBound { lexicon.prefetch(tokens[i + Self.prefetchDistance]) }
      let token = tokens[i]
      var word = Word(row: Int32(truncatingIfNeeded: StanceTable.polarity(0)))
      defer { words[i] = word }
      guard token.kind == .word else {
        if token.kind == .possessive {
          (negated, shifted) = (negated - 1, shifted - 1)
        } else if token.mark != .none {
          (negated, shifted) = (0, 0)
        }
        continue
      }
      if start < 0 { start = i }
      let entry = lexicon.entry(of: token)
      word.flags = entry.flags
      if !entry.flags.contains(.skipped) { word.flags.insert(.content) }
      if negated > 0 { word.flags.insert(.negated) }
      if entry.polarity != 0 {
        word.polarity = negated > 0 || shifted > 0 && entry.polarity > 0 ? -entry.polarity : entry.polarity
        // A capitalised word inside a sentence is part of a name: Great Britain.
        if token.isCapitalised, i != start {
          let title = isTitle ?? Self.isTitle(all, sentence)
          isTitle = title
          if !title { word.polarity = 0 }
        }
      }
      negated = entry.flags.contains(.negation) ? Self.negationScope : negated - 1
      shifted = entry.flags.contains(.polarityShifter) ? Self.negationScope : shifted - 1
    }
  }

  /// Whether most longer words are capitalised, as in a headline, so that a capital does not mean a name.
  private static func isTitle(_ tokens: [Token], _ sentence: Range<Int>) -> Bool {
    var long = 0
    var capitalised = 0
    for i in sentence where tokens[i].kind == .word && tokens[i].count > 3 {
      long += 1
      if tokens[i].isCapitalised { capitalised += 1 }
    }
    return capitalised * 10 > max(long, 1) * 7
  }
}
