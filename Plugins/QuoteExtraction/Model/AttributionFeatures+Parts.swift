import HearsayText

extension AttributionFeatures {
  /// What the pieces of an attribution hold together.
  struct Whole {
    var quotations = 0
    var length = 0
    var verbs: UInt32 = 0
    /// The likeliest cue among the words.
    var strongest: UInt8 = 0
    /// 0 where none of it stands in quotation marks, 1 where all does, 2 where some does.
    let shape: UInt32
    /// A number for the order of content, speaker and cue.
    private(set) var order: UInt32 = 0
    /// A number for their distances from each other.
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
      var cue: ModelTokenIndex? = attribution.cue
      while next < attribution.pieces.count || speaker != nil || cue != nil {
        let none = ModelTokenIndex(.max)
        let start = next < attribution.pieces.count ? attribution.pieces[next].lowerBound : none
        let first = min(start, speaker?.lowerBound ?? none, cue ?? none)
        let part: Range<ModelTokenIndex>
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

  /// A piece, where it stands in its attribution, and what it holds.
  struct Place {
    var piece = ModelTokenIndex(0)..<ModelTokenIndex(0)
    /// 1 after the cue, 0 before it.
    var side: UInt32 = 0
    /// Its side, whether it is the last piece, and its shape.
    var form: UInt32 = 0
    /// 0 where none of it stands in quotation marks, 1 where all does, 2 where some does.
    var shape: UInt32 = 0
    var quotations = 0
    var verbs: UInt32 = 0
    /// The verbs after the last quotation.
    var verbsBehind: UInt32 = 0
    /// How many more brackets open than close; a dash counts 16.
    var balance: UInt32 = 0
    var commas: UInt32 = 0
    /// Conjunctions before a verb: what follows may be words of the article.
    var joins: UInt32 = 0
    var relatives: UInt32 = 0
    /// The likeliest cue among the words.
    var strongest: UInt8 = 0

    init() {}

    init(
      _ piece: Range<ModelTokenIndex>, isAfter: Bool, isLast: Bool, _ tokens: Swift.Span<ModelToken>,
      _ priors: Swift.Span<UInt8>
    ) {
      self.piece = piece
      for k in piece {
        strongest = max(strongest, priors[of: k])
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
}
