/// Reported speech as the model sees it: a cue, its content and its speaker.
package struct AttributionCandidate {
  package var cue: ModelTokenIndex
  package var pieces: InlineRanges
  package var speaker: Range<ModelTokenIndex>?
  /// Who may be the speaker, likeliest first, once the candidate is chosen.
  package var speakers = SpeakerCandidates()
  /// How likely the word is a cue, as a logit.
  package var cueLogit: Float = 0
  /// How much likelier the labels are than none, as logits.
  package var margin: Float = 0
  /// How much less likely the labels are than the likeliest of the window, as logits.
  package var scoreGap: Float = 0
  /// The likelihood that half or more of the content is right.
  package var confidence: Float = 0
  /// The path through the window's labels that it comes from.
  var path = 0
  /// The words of the cue, once the candidate is chosen.
  package var cueWords: InlineRanges

  /// A candidate with that content, its speaker taken from the labels.
  ///
  /// - Parameter labels: The raw label of each token of the window.
  init(_ window: CueWindow, _ pieces: InlineRanges, labels: Swift.Span<UInt8>) {
    cue = window.cue
    self.pieces = pieces
    cueWords = InlineRanges(in: window.tokens)
    let (begin, inside) = (UInt8(WindowLabel.speakerBegins.rawValue), UInt8(WindowLabel.speaker.rawValue))
    var start = window.tokens.lowerBound
    while start < window.tokens.upperBound, labels[at: window.offset(of: start)] != begin { start += 1 }
    guard start < window.tokens.upperBound else { return }
    var end = start + 1
    while end < window.tokens.upperBound, labels[at: window.offset(of: end)] == inside { end += 1 }
    speaker = start..<end
  }

  /// Takes the words of the cue from the labels.
  ///
  /// - Parameter labels: The raw label of each token of the window.
  mutating func readCue(_ window: CueWindow, labels: Swift.Span<UInt8>) {
    cueWords = InlineRanges(in: window.tokens)
    for i in window.tokens where labels[at: window.offset(of: i)] == UInt8(WindowLabel.cue.rawValue) {
      _ = cueWords.append(i, isNew: false)
    }
    for words in cueWords { if words.contains(cue) { return } }
    cueWords = InlineRanges(in: window.tokens)
    _ = cueWords.append(cue, isNew: true)
  }

  /// The text tokens of the content.
  func length(_ tokens: Swift.Span<ModelToken>) -> Int {
    var sum = 0
    for piece in pieces { sum += Self.length(piece, tokens) }
    return sum
  }

  /// Whether two candidates share half or more of their content.
  ///
  /// - Parameter lengths: The sum of their lengths.
  func sharesHalf(with other: Self, _ tokens: Swift.Span<ModelToken>, lengths: Int) -> Bool {
    var shared = 0
    for piece in pieces {
      for other in other.pieces where piece.overlaps(other) {
        shared += Self.length(piece.clamped(to: other), tokens)
      }
    }
    return shared > 0 && 3 * shared >= lengths
  }

  private static func length(_ range: Range<ModelTokenIndex>, _ tokens: Swift.Span<ModelToken>) -> Int {
    range.isEmpty ? 0 : Int(tokens[range.upperBound - 1].end - tokens[range.lowerBound].first)
  }
}
