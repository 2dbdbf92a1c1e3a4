/// Somebody who may be the speaker of a report, in elements.
package struct SpeakerCandidate {
  fileprivate var start: Int32 = 0
  fileprivate var end: Int32 = 0
  /// How much likelier the frame's labels are with this speaker than with none, as a logit.
  package fileprivate(set) var margin: Float = 0

  package var range: Range<Int> { Int(start)..<Int(end) }
}

/// A few candidates, likeliest first, that cost no memory of their own.
package struct SpeakerCandidates {
  fileprivate static let most = 4

  package fileprivate(set) var count = 0
  /// The first `count` are in use.
  fileprivate var all = InlineArray<4, SpeakerCandidate>(repeating: SpeakerCandidate())

  package var indices: Range<Int> { 0..<count }
  package var first: SpeakerCandidate? { count > 0 ? all[0] : nil }
  /// The first where it is likelier than none and than any other by more than `margin`, in logits.
  func first(leadingBy margin: Float) -> SpeakerCandidate? {
    guard let first, first.margin > margin else { return nil }
    return count == 1 || first.margin - self[1].margin > margin ? first : nil
  }

  package subscript(number: Int) -> SpeakerCandidate { all[number] }
}

extension CRFDecoder {
  /// Speakers that are less likely than the likeliest by more, in logits, are not.
  private static let mostBehind: Float = 10

  /// Who may be the speaker of a report in the frame that was labelled last, likeliest first; none shares words with
  /// another, and none stands outside the sentence of the cue.
  ///
  /// The labels of content and cue stay as they are, so a speaker changes but its own labels and the steps at its ends:
  /// one way through the frame, from its last element to its first, finds where a speaker that begins at each had best end.
  func speakers(of attribution: AttributionCandidate, in window: CueWindow, _ model: QuoteModel) -> SpeakerCandidates {
    let (none, begins, goesOn) = (
      WindowLabel.outside.rawValue, WindowLabel.speakerBegins.rawValue, WindowLabel.speaker.rawValue
    )
    let lower = window.tokens.lowerBound
    let labels = labelsWithoutSpeaker(of: attribution, in: window)
    let transitions = model.transitionsBack.span
    let nodes = nodes.span
    var best = SpeakerPlaces(behind: Int(Self.mostBehind / model.windowScale))
    // What it brings that a speaker goes on, or ends, behind its first word and behind a later one, and where it ends.
    var (first, firstEnd, later, laterEnd) = (0, count, 0, count)
    let within = window.sentence.clamped(to: window.tokens)
    let end = within.upperBound - lower
    var k = min(count - 1, end)
    while k >= within.lowerBound - lower {
      let label = Int(labels[k])
      let transition = nodes[k].transition
      let ends = transitions[transition + label]
      let outside = Int(ends[none])
      let endFirst = Int(ends[begins]) - outside
      let endLater = Int(ends[goesOn]) - outside
      if label == none, k < end {
        let emission = nodes[k].emission
        let unlabelled = Int(emission[none])
        var change = 0
        if k > 0 {
          let transition = model.transitions[transition + Int(labels[k - 1])]
          change = Int(transition[begins]) - Int(transition[none])
        }
        best.add(k..<firstEnd, Int(emission[begins]) - unlabelled + change + first)
        let on = Int(emission[goesOn]) - unlabelled + later - outside
        let goesOnHere = transitions[transition + goesOn]
        let onFirst = on + Int(goesOnHere[begins])
        let onLater = on + Int(goesOnHere[goesOn])
        (first, firstEnd) = onFirst > endFirst ? (onFirst, laterEnd) : (endFirst, k)
        (later, laterEnd) = onLater > endLater ? (onLater, laterEnd) : (endLater, k)
      } else {
        (first, firstEnd, later, laterEnd) = (endFirst, k, endLater, k)
      }
      k -= 1
    }
    var candidates = SpeakerCandidates()
    candidates.count = best.count
    for number in candidates.indices {
      let place = best.places[number]
      candidates.all[number] = SpeakerCandidate(
        start: Int32(truncatingIfNeeded: lower + place.start), end: Int32(truncatingIfNeeded: lower + place.end),
        margin: Float(place.margin) * model.windowScale)
    }
    return candidates
  }

  /// The raw labels of the frame's elements by a report's content and cue.
  private func labelsWithoutSpeaker(of attribution: AttributionCandidate, in window: CueWindow)
    -> CueWindow.Values<UInt8>
  {
    let lower = window.tokens.lowerBound
    var labels = CueWindow.Values<UInt8>(repeating: UInt8(WindowLabel.outside.rawValue))
    for piece in attribution.pieces {
      for i in piece { labels[i - lower] = UInt8(WindowLabel.content.rawValue) }
      labels[piece.lowerBound - lower] = UInt8(WindowLabel.contentBegins.rawValue)
    }
    for words in attribution.cueWords { for i in words { labels[i - lower] = UInt8(WindowLabel.cue.rawValue) } }
    return labels
  }
}

/// The best places of a speaker among a frame's elements, best first; none overlaps another.
private struct SpeakerPlaces {
  struct Place {
    var start = 0
    var end = 0
    /// In steps of a weight.
    var margin = 0
  }

  private let behind: Int
  private(set) var count = 0
  /// The first `count` are in use.
  private(set) var places = InlineArray<4, Place>(repeating: Place())

  /// - Parameter behind: How much less likely than the best one may be.
  init(behind: Int) { self.behind = behind }

  /// Adds a place that begins before all others, unless a better one overlaps it.
  mutating func add(_ range: Range<Int>, _ margin: Int) {
    let most = SpeakerCandidates.most
    if count > 0, margin < places[0].margin - behind || count == most && margin <= places[count - 1].margin { return }
    var better = 0
    while better < count, places[better].margin >= margin {
      if places[better].start < range.upperBound { return }
      better += 1
    }
    // Of the others those that it overlaps go, and those now too far behind.
    var kept = better
    for number in better..<count {
      let place = places[number]
      if place.start < range.upperBound || better == 0 && place.margin < margin - behind { continue }
      places[kept] = place
      kept += 1
    }
    count = min(kept + 1, most)
    var number = count - 1
    while number > better {
      places[number] = places[number - 1]
      number -= 1
    }
    places[better] = Place(start: range.lowerBound, end: range.upperBound, margin: margin)
  }
}
