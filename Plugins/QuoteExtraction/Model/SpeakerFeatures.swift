import HearsayText

/// The features that decide which candidate is the speaker of an attribution: what it is, how far it is from the cue, what
/// lies between them, and whether the attributions beside it have the same speaker.
package struct SpeakerFeatures {
  package static let bits = 14
  /// The features that are numbers, a lane each.
  package typealias Numbers = SIMD8<Float>

  private static let hash = FeatureHash(bits: bits)

  /// The attribution before or after, in the order of cues.
  package struct Neighbour {
    var cue: ModelTokenIndex
    var speaker: Range<ModelTokenIndex>?

    /// `nil` where there is none.
    package init?(_ index: Int, of attributions: [AttributionCandidate]) {
      guard attributions.indices.contains(index) else { return nil }
      cue = attributions[index].cue
      speaker = attributions[index].speaker
    }

    /// 0 for other speakers than the candidate, 1 for it, 2 for it where it stands before the cue.
    fileprivate func relation(to candidate: Range<ModelTokenIndex>) -> UInt32 {
      guard let speaker, speaker.overlaps(candidate) else { return 0 }
      return cue > candidate.upperBound ? 2 : 1
    }
  }

  /// Calls `row` with the row of each feature that a candidate has.
  ///
  /// - Parameters:
  ///   - rank: The index of one of the attribution's candidates; `nil` for that it has no speaker.
  ///   - previous: The attribution before.
  ///   - next: The attribution after.
  ///   - isContent: Whether each token is content of an attribution.
  /// - Returns: The features that are numbers, a lane each.
  package static func visit(
    _ rank: Int?, of attribution: borrowing AttributionCandidate, previous: Neighbour?, next: Neighbour?,
    isContent: borrowing Swift.Span<Bool>, in tokens: borrowing Swift.Span<ModelToken>,
    row: (UInt32) -> Void
  ) -> Numbers {
    let best = attribution.speakers.first?.margin ?? -20
    guard let rank else {
      visitNone(best, attribution, tokens, row)
      return Numbers(0, 0, 0, 1, min(max(best, -20), 20) / 5, 0, 0, 0)
    }
    let candidate = attribution.speakers[rank]
    let place = Place(rank, of: attribution, isContent, tokens)
    visitPlace(place, attribution, tokens, row)
    visitSurroundings(
      place, before: previous?.relation(to: candidate.range) ?? 0, after: next?.relation(to: candidate.range) ?? 0,
      attribution, tokens, row)
    let gapToBest = candidate.margin - best
    return Numbers(gapToBest / 5, min(max(candidate.margin, -20), 20) / 5, max(gapToBest, -3), 0, 0, 0, 0, 0)
  }

  // A number of its own stands for what is outside the text.
  @inline(__always)
  private static func kind(_ k: ModelTokenIndex, _ tokens: borrowing Swift.Span<ModelToken>) -> UInt32 {
    k.value >= 0 && k.value < tokens.count ? UInt32(tokens[k].kind.rawValue) : 99
  }

  @inline(__always)
  private static func word(_ k: ModelTokenIndex, _ tokens: borrowing Swift.Span<ModelToken>) -> UInt32 {
    k.value >= 0 && k.value < tokens.count ? tokens[k].word : 1
  }

  /// The features of that an attribution has no speaker.
  private static func visitNone(
    _ best: Float, _ attribution: AttributionCandidate, _ tokens: borrowing Swift.Span<ModelToken>,
    _ row: (UInt32) -> Void
  ) {
    let cueFirst = attribution.cueWords.first?.lowerBound ?? attribution.cue
    let likely = UInt32(min(max(best, -10), 9) / 2 + 5)
    let (cueKind, beforeCue) = (kind(attribution.cue, tokens), kind(cueFirst - 1, tokens))
    row(hash.row(50, cueKind, beforeCue, kind(cueFirst, tokens)))
    row(hash.row(51, word(attribution.cue, tokens), 0, 0))
    row(hash.row(52, likely, cueKind, 0))
    row(hash.row(53, likely, beforeCue, 0))
    row(hash.row(54, beforeCue, kind(cueFirst - 2, tokens), 0))
    row(hash.row(55, attribution.speaker == nil ? 1 : 0, 0, 0))
  }

  /// A candidate, where it stands and what lies between it and the cue.
  private struct Place {
    let start: ModelTokenIndex
    let end: ModelTokenIndex
    let rank: UInt32
    /// Whether the labels of the window have this speaker.
    let isLabelled: UInt32
    /// 1 after the cue, 0 before it.
    let side: UInt32
    let cueFirst: ModelTokenIndex
    /// A number for the distance to the cue.
    let distance: UInt32
    /// The other candidates between it and the cue.
    private(set) var nearer: UInt32 = 0
    let isInContent: UInt32
    let length: UInt32
    // What lies between.
    private(set) var verbs: UInt32 = 0
    private(set) var quotations: UInt32 = 0
    private(set) var commas: UInt32 = 0
    private(set) var pieces: UInt32 = 0
    private(set) var content: UInt32 = 0
    private(set) var interrogatives: UInt32 = 0
    private(set) var prepositions: UInt32 = 0
    /// Whether a sentence begins.
    private(set) var begins: UInt32 = 0
    /// A number for the parts of speech, where they are few.
    private(set) var kinds: UInt32

    init(
      _ rank: Int, of attribution: AttributionCandidate, _ isContent: borrowing Swift.Span<Bool>,
      _ tokens: borrowing Swift.Span<ModelToken>
    ) {
      let range = attribution.speakers[rank].range
      (start, end) = (range.lowerBound, range.upperBound)
      let isAfter = start > attribution.cue
      side = isAfter ? 1 : 0
      self.rank = UInt32(min(rank, 3))
      isLabelled = attribution.speaker?.overlaps(range) ?? false ? 1 : 0
      isInContent = isContent[of: start] ? 1 : 0
      length = UInt32(min(end - start, 5))
      cueFirst = attribution.cueWords.first?.lowerBound ?? attribution.cue
      let cueEnd = attribution.cueWords.last?.upperBound ?? attribution.cue + 1
      let between = isAfter ? min(cueEnd, start)..<start : end..<max(end, cueFirst)
      let apart = between.count
      distance = apart < 4 ? UInt32(apart) : apart < 7 ? 4 : apart < 12 ? 5 : apart < 24 ? 6 : 7
      kinds = UInt32(min(apart, 4))
      for k in between { add(tokens[k], isContent: isContent[of: k], isShort: apart <= 3) }
      for piece in attribution.pieces where between.overlaps(piece) { pieces += 1 }
      for number in attribution.speakers.indices {
        let other = attribution.speakers[number].range.lowerBound
        if isAfter == (other > attribution.cue), isAfter ? other < start : other > start { nearer += 1 }
      }
    }

    /// Counts a token that lies between.
    private mutating func add(_ token: ModelToken, isContent: Bool, isShort: Bool) {
      if token.kind.isVerbal { verbs += 1 }
      if token.isQuotation { quotations += 1 }
      switch token.kind {
      case .comma, .dash, .semicolon, .colon: commas += 1
      case .interrogative: interrogatives += 1
      case .preposition, .in, .for, .of, .by, .as, .to: prepositions += 1
      default: break
      }
      if token.beginsSentence { begins = 1 }
      if isContent { content += 1 }
      if isShort { kinds = kinds &* 64 &+ UInt32(token.kind.rawValue) }
    }
  }

  /// What the candidate is, and what lies between it and the cue.
  private static func visitPlace(
    _ place: Place, _ attribution: borrowing AttributionCandidate, _ tokens: borrowing Swift.Span<ModelToken>,
    _ row: (UInt32) -> Void
  ) {
    func add(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) { row(hash.row(template, a, b, c)) }
    let (start, end, side, distance) = (place.start, place.end, place.side, place.distance)
    let (cueWord, cueKind) = (word(attribution.cue, tokens), kind(attribution.cue, tokens))
    let (verbs, nearer) = (min(place.verbs, 2), place.nearer)
    let afterEnd = kind(end + 1, tokens)
    add(0, place.rank, place.isLabelled)
    add(1, kind(start, tokens), kind(end - 1, tokens), side)
    add(2, kind(start - 1, tokens), kind(start, tokens), side)
    add(3, kind(end, tokens), afterEnd, side)
    add(4, distance, side, cueKind)
    add(5, distance, side, cueWord)
    add(6, word(start, tokens), side, distance)
    add(7, word(end, tokens), side, afterEnd)
    add(8, word(start - 1, tokens), side)
    add(9, verbs, side, cueKind)
    add(10, verbs + 4 * min(place.quotations, 2) + 16 * min(place.pieces, 2), side, min(place.commas, 3))
    add(11, place.kinds, side)
    add(12, place.kinds, cueKind, side)
    add(13, nearer, side, verbs)
    add(14, nearer, distance, side)
    add(15, place.isInContent, side, min(place.content, 2))
  }

  /// What the candidate is to the attributions beside it, and what stands at its borders and before the cue.
  private static func visitSurroundings(
    _ place: Place, before: UInt32, after: UInt32, _ attribution: borrowing AttributionCandidate,
    _ tokens: borrowing Swift.Span<ModelToken>, _ row: (UInt32) -> Void
  ) {
    func add(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) { row(hash.row(template, a, b, c)) }
    let (start, end, side, distance) = (place.start, place.end, place.side, place.distance)
    let (verbs, commas, nearer) = (min(place.verbs, 2), min(place.commas, 3), place.nearer)
    let (cueKind, beforeCue) = (kind(attribution.cue, tokens), kind(place.cueFirst - 1, tokens))
    let beginsSentence: UInt32 = tokens[start].beginsSentence ? 1 : 0
    let beforeStart = kind(start - 1, tokens)
    add(16, before, after, cueKind)
    add(17, before, after, beforeCue)
    add(18, before, after, verbs + 4 * side)
    add(19, beginsSentence, place.begins, side)
    add(20, beforeStart, distance, side)
    add(21, beforeCue, cueKind, nearer + 8 * side)
    add(22, beforeCue, distance, side)
    add(23, kind(end - 1, tokens), place.length, side)
    add(24, beforeCue * 128 + kind(end, tokens), verbs, side)
    add(25, min(place.interrogatives, 2), commas, side)
    add(26, min(place.prepositions, 3), verbs, side)
    add(27, word(end - 1, tokens), side)
    add(28, word(start, tokens), beforeStart)
    add(29, kind(start, tokens), place.length, side)
    add(30, place.rank, distance, side)
    add(31, word(place.cueFirst - 1, tokens), distance, side)
    add(32, beginsSentence, beforeStart, nearer)
    add(33, tokens[attribution.cue].stem, side, nearer)
    add(34, verbs, commas, beforeCue + 128 * side)
  }
}
