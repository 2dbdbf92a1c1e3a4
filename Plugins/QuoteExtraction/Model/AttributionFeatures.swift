import HearsayText

/// What tells which of a frame's possible reports is the true one: in what order its parts stand and how far from each
/// other, where each begins and ends, what it holds and what it leaves out.
package struct AttributionFeatures: ~Escapable {
  package static let bits = 16
  /// The features that are numbers, a lane each.
  package typealias Numbers = SIMD16<Float>

  private static let hash = FeatureHash(bits: bits)

  private let window: CueWindow
  private let tokens: Swift.Span<ModelToken>
  private let priors: Swift.Span<UInt8>
  /// The quotations of the frame.
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

  /// Calls `row` with the row of each feature that a report of the frame has.
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

  // MARK: The parts

  /// What the pieces of a report hold in all.
  private struct Whole {
    var quotations = 0
    var length = 0
    var verbs: UInt32 = 0
    /// The likeliest cue among the words.
    var strongest: UInt8 = 0
    /// Whether all, some or none of it stands in marks.
    let shape: UInt32
    /// A number for each order of content, speaker and cue.
    private(set) var order: UInt32 = 0
    /// And of how far they are from each other.
    private(set) var gaps: UInt32 = 0

    init(
      _ attribution: AttributionCandidate, _ places: Swift.Span<Place>, _ window: CueWindow,
      _ tokens: Swift.Span<ModelToken>
    ) {
      for k in places.indices {
        length += places[k].piece.count
        quotations += places[k].quotations
        verbs += places[k].verbs
        strongest = max(strongest, places[k].strongest)
      }
      shape = quotations == 0 ? 0 : quotations == length ? 1 : 2
      var last = window.tokens.lowerBound
      var next = 0
      var speaker = attribution.speaker
      var cue: Int? = attribution.cue
      while next < attribution.pieces.count || speaker != nil || cue != nil {
        let start = next < attribution.pieces.count ? attribution.pieces[next].lowerBound : Int.max
        let first = min(start, speaker?.lowerBound ?? Int.max, cue ?? Int.max)
        let part: Range<Int>
        let code: UInt32
        if first == cue {
          (part, code) = (first..<first + 1, 1)
          cue = nil
        } else if let range = speaker, first == range.lowerBound {
          (part, code) = (range, 2)
          speaker = nil
        } else {
          part = places[next].piece
          code = 3 + places[next].shape
          next += 1
        }
        let gap = max(0, first - last)
        order = order &* 7 &+ code
        gaps = gaps &* 5 &+ (gap == 0 ? 0 : gap == 1 ? (tokens[first - 1].kind.isMark ? 1 : 2) : gap < 5 ? 3 : 4)
        last = max(last, part.upperBound)
      }
    }

    var lengthStep: UInt32 {
      length < 3 ? UInt32(length) : length < 5 ? 3 : length < 9 ? 4 : length < 16 ? 5 : length < 30 ? 6 : 7
    }
  }

  /// A piece, where in its report it stands, and what it holds.
  private struct Place {
    var piece = 0..<0
    /// Whether it stands behind the cue.
    var side: UInt32 = 0
    /// Its side, whether it is the last, and its shape.
    var form: UInt32 = 0
    /// Whether none, all or some of it stands in marks.
    var shape: UInt32 = 0
    var quotations = 0
    var verbs: UInt32 = 0
    /// Those behind the last quotation.
    var verbsBehind: UInt32 = 0
    /// Of brackets and dashes.
    var balance: UInt32 = 0
    var commas: UInt32 = 0
    /// Conjunctions with a verb behind them: what follows may be told by the article.
    var joins: UInt32 = 0
    var relatives: UInt32 = 0
    /// The likeliest cue among the words.
    var strongest: UInt8 = 0

    init() {}

    init(
      _ piece: Range<Int>, isAfter: Bool, isLast: Bool, _ tokens: Swift.Span<ModelToken>,
      _ priors: Swift.Span<UInt8>
    ) {
      self.piece = piece
      for k in piece {
        strongest = max(strongest, priors[k])
        switch tokens[k].kind {
        case .quotation:
          quotations += 1
          verbsBehind = 0
        case .openBracket: balance &+= 1
        case .closeBracket: balance &-= 1
        case .dash: balance &+= 16
        case .comma:
          commas += 1
          if k + 1 < piece.upperBound, tokens[k + 1].kind == .interrogative { relatives += 1 }
        case .conjunction: if k + 1 < piece.upperBound, tokens[k + 1].kind.isVerbal { joins += 1 }
        case let kind where kind.isVerbal:
          verbs += 1
          verbsBehind += 1
        default: break
        }
      }
      side = isAfter ? 1 : 0
      shape = quotations == 0 ? 0 : quotations == piece.count ? 1 : 2
      form = side + (isLast ? 2 : 0) + 4 * shape
    }
  }

  // MARK: Features

  // Outside the frame stands nothing.
  @inline(__always)
  private func kind(_ k: Int) -> UInt32 {
    window.tokens.contains(k) ? UInt32(tokens[k].kind.rawValue) : k < window.tokens.lowerBound ? 98 : 99
  }

  @inline(__always)
  private func word(_ k: Int) -> UInt32 {
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
    add(row(17, UInt32(priors[attribution.cue]), shape, lengths))
  }

  /// Where a piece begins and ends.
  @inline(__always)
  private func visitEnds(_ place: Place, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form, shape) = (place.side, place.form, place.shape)
    let (before, first, last, behind) = (kind(start - 1), kind(start), kind(end - 1), kind(end))
    let next = kind(end + 1)
    add(row(20, before, first, form))
    add(row(21, word(start - 1), first, side))
    add(row(22, word(start), side, before))
    add(row(23, kind(start - 2) * 128 + before, first, form))
    add(row(24, word(start - 1), word(start)))
    add(row(25, last, behind, form))
    add(row(26, last, behind * 128 + next, form))
    add(row(27, word(end), last, shape))
    add(row(28, word(end), next, form))
    add(row(29, word(end), word(end + 1)))
    add(row(30, word(end - 1), behind))
    add(row(31, word(end - 1), shape, side))
    add(row(32, behind * 128 + next, kind(end + 2), shape))
    if tokens[end - 1].isQuotation {
      add(row(48, word(end - 1), behind, form))
      add(row(49, word(end - 1), behind * 128 + next, shape))
    }
    if tokens[start].isQuotation { add(row(50, word(start), before, form)) }
  }

  /// What a piece holds: verbs, marks, and clauses that may be none of it.
  @inline(__always)
  private func visitContent(_ place: Place, _ cue: Int, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form, shape) = (place.side, place.form, place.shape)
    let (verbs, commas) = (place.verbs, place.commas)
    let first = kind(start)
    let beginsSentence: UInt32 = start == window.tokens.lowerBound || tokens[start].beginsSentence ? 1 : 0
    let endsSentence: UInt32 = isSentenceEnd(end) ? 1 : 0
    // But for a mark.
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

  private func isSentenceEnd(_ k: Int) -> Bool { k >= window.tokens.upperBound || tokens[k].beginsSentence }

  /// What stands beside a piece: other cues, quotations that are left out, and what parts it from the cue.
  @inline(__always)
  private func visitSurroundings(_ place: Place, _ cue: Int, _ add: (UInt32) -> Void) {
    let (start, end) = (place.piece.lowerBound, place.piece.upperBound)
    let (side, form) = (place.side, place.form)
    var prior: UInt32 = 0
    var near: UInt32 = 0
    var k = end
    while k < min(window.tokens.upperBound, end + 4) {
      prior = max(prior, UInt32(priors[k]))
      if near == 0, tokens[k].isQuotation { near = UInt32(k - end) + 1 }
      k += 1
    }
    add(row(44, prior, form))
    add(row(45, near, form, kind(end)))
    prior = 0
    near = 0
    k = start - 1
    while k >= max(window.tokens.lowerBound, start - 4) {
      if k != cue { prior = max(prior, UInt32(priors[k])) }
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
        strongest = max(strongest, priors[k])
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
