/// A report of speech as the model sees it, in elements.
package struct Report {
  package var cue: Int
  package var pieces: Pieces
  package var speaker: Range<Int>?
  /// Who may be the speaker, likeliest first, once it is chosen.
  package var speakers = SpeakerCandidates()
  /// How likely the word is a cue, as a logit.
  package var cueLogit: Float = 0
  /// How much likelier the labels are than none, as logits.
  package var margin: Float = 0
  /// How much less likely the labels are than the likeliest of the frame, as logits.
  package var loss: Float = 0
  /// The likelihood that half or more of the content is right.
  package var confidence: Float = 0
  /// Which of the frame's labels spell it out.
  var way = 0
  /// The words of the cue, once it is chosen.
  package var cueWords: Pieces

  /// The report of that content, its speaker what the labels say.
  ///
  /// - Parameter labels: The raw label of each element of the frame.
  init(_ frame: Frame, _ pieces: Pieces, labels: Swift.Span<UInt8>) {
    cue = frame.cue
    self.pieces = pieces
    cueWords = Pieces(in: frame.elements)
    let (begins, goesOn) = (UInt8(FrameLabel.speakerBegins.rawValue), UInt8(FrameLabel.speaker.rawValue))
    let lower = frame.elements.lowerBound
    guard let first = (0..<frame.elements.count).first(where: { labels[$0] == begins }) else { return }
    var end = first + 1
    while end < frame.elements.count, labels[end] == goesOn { end += 1 }
    speaker = lower + first..<lower + end
  }

  /// Takes the words of the cue from the labels.
  ///
  /// - Parameter labels: The raw label of each element of the frame.
  mutating func readCue(_ frame: Frame, labels: Swift.Span<UInt8>) {
    cueWords = Pieces(in: frame.elements)
    for i in frame.elements {
      if labels[i - frame.elements.lowerBound] == UInt8(FrameLabel.cue.rawValue) {
        _ = cueWords.append(i, isNew: false)
      }
    }
    for words in cueWords { if words.contains(cue) { return } }
    cueWords = Pieces(in: frame.elements)
    _ = cueWords.append(cue, isNew: true)
  }

  /// The tokens of the content.
  func length(_ elements: Swift.Span<Elements.Element>) -> Int {
    var sum = 0
    for piece in pieces { sum += Self.length(piece, elements) }
    return sum
  }

  /// Whether two reports share half or more of their content.
  func isFound(in other: Self, _ elements: Swift.Span<Elements.Element>, lengths: Int) -> Bool {
    var shared = 0
    for piece in pieces {
      for other in other.pieces where piece.overlaps(other) {
        shared += Self.length(piece.clamped(to: other), elements)
      }
    }
    return shared > 0 && 3 * shared >= lengths
  }

  private static func length(_ range: Range<Int>, _ elements: Swift.Span<Elements.Element>) -> Int {
    range.isEmpty ? 0 : Int(elements[range.upperBound - 1].end - elements[range.lowerBound].first)
  }
}
