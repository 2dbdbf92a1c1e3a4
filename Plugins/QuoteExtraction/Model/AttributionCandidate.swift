/// A report of speech as the model sees it, in elements.
package struct AttributionCandidate {
  package var cue: Int
  package var pieces: InlineRanges
  package var speaker: Range<Int>?
  /// Who may be the speaker, likeliest first, once it is chosen.
  package var speakers = SpeakerCandidates()
  /// How likely the word is a cue, as a logit.
  package var cueLogit: Float = 0
  /// How much likelier the labels are than none, as logits.
  package var margin: Float = 0
  /// How much less likely the labels are than the likeliest of the frame, as logits.
  package var scoreGap: Float = 0
  /// The likelihood that half or more of the content is right.
  package var confidence: Float = 0
  /// Which of the frame's labels spell it out.
  var path = 0
  /// The words of the cue, once it is chosen.
  package var cueWords: InlineRanges

  /// The report of that content, its speaker what the labels say.
  ///
  /// - Parameter labels: The raw label of each element of the frame.
  init(_ window: CueWindow, _ pieces: InlineRanges, labels: Swift.Span<UInt8>) {
    cue = window.cue
    self.pieces = pieces
    cueWords = InlineRanges(in: window.tokens)
    let (begins, goesOn) = (UInt8(WindowLabel.speakerBegins.rawValue), UInt8(WindowLabel.speaker.rawValue))
    let lower = window.tokens.lowerBound
    guard let first = (0..<window.tokens.count).first(where: { labels[$0] == begins }) else { return }
    var end = first + 1
    while end < window.tokens.count, labels[end] == goesOn { end += 1 }
    speaker = lower + first..<lower + end
  }

  /// Takes the words of the cue from the labels.
  ///
  /// - Parameter labels: The raw label of each element of the frame.
  mutating func readCue(_ window: CueWindow, labels: Swift.Span<UInt8>) {
    cueWords = InlineRanges(in: window.tokens)
    for i in window.tokens {
      if labels[i - window.tokens.lowerBound] == UInt8(WindowLabel.cue.rawValue) {
        _ = cueWords.append(i, isNew: false)
      }
    }
    for words in cueWords { if words.contains(cue) { return } }
    cueWords = InlineRanges(in: window.tokens)
    _ = cueWords.append(cue, isNew: true)
  }

  /// The tokens of the content.
  func length(_ tokens: Swift.Span<ModelToken>) -> Int {
    var sum = 0
    for piece in pieces { sum += Self.length(piece, tokens) }
    return sum
  }

  /// Whether two reports share half or more of their content.
  func overlapsHalf(in other: Self, _ tokens: Swift.Span<ModelToken>, lengths: Int) -> Bool {
    var shared = 0
    for piece in pieces {
      for other in other.pieces where piece.overlaps(other) {
        shared += Self.length(piece.clamped(to: other), tokens)
      }
    }
    return shared > 0 && 3 * shared >= lengths
  }

  private static func length(_ range: Range<Int>, _ tokens: Swift.Span<ModelToken>) -> Int {
    range.isEmpty ? 0 : Int(tokens[range.upperBound - 1].end - tokens[range.lowerBound].first)
  }
}
