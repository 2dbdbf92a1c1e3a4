import HearsayText

/// What tells whether a word is the cue of a report: it, its neighbours, and the marks and verbs of its sentence.
package struct CueFeatures {
  package static let bits = 17
  /// The features of one place.
  package static let count = 30

  private static let hash = FeatureHash(bits: bits)

  /// Calls `body` with the row of each feature of the element `i` of `sentence`.
  ///
  /// - Parameter priors: How often the word of each element is a cue, in steps; 0 for words that never are and for
  ///   quotations.
  @inline(__always)
  package static func visit(
    _ i: Int, in sentence: Range<Int>, of tokens: borrowing Swift.Span<ModelToken>,
    priors: borrowing Swift.Span<UInt8>, _ body: (UInt32) -> Void
  ) {
    let (lower, upper) = (sentence.lowerBound, sentence.upperBound)
    let (first, second) = (FeatureHash.first, FeatureHash.second)
    // Outside the sentence stands nothing.
    func word(_ k: Int) -> UInt32 { k >= lower && k < upper ? tokens[k].word : k < lower ? 1 : 2 }
    func kind(_ k: Int) -> UInt32 { k >= lower && k < upper ? UInt32(tokens[k].kind.rawValue) : k < lower ? 98 : 99 }
    let (w0, wl, wr, wrr) = (word(i), word(i - 1), word(i + 1), word(i + 2))
    let (k0, kl, kr) = (kind(i), kind(i - 1), kind(i + 1))
    let step = UInt32(priors[i])

    // The nearest quotations, what a cue near them would be to them, and whether another cue stands on that side.
    var left: UInt32 = 0
    var strongestLeft: UInt8 = 0
    var k = i - 1
    while k >= max(lower, i - 16) {
      if left == 0, i - k <= 10, tokens[k].isQuotation {
        left = 1 + tokens[k].word + 64 * UInt32(i - k < 5 ? 0 : 1)
      }
      strongestLeft = max(strongestLeft, priors[k])
      k -= 1
    }
    // On the right also whether a clause with `that` follows, and what lies before the quotation.
    var right: UInt32 = 0
    var that: UInt32 = 0
    var strongestRight: UInt8 = 0
    var quotation = i
    k = i + 1
    while k < min(upper, i + 16) {
      if quotation == i, tokens[k].isQuotation { quotation = k }
      if that == 0, tokens[k].kind == .that { that = k - i < 3 ? 1 : k - i < 8 ? 2 : 3 }
      strongestRight = max(strongestRight, priors[k])
      k += 1
    }
    var between: UInt32 = 0
    if quotation > i {
      if quotation - i < 10 {
        right = 1 + tokens[quotation].word + 64 * UInt32(tokens[quotation - 1].kind.rawValue)
      }
      between = 1
      for k in i + 1..<quotation { between |= tokens[k].kind.betweenCueAndQuotation }
    }
    // The word that a subject would end in, past auxiliaries and adverbs.
    k = i - 1
    while k > lower, i - k < 6, tokens[k].kind.standsBeforeVerb { k -= 1 }
    let (subject, subjectWord) = (kind(k), word(k))
    let helper = k < i - 1 ? kl + 100 * kind(k + 1) : 0
    let position: UInt32 = (i == lower ? 1 : i - lower < 3 ? 2 : 0) + (upper - i <= 2 ? 4 : upper - i <= 5 ? 8 : 0)
    // What the sentence ends in and what comes behind it.
    let ending = kind(upper - 1)
    let after: UInt32 =
      upper < tokens.count
      ? (tokens[upper].isQuotation ? 1 : 0) + (tokens[upper].gap < .paragraph ? 2 : 0) : 4
    let beside: UInt32 = (left == 0 ? 0 : 1) + (right == 0 ? 0 : 2) + 4 * that

    let (stem1, step2, kind2) = (first(tokens[i].stem), second(step), second(k0))
    body(hash.row(0, first(step)))
    body(hash.row(1, first(w0)))
    body(hash.row(2, first(wl)))
    body(hash.row(3, first(wr)))
    body(hash.row(4, stem1 &+ second(wl)))
    body(hash.row(5, stem1 &+ second(wr)))
    body(hash.row(6, first(word(i - 2)) &+ step2))
    body(hash.row(7, first(wrr) &+ step2))
    body(hash.row(8, first(kl + 128 * kr) &+ kind2))
    body(hash.row(9, first(kind(i - 2) + 128 * kl) &+ kind2))
    body(hash.row(10, first(kind(i + 2) + 128 * kr) &+ kind2))
    body(hash.row(11, stem1 &+ second(kr)))
    body(hash.row(12, stem1 &+ second(kl)))
    body(hash.row(13, first(step) &+ second(kr + 128 * kl)))
    body(hash.row(14, first(tokens[i].ending)))
    body(hash.row(15, first(left) &+ kind2))
    body(hash.row(16, first(right) &+ kind2))
    body(hash.row(17, stem1 &+ second(beside)))
    body(hash.row(18, first(position) &+ step2))
    body(hash.row(19, stem1 &+ second(position)))
    body(hash.row(20, first(subject) &+ step2))
    body(hash.row(21, stem1 &+ second(subject)))
    body(hash.row(22, first(helper) &+ step2))
    body(hash.row(23, first(UInt32(strongestLeft) * 16 + UInt32(strongestRight)) &+ step2))
    body(hash.row(24, first(wr) &+ second(wrr)))
    body(hash.row(25, first(UInt32(strongestLeft) * 16 + that) &+ kind2))
    body(hash.row(26, stem1))
    body(hash.row(27, first(ending + 128 * after) &+ step2))
    body(hash.row(28, first(between) &+ kind2))
    body(hash.row(29, first(subjectWord) &+ step2))
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

  /// A bit for what tells a cue from its quotation, of 2 and above; 0 for other words.
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
