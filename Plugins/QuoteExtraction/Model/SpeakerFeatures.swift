import HearsayText

/// What tells which candidate is the speaker of a report: what it is, how far it is from the cue and what lies between, and
/// what it is to the reports beside.
package struct SpeakerFeatures {
  package static let bits = 14
  /// The features that are numbers, a lane each.
  package typealias Numbers = SIMD8<Float>

  private static let hash = FeatureHash(bits: bits)

  /// A report beside, in the order of cues.
  package struct Neighbour {
    var cue: Int
    var speaker: Range<Int>?

    /// `nil` where there is no such report.
    package init?(_ index: Int, of attributions: [AttributionCandidate]) {
      guard attributions.indices.contains(index) else { return nil }
      cue = attributions[index].cue
      speaker = attributions[index].speaker
    }

    /// 0 for other speakers than the candidate, 1 for it, 2 for it where it stands before the cue.
    fileprivate func relation(to candidate: Range<Int>) -> UInt32 {
      guard let speaker, speaker.overlaps(candidate) else { return 0 }
      return cue > candidate.upperBound ? 2 : 1
    }
  }

  /// Calls `row` with the row of each feature that a candidate has.
  ///
  /// - Parameters:
  ///   - rank: Which of the report's candidates; `nil` for that the report has no speaker.
  ///   - previous: The report before.
  ///   - next: The report behind.
  ///   - isContent: Whether each element is content of a report.
  /// - Returns: The features that are numbers, a lane each.
  package static func visit(
    _ rank: Int?, of attribution: borrowing AttributionCandidate, previous: Neighbour?, next: Neighbour?,
    isContent: borrowing Swift.Span<Bool>, in tokens: borrowing Swift.Span<ModelToken>,
    row: (UInt32) -> Void
  ) -> Numbers {
    let count = tokens.count
    func kind(_ k: Int) -> UInt32 { k >= 0 && k < count ? UInt32(tokens[k].kind.rawValue) : 99 }
    func word(_ k: Int) -> UInt32 { k >= 0 && k < count ? tokens[k].word : 1 }
    func add(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) {
      row(hash.row(template, a, b, c))
    }
    let cue = attribution.cue
    let (cueWord, cueKind) = (word(cue), kind(cue))
    let cueFirst = attribution.cueWords.first?.lowerBound ?? cue
    let cueLast = (attribution.cueWords.last?.upperBound ?? cue + 1) - 1
    let best = attribution.speakers.first?.margin ?? -20
    guard let rank else {
      let likely = UInt32(min(max(best, -10), 9) / 2 + 5)
      add(50, cueKind, kind(cueFirst - 1), kind(cueFirst))
      add(51, cueWord)
      add(52, likely, cueKind)
      add(53, likely, kind(cueFirst - 1))
      add(54, kind(cueFirst - 1), kind(cueFirst - 2))
      add(55, attribution.speaker == nil ? 1 : 0)
      return Numbers(0, 0, 0, 1, min(max(best, -20), 20) / 5, 0, 0, 0)
    }
    let candidate = attribution.speakers[rank]
    let (start, end) = (candidate.range.lowerBound, candidate.range.upperBound)
    let isAfter = start > cue
    let side: UInt32 = isAfter ? 1 : 0
    let between = isAfter ? min(cueLast + 1, start)..<start : end..<max(end, cueFirst)
    var verbs: UInt32 = 0
    var quotations: UInt32 = 0
    var commas: UInt32 = 0
    var own: UInt32 = 0
    var others: UInt32 = 0
    var askings: UInt32 = 0
    var begins: UInt32 = 0
    var prepositions: UInt32 = 0
    var kinds: UInt32 = UInt32(min(between.count, 4))
    for k in between {
      let kind = tokens[k].kind
      if kind.isVerbal { verbs += 1 }
      if tokens[k].isQuotation { quotations += 1 }
      switch kind {
      case .comma, .dash, .semicolon, .colon: commas += 1
      case .interrogative: askings += 1
      case .preposition, .in, .for, .of, .by, .as, .to: prepositions += 1
      default: break
      }
      if tokens[k].beginsSentence { begins = 1 }
      if isContent[k] { others += 1 }
      if between.count <= 3 { kinds = kinds &* 64 &+ UInt32(kind.rawValue) }
    }
    for piece in attribution.pieces { if between.overlaps(piece) { own += 1 } }
    // Candidates between it and the cue.
    var nearer: UInt32 = 0
    for number in attribution.speakers.indices {
      let other = attribution.speakers[number].range.lowerBound
      if isAfter == (other > cue), isAfter ? other < start : other > start { nearer += 1 }
    }
    let apart = between.count
    let distance: UInt32 = apart < 4 ? UInt32(apart) : apart < 7 ? 4 : apart < 12 ? 5 : apart < 24 ? 6 : 7
    let someVerbs = min(verbs, 2)
    let someCommas = min(commas, 3)
    let isInside: UInt32 = isContent[start] ? 1 : 0
    // What it is to the report before and the one behind.
    let before = previous?.relation(to: candidate.range) ?? 0
    let behind = next?.relation(to: candidate.range) ?? 0
    let beginsSentence: UInt32 = tokens[start].beginsSentence ? 1 : 0
    let form = kind(end - 1)
    let beforeCue = kind(cueFirst - 1)
    let isOwn: UInt32 = attribution.speaker?.overlaps(candidate.range) ?? false ? 1 : 0
    let someRank = UInt32(min(rank, 3))
    let length = UInt32(min(end - start, 5))

    add(0, someRank, isOwn)
    add(1, kind(start), form, side)
    add(2, kind(start - 1), kind(start), side)
    add(3, kind(end), kind(end + 1), side)
    add(4, distance, side, cueKind)
    add(5, distance, side, cueWord)
    add(6, word(start), side, distance)
    add(7, word(end), side, kind(end + 1))
    add(8, word(start - 1), side)
    add(9, someVerbs, side, cueKind)
    add(10, someVerbs + 4 * min(quotations, 2) + 16 * min(own, 2), side, someCommas)
    add(11, kinds, side)
    add(12, kinds, cueKind, side)
    add(13, nearer, side, someVerbs)
    add(14, nearer, distance, side)
    add(15, isInside, side, min(others, 2))
    add(16, before, behind, cueKind)
    add(17, before, behind, beforeCue)
    add(18, before, behind, someVerbs + 4 * side)
    add(19, beginsSentence, begins, side)
    add(20, kind(start - 1), distance, side)
    add(21, beforeCue, cueKind, nearer + 8 * side)
    add(22, beforeCue, distance, side)
    add(23, form, length, side)
    add(24, beforeCue * 128 + kind(end), someVerbs, side)
    add(25, min(askings, 2), someCommas, side)
    add(26, min(prepositions, 3), someVerbs, side)
    add(27, word(end - 1), side)
    add(28, word(start), kind(start - 1))
    add(29, kind(start), length, side)
    add(30, someRank, distance, side)
    add(31, word(cueFirst - 1), distance, side)
    add(32, beginsSentence, kind(start - 1), nearer)
    add(33, tokens[cue].stem, side, nearer)
    add(34, someVerbs, someCommas, beforeCue + 128 * side)
    let gapToBest = candidate.margin - best
    return Numbers(gapToBest / 5, min(max(candidate.margin, -20), 20) / 5, max(gapToBest, -3), 0, 0, 0, 0, 0)
  }
}
