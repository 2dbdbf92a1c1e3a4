/// What tells whether a word is the cue of a report: it, its neighbours, and the marks and verbs of its sentence.
package struct CueFeatures {
  package static let bits = 17
  /// The features of one place.
  package static let count = 26

  /// How often a word was a cue where it occurred, in steps; 0 for words that never were.
  package typealias Prior = (UInt32) -> UInt8

  private static let hash = FeatureHash(bits: bits)

  /// Calls `body` with the row of each feature of the element `i` of `sentence`.
  @inline(__always)
  package static func visit(
    _ i: Int, in sentence: Range<Int>, of elements: borrowing Swift.Span<Elements.Element>, prior: Prior,
    _ body: (UInt32) -> Void
  ) {
    let lower = sentence.lowerBound
    let upper = sentence.upperBound
    // Outside the sentence stands nothing.
    func word(_ k: Int) -> UInt32 { k >= lower && k < upper ? elements[k].word : k < lower ? 1 : 2 }
    func kind(_ k: Int) -> UInt32 { k >= lower && k < upper ? UInt32(elements[k].kind.rawValue) : k < lower ? 98 : 99 }
    let (w0, wl, wr) = (word(i), word(i - 1), word(i + 1))
    let (k0, kl, kr, kll, krr) = (kind(i), kind(i - 1), kind(i + 1), kind(i - 2), kind(i + 2))
    let step = UInt32(prior(w0))

    // The nearest quotations, and what a cue near them would be to them.
    var left: UInt32 = 0
    var k = i - 1
    while k >= max(lower, i - 10) {
      if elements[k].isQuotation {
        left = 1 + elements[k].word + 64 * UInt32(i - k < 5 ? 0 : 1)
        break
      }
      k -= 1
    }
    var right: UInt32 = 0
    k = i + 1
    while k < min(upper, i + 10) {
      if elements[k].isQuotation {
        right = 1 + elements[k].word + 64 * UInt32(elements[k - 1].kind.rawValue)
        break
      }
      k += 1
    }
    // The word that a subject would end in, past auxiliaries and adverbs.
    k = i - 1
    while k > lower, i - k < 6,
      elements[k].kind == .have || elements[k].kind == .be || elements[k].kind == .modal || elements[k].kind == .adverb
        || elements[k].kind == .endingLy || elements[k].kind == .negation || elements[k].kind == .do
    { k -= 1 }
    let subject = kind(k)
    let helper = k < i - 1 ? kind(i - 1) + 100 * kind(k + 1) : 0
    // Whether a clause with `that`, or another cue, follows or stands before.
    var that: UInt32 = 0
    var strongest: (left: UInt32, right: UInt32) = (0, 0)
    k = i + 1
    while k < min(upper, i + 16) {
      if elements[k].kind == .that, that == 0 { that = k - i < 3 ? 1 : k - i < 8 ? 2 : 3 }
      if elements[k].kind != .quotation { strongest.right = max(strongest.right, UInt32(prior(elements[k].word))) }
      k += 1
    }
    k = max(lower, i - 16)
    while k < i {
      if elements[k].kind != .quotation { strongest.left = max(strongest.left, UInt32(prior(elements[k].word))) }
      k += 1
    }
    let position: UInt32 = (i == lower ? 1 : i - lower < 3 ? 2 : 0) + (upper - i <= 2 ? 4 : upper - i <= 5 ? 8 : 0)

    body(hash.row(0, step))
    body(hash.row(1, w0))
    body(hash.row(2, wl))
    body(hash.row(3, wr))
    body(hash.row(4, w0, wl))
    body(hash.row(5, w0, wr))
    body(hash.row(6, word(i - 2), step))
    body(hash.row(7, word(i + 2), step))
    body(hash.row(8, kl + 128 * kr, k0))
    body(hash.row(9, kll + 128 * kl, k0))
    body(hash.row(10, krr + 128 * kr, k0))
    body(hash.row(11, w0, kr))
    body(hash.row(12, w0, kl))
    body(hash.row(13, step, kr + 128 * kl))
    body(hash.row(14, elements[i].ending))
    body(hash.row(15, left, k0))
    body(hash.row(16, right, k0))
    body(hash.row(17, w0, (left == 0 ? 0 : 1) + (right == 0 ? 0 : 2) + 4 * that))
    body(hash.row(18, position, step))
    body(hash.row(19, w0, position))
    body(hash.row(20, subject, step))
    body(hash.row(21, w0, subject))
    body(hash.row(22, helper, step))
    body(hash.row(23, strongest.left * 16 + strongest.right, step))
    body(hash.row(24, wr, word(i + 2)))
    body(hash.row(25, strongest.left * 16 + that, k0))
  }
}
