/// A possible speaker of an attribution.
package struct SpeakerCandidate {
  fileprivate var start: Int32 = 0
  fileprivate var end: Int32 = 0
  /// How much likelier the window's labels are with this speaker than with none, as a logit.
  package fileprivate(set) var margin: Float = 0

  package var range: Range<ModelTokenIndex> { ModelTokenIndex(Int(start))..<ModelTokenIndex(Int(end)) }
}

/// A few candidates, likeliest first, in place: nothing is allocated for them.
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
  /// Speakers that are less likely than the likeliest by more than this, in logits, are left out.
  private static let largestSpeakerGap: Float = 10

  /// The possible speakers of an attribution in the window that was labelled last, likeliest first. None shares words with
  /// another, and none stands outside the sentence of the cue.
  ///
  /// The labels of content and cue stay as they are, so a speaker changes only its own labels and the transitions at its
  /// ends: one pass through the window, from its last token to its first, finds the best end for a speaker that begins at
  /// each. Positions here are offsets in the window.
  func speakers(of attribution: AttributionCandidate, in window: CueWindow, _ model: QuoteModel) -> SpeakerCandidates {
    let (none, begin, inside) = (
      WindowLabel.outside.rawValue, WindowLabel.speakerBegins.rawValue, WindowLabel.speaker.rawValue
    )
    let lower = window.tokens.lowerBound
    let labels = labelsWithoutSpeaker(of: attribution, in: window)
    let transitions = model.transitionsBack.span
    let nodes = nodes.span
    var best = SpeakerPlaces(largestGap: Int(Self.largestSpeakerGap / model.windowScale))
    // What a speaker gains that goes on, or ends, after its first word and after a later one, and where it ends.
    var (first, firstEnd, later, laterEnd) = (0, count, 0, count)
    let within = window.sentence.clamped(to: window.tokens)
    let end = within.upperBound - lower
    var k = min(count - 1, end)
    while k >= within.lowerBound - lower {
      let label = Int(labels[k])
      let transition = nodes[k].transition
      let ends = transitions[transition + label]
      let outside = Int(ends[none])
      let endFirst = Int(ends[begin]) - outside
      let endLater = Int(ends[inside]) - outside
      if label == none, k < end {
        let emission = nodes[k].emission
        let unlabelled = Int(emission[none])
        var change = 0
        if k > 0 {
          let transition = model.transitions[transition + Int(labels[k - 1])]
          change = Int(transition[begin]) - Int(transition[none])
        }
        best.add(k..<firstEnd, Int(emission[begin]) - unlabelled + change + first)
        let on = Int(emission[inside]) - unlabelled + later - outside
        let insideHere = transitions[transition + inside]
        let onFirst = on + Int(insideHere[begin])
        let onLater = on + Int(insideHere[inside])
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
        start: Int32(truncatingIfNeeded: (lower + place.start).value),
        end: Int32(truncatingIfNeeded: (lower + place.end).value),
        margin: Float(place.margin) * model.windowScale)
    }
    return candidates
  }

  /// The raw labels of the window's tokens by an attribution's content and cue.
  private func labelsWithoutSpeaker(of attribution: AttributionCandidate, in window: CueWindow)
    -> CueWindow.Values<UInt8>
  {
    var labels = CueWindow.Values<UInt8>(repeating: UInt8(WindowLabel.outside.rawValue))
    for piece in attribution.pieces {
      for i in piece { labels[window.offset(of: i).value] = UInt8(WindowLabel.content.rawValue) }
      labels[window.offset(of: piece.lowerBound).value] = UInt8(WindowLabel.contentBegins.rawValue)
    }
    for words in attribution.cueWords {
      for i in words { labels[window.offset(of: i).value] = UInt8(WindowLabel.cue.rawValue) }
    }
    return labels
  }
}

/// The best places of a speaker among a window's tokens, best first; none overlaps another.
private struct SpeakerPlaces {
  struct Place {
    var start = 0
    var end = 0
    /// In units of a weight.
    var margin = 0
  }

  private let largestGap: Int
  private(set) var count = 0
  /// The first `count` are in use.
  private(set) var places = InlineArray<4, Place>(repeating: Place())

  /// - Parameter largestGap: How much less likely than the best one another may be.
  init(largestGap: Int) { self.largestGap = largestGap }

  /// Adds a place that begins before all others, unless a better one overlaps it.
  mutating func add(_ range: Range<Int>, _ margin: Int) {
    let most = SpeakerCandidates.most
    if count > 0, margin < places[0].margin - largestGap || count == most && margin <= places[count - 1].margin {
      return
    }
    var better = 0
    while better < count, places[better].margin >= margin {
      if places[better].start < range.upperBound { return }
      better += 1
    }
    // Of the others those that it overlaps are removed, and those whose gap is now too large.
    var kept = better
    for number in better..<count {
      let place = places[number]
      if place.start < range.upperBound || better == 0 && place.margin < margin - largestGap { continue }
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
