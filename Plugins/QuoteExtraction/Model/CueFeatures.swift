import HearsayText

/// The features that decide whether a word is a cue: the word, its neighbors, and the marks and verbs of its sentence.
package struct CueFeatures {
  package static let bits = 17
  /// The features of one token.
  package static let count = 30

  private static let hash = FeatureHash(bits: bits)

  /// Calls `body` with the row of each feature of the token `i` of `sentence`.
  ///
  /// - Parameter priors: How often the word of each token is a cue; 0 for words that never are and for quotations.
  @inline(__always)
  package static func visit(
    _ i: ModelTokenIndex, in sentence: Range<ModelTokenIndex>, of tokens: borrowing Swift.Span<ModelToken>,
    priors: borrowing Swift.Span<UInt8>, _ body: (UInt32) -> Void
  ) {
    let (first, second) = (FeatureHash.first, FeatureHash.second)
    let (w0, wl, wr) = (
      word(i, sentence, tokens), word(i - 1, sentence, tokens), word(i + 1, sentence, tokens)
    )
    let wrr = word(i + 2, sentence, tokens)
    let (k0, kl, kr) = (
      kind(i, sentence, tokens), kind(i - 1, sentence, tokens), kind(i + 1, sentence, tokens)
    )
    let (kll, krr) = (kind(i - 2, sentence, tokens), kind(i + 2, sentence, tokens))
    let prior = UInt32(priors[of: i])
    let sides = Sides(of: i, sentence, tokens, priors)
    let subject = Subject(of: i, sentence, tokens)
    let place = Place(of: i, sentence, tokens)
    let strongest = UInt32(sides.strongestLeft) * 16
    let beside: UInt32 = (sides.left == 0 ? 0 : 1) + (sides.right == 0 ? 0 : 2) + 4 * sides.that

    let (stem1, prior2, kind2) = (first(tokens[i].stem), second(prior), second(k0))
    body(hash.row(0, first(prior)))
    body(hash.row(1, first(w0)))
    body(hash.row(2, first(wl)))
    body(hash.row(3, first(wr)))
    body(hash.row(4, stem1 &+ second(wl)))
    body(hash.row(5, stem1 &+ second(wr)))
    body(hash.row(6, first(word(i - 2, sentence, tokens)) &+ prior2))
    body(hash.row(7, first(wrr) &+ prior2))
    body(hash.row(8, first(kl + 128 * kr) &+ kind2))
    body(hash.row(9, first(kll + 128 * kl) &+ kind2))
    body(hash.row(10, first(krr + 128 * kr) &+ kind2))
    body(hash.row(11, stem1 &+ second(kr)))
    body(hash.row(12, stem1 &+ second(kl)))
    body(hash.row(13, first(prior) &+ second(kr + 128 * kl)))
    body(hash.row(14, first(tokens[i].ending)))
    body(hash.row(15, first(sides.left) &+ kind2))
    body(hash.row(16, first(sides.right) &+ kind2))
    body(hash.row(17, stem1 &+ second(beside)))
    body(hash.row(18, first(place.position) &+ prior2))
    body(hash.row(19, stem1 &+ second(place.position)))
    body(hash.row(20, first(subject.kind) &+ prior2))
    body(hash.row(21, stem1 &+ second(subject.kind)))
    body(hash.row(22, first(subject.auxiliaries) &+ prior2))
    body(hash.row(23, first(strongest + UInt32(sides.strongestRight)) &+ prior2))
    body(hash.row(24, first(wr) &+ second(wrr)))
    body(hash.row(25, first(strongest + sides.that) &+ kind2))
    body(hash.row(26, stem1))
    body(hash.row(27, first(place.ending + 128 * place.after) &+ prior2))
    body(hash.row(28, first(sides.between) &+ kind2))
    body(hash.row(29, first(subject.word) &+ prior2))
  }

  // Numbers of their own stand for what is outside the sentence.
  @inline(__always)
  fileprivate static func word(
    _ k: ModelTokenIndex, _ sentence: Range<ModelTokenIndex>, _ tokens: borrowing Swift.Span<ModelToken>
  ) -> UInt32 {
    sentence.contains(k) ? tokens[k].word : k < sentence.lowerBound ? 1 : 2
  }

  @inline(__always)
  fileprivate static func kind(
    _ k: ModelTokenIndex, _ sentence: Range<ModelTokenIndex>, _ tokens: borrowing Swift.Span<ModelToken>
  ) -> UInt32 {
    sentence.contains(k) ? UInt32(tokens[k].kind.rawValue) : k < sentence.lowerBound ? 98 : 99
  }

  /// What stands on both sides of a token: the nearest quotations, and the likeliest other cue.
  private struct Sides {
    /// A number for the nearest quotation on the left and its distance; 0 for none.
    var left: UInt32 = 0
    var strongestLeft: UInt8 = 0
    /// A number for the nearest quotation on the right and what stands before it; 0 for none.
    var right: UInt32 = 0
    var strongestRight: UInt8 = 0
    /// How near a `that` stands on the right; 0 for none.
    var that: UInt32 = 0
    /// The kinds of words between the token and the quotation on the right.
    var between: UInt32 = 0

    @inline(__always)
    init(
      of i: ModelTokenIndex, _ sentence: Range<ModelTokenIndex>, _ tokens: borrowing Swift.Span<ModelToken>,
      _ priors: borrowing Swift.Span<UInt8>
    ) {
      var k = i - 1
      while k >= max(sentence.lowerBound, i - 16) {
        if left == 0, i - k <= 10, tokens[k].isQuotation {
          left = 1 + tokens[k].word + 64 * UInt32(i - k < 5 ? 0 : 1)
        }
        strongestLeft = max(strongestLeft, priors[of: k])
        k -= 1
      }
      var quotation = i
      k = i + 1
      while k < min(sentence.upperBound, i + 16) {
        if quotation == i, tokens[k].isQuotation { quotation = k }
        if that == 0, tokens[k].kind == .that { that = k - i < 3 ? 1 : k - i < 8 ? 2 : 3 }
        strongestRight = max(strongestRight, priors[of: k])
        k += 1
      }
      guard quotation > i else { return }
      if quotation - i < 10 {
        right = 1 + tokens[quotation].word + 64 * UInt32(tokens[quotation - 1].kind.rawValue)
      }
      between = 1
      for k in i + 1..<quotation { between |= tokens[k].kind.betweenCueAndQuotation }
    }
  }

  /// The word that a subject would end in, before auxiliaries and adverbs.
  private struct Subject {
    let kind: UInt32
    let word: UInt32
    /// A number for the auxiliaries after it; 0 for none.
    let auxiliaries: UInt32

    @inline(__always)
    init(
      of i: ModelTokenIndex, _ sentence: Range<ModelTokenIndex>, _ tokens: borrowing Swift.Span<ModelToken>
    ) {
      var k = i - 1
      while k > sentence.lowerBound, i - k < 6, tokens[k].kind.standsBeforeVerb { k -= 1 }
      kind = CueFeatures.kind(k, sentence, tokens)
      word = CueFeatures.word(k, sentence, tokens)
      auxiliaries =
        k < i - 1 ? CueFeatures.kind(i - 1, sentence, tokens) + 100 * CueFeatures.kind(k + 1, sentence, tokens) : 0
    }
  }

  /// Where in its sentence a token stands, what the sentence ends in and what follows.
  private struct Place {
    let position: UInt32
    let ending: UInt32
    let after: UInt32

    @inline(__always)
    init(
      of i: ModelTokenIndex, _ sentence: Range<ModelTokenIndex>, _ tokens: borrowing Swift.Span<ModelToken>
    ) {
      let (lower, upper) = (sentence.lowerBound, sentence.upperBound)
      position = (i == lower ? 1 : i - lower < 3 ? 2 : 0) + (upper - i <= 2 ? 4 : upper - i <= 5 ? 8 : 0)
      ending = CueFeatures.kind(upper - 1, sentence, tokens)
      after =
        upper.value < tokens.count
        ? (tokens[upper].isQuotation ? 1 : 0) + (tokens[upper].gap < .paragraph ? 2 : 0) : 4
    }
  }
}

extension PartOfSpeech {
  /// Whether the word can stand between a subject and its verb.
  fileprivate var standsBeforeVerb: Bool {
    switch self {
    case .have, .be, .modal, .adverb, .endingLy, .negation, .do: true
    default: false
    }
  }

  /// A bit, of 2 and above, for a word that may stand between a cue and its quotation; 0 for other words.
  fileprivate var betweenCueAndQuotation: UInt32 {
    switch self {
    case .as: 2
    case .for: 4
    case .that: 8
    case .speech, .thought, .evaluativeVerb: 16
    case .comma: 32
    case .colon: 64
    default: 0
    }
  }
}
