import HearsayText

/// The features that decide which candidate of a window is true: in what order its parts stand and how far from each other,
/// where each begins and ends, what it holds and what it leaves out.
package struct AttributionFeatures: ~Escapable {
  package static let bits = 16
  /// The features that are numbers, a lane each.
  package typealias Numbers = SIMD16<Float>

  private static let hash = FeatureHash(bits: bits)

  private let window: CueWindow
  private let tokens: Swift.Span<ModelToken>
  private let priors: Swift.Span<UInt8>
  /// The number of quotations in the window.
  private let quotations: Int

  @_lifetime(copy tokens, copy priors)
  package init(_ window: CueWindow, of tokens: Swift.Span<ModelToken>, priors: Swift.Span<UInt8>) {
    self.window = window
    self.tokens = tokens
    self.priors = priors
    var quotations = 0
    for i in window.tokens { if tokens[i].isQuotation { quotations += 1 } }
    self.quotations = quotations
  }

  /// Calls `row` with the row of each feature that an attribution of the window has.
  ///
  /// - Returns: The features that are numbers, a lane each.
  @inline(__always)
  package func visit(_ attribution: AttributionCandidate, row: (UInt32) -> Void) -> Numbers {
    var places = InlineArray<6, Place>(repeating: Place())
    for (number, piece) in attribution.pieces.enumerated() {
      places[number] = Place(
        piece, isAfter: piece.lowerBound > attribution.cue, isLast: number == attribution.pieces.count - 1, tokens,
        priors)
    }
    let all = places.span.extracting(first: attribution.pieces.count)
    let whole = Whole(attribution, all, window, tokens)
    visitWhole(attribution, whole, row)
    for k in all.indices {
      visitEnds(all[k], row)
      visitContent(all[k], attribution.cue, row)
      visitSurroundings(all[k], attribution.cue, row)
    }
    visitSpeaker(attribution, whole, row)
    return Numbers(
      attribution.scoreGap, min(attribution.margin, 3), min(attribution.margin, 10), min(attribution.margin, 30),
      attribution.cueLogit,
      max(attribution.cueLogit, 0), 1, min(Float(whole.length), 40) / 10, attribution.margin / Float(whole.length + 2),
      0, 0, 0,
      0,
      0, 0, 0)
  }

  // MARK: Features

  // Numbers of their own stand for what is outside the window.
  @inline(__always)
  private func kind(_ k: ModelTokenIndex) -> UInt32 {
    window.tokens.contains(k) ? UInt32(tokens[k].kind.rawValue) : k < window.tokens.lowerBound ? 98 : 99
  }

  @inline(__always)
  private func word(_ k: ModelTokenIndex) -> UInt32 {
    window.tokens.contains(k) ? tokens[k].word : k < window.tokens.lowerBound ? 1 : 2
  }

  @inline(__always)
  private func row(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) -> UInt32 {
    Self.hash.row(template, a, b, c)
  }

  @inline(__always)
  private func visitWhole(_ attribution: AttributionCandidate, _ whole: Whole, _ add: (UInt32) -> Void) {
    let cueWord = word(attribution.cue)
    let cueKind = kind(attribution.cue)
    let stem = tokens[attribution.cue].stem
    let shape = whole.shape
    let lengths = whole.lengthStep
    let inside = UInt32(min(whole.quotations, 3))
    let outside = UInt32(max(0, min(quotations - whole.quotations, 3)))
    let verbs = min(whole.verbs, 2)
    let likely = UInt32(max(0, min(11, 3 + attribution.cueLogit)))
    add(row(0, whole.order))
    add(row(1, whole.order, whole.gaps))
    add(row(2, whole.order, cueWord))
    add(row(3, shape, cueWord))
    add(row(4, lengths, shape, cueKind))
    add(row(5, lengths, cueWord))
    add(row(6, inside, outside, shape))
    add(row(7, inside + 8 * outside, whole.order))
    add(row(8, UInt32(whole.strongest), lengths))
    add(row(9, verbs, shape, cueKind))
    add(row(10, verbs, cueWord))
    add(row(11, verbs, lengths))
    add(row(12, UInt32(attribution.pieces.count), shape))
    add(row(13, likely, shape, inside + 4 * outside))
    add(row(14, likely, whole.order))
    add(row(15, stem, shape))
    add(row(16, stem, whole.order))
    add(row(17, UInt32(priors[of: attribution.cue]), shape, lengths))
  }

  /// Where a piece begins and ends.
  @inline(__always)
  private func visitEnds(_ place: Place, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form, shape) = (place.side, place.form, place.shape)
    let (before, first, last, after) = (kind(start - 1), kind(start), kind(end - 1), kind(end))
    let next = kind(end + 1)
    add(row(20, before, first, form))
    add(row(21, word(start - 1), first, side))
    add(row(22, word(start), side, before))
    add(row(23, kind(start - 2) * 128 + before, first, form))
    add(row(24, word(start - 1), word(start)))
    add(row(25, last, after, form))
    add(row(26, last, after * 128 + next, form))
    add(row(27, word(end), last, shape))
    add(row(28, word(end), next, form))
    add(row(29, word(end), word(end + 1)))
    add(row(30, word(end - 1), after))
    add(row(31, word(end - 1), shape, side))
    add(row(32, after * 128 + next, kind(end + 2), shape))
    if tokens[end - 1].isQuotation {
      add(row(48, word(end - 1), after, form))
      add(row(49, word(end - 1), after * 128 + next, shape))
    }
    if tokens[start].isQuotation { add(row(50, word(start), before, form)) }
  }

  /// What a piece holds: verbs, marks, and clauses that may not belong to it.
  @inline(__always)
  private func visitContent(_ place: Place, _ cue: ModelTokenIndex, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form, shape) = (place.side, place.form, place.shape)
    let (verbs, commas) = (place.verbs, place.commas)
    let first = kind(start)
    let beginsSentence: UInt32 = start == window.tokens.lowerBound || tokens[start].beginsSentence ? 1 : 0
    let endsSentence: UInt32 = isSentenceEnd(end) ? 1 : 0
    // The same, one mark aside.
    let mostlyEnds: UInt32 =
      endsSentence == 1 || end + 1 >= window.tokens.upperBound || isSentenceEnd(end + 1) && tokens[end].kind.isMark
      ? 1 : 0
    add(row(33, first, min(verbs, 2), form))
    add(row(34, word(start), min(verbs, 2), shape))
    add(row(35, min(place.verbsBehind, 2), shape, first))
    add(row(36, beginsSentence + 2 * mostlyEnds, form, kind(cue)))
    add(row(37, beginsSentence + 2 * mostlyEnds, word(cue), side))
    add(row(38, beginsSentence + 2 * endsSentence, form, kind(end)))
    add(row(39, place.balance & 31, shape))
    add(row(40, min(commas, 3), form, mostlyEnds))
    add(row(41, min(place.joins, 2), form, kind(cue)))
    add(row(42, min(place.relatives, 2), form))
    add(row(43, kind(end), kind(end + 1) * 128 + kind(end + 2), mostlyEnds))
  }

  private func isSentenceEnd(_ k: ModelTokenIndex) -> Bool { k >= window.tokens.upperBound || tokens[k].beginsSentence }

  /// What stands beside a piece: other cues, quotations that are left out, and what lies between it and the cue.
  @inline(__always)
  private func visitSurroundings(_ place: Place, _ cue: ModelTokenIndex, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form) = (place.side, place.form)
    var prior: UInt32 = 0
    var near: UInt32 = 0
    var k = end
    while k < min(window.tokens.upperBound, end + 4) {
      prior = max(prior, UInt32(priors[of: k]))
      if near == 0, tokens[k].isQuotation { near = UInt32(k - end) + 1 }
      k += 1
    }
    add(row(44, prior, form))
    add(row(45, near, form, kind(end)))
    prior = 0
    near = 0
    k = start - 1
    while k >= max(window.tokens.lowerBound, start - 4) {
      if k != cue { prior = max(prior, UInt32(priors[of: k])) }
      if near == 0, tokens[k].isQuotation { near = UInt32(start - k) }
      k -= 1
    }
    add(row(46, prior, form))
    add(row(47, near, form, kind(start - 1)))
    let between = start > cue ? cue + 1..<start : end < cue ? end..<cue : cue..<cue
    if between.count <= 3 {
      var kinds = UInt32(between.count)
      for k in between { kinds = kinds &* 128 &+ kind(k) }
      add(row(51, kinds, form))
      add(row(52, kinds, word(cue), side))
      add(row(53, kinds, kind(start), form))
    } else {
      var verbs: UInt32 = 0
      var marked: UInt32 = 0
      var strongest: UInt8 = 0
      for k in between {
        if tokens[k].kind.isVerbal { verbs += 1 }
        if tokens[k].isQuotation { marked += 1 }
        strongest = max(strongest, priors[of: k])
      }
      add(row(54, min(verbs, 2) + 4 * min(marked, 2) + 16 * UInt32(strongest), form))
      add(row(55, min(verbs, 2) + 4 * UInt32(strongest), kind(cue), side))
    }
  }

  @inline(__always)
  private func visitSpeaker(_ attribution: AttributionCandidate, _ whole: Whole, _ add: (UInt32) -> Void) {
    let cue = attribution.cue
    guard let speaker = attribution.speaker else {
      add(row(70, whole.shape, kind(cue)))
      add(row(71, whole.order, word(cue)))
      return
    }
    let (start, end) = (speaker.lowerBound, speaker.upperBound)
    let side: UInt32 = start > cue ? 1 : 0
    let distance = start > cue ? start - cue - 1 : cue - end
    let near = UInt32(max(0, min(distance, 4)))
    add(row(60, kind(start), kind(end - 1), side))
    add(row(61, kind(start - 1), kind(start), side))
    add(row(62, kind(end - 1), kind(end), side))
    add(row(63, near, side, kind(cue)))
    add(row(64, near, side, word(cue)))
    add(row(65, kind(end) * 128 + kind(end + 1), side, near))
    add(row(66, word(start), near, side))
  }
}
