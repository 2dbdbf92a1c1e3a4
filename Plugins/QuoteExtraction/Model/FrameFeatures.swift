import HearsayText

/// What tells which part of a frame is content and which the speaker: each element, its neighbours, and its way to the
/// cue.
package struct FrameFeatures: ~Escapable {
  package static let bits = 17
  /// The features of an element.
  package static let count = 28
  /// The kinds of step between two elements: for each, the labels' order has weights of its own.
  package static let steps = 24

  private static let hash = FeatureHash(bits: bits)

  private let frame: Frame
  private let elements: Swift.Span<Elements.Element>
  /// What lies between an element and the cue, a bit for each of `Way`.
  private let ways: [UInt8]
  private let cueWord: UInt32
  /// What kind of cue it is: its class, whether it is passive, and what stands right beside it.
  private let cueKind: UInt32
  /// Which quotations stand beside the cue, and how: those settle for the most part what else is content.
  private let frameKind: UInt32

  private enum Way {
    static let comma: UInt8 = 1
    static let strongMark: UInt8 = 2
    static let quotation: UInt8 = 4
    static let that: UInt8 = 8
    static let verb: UInt8 = 16
    static let subject: UInt8 = 32
    static let conjunction: UInt8 = 64
    static let sentence: UInt8 = 128

    static func bit(of kind: WordClass) -> UInt8 {
      switch kind {
      case .comma: comma
      case .stop, .question, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark: strongMark
      case .quotation: quotation
      case .that, .asking, .subordinator: that
      case .be, .have, .do, .modal, .speech, .thought, .judgement, .endingEd: verb
      case .subject, .name, .acronym, .person, .title: subject
      case .conjunction, .to: conjunction
      default: 0
      }
    }
  }

  @_lifetime(copy elements)
  package init(_ frame: Frame, of elements: Swift.Span<Elements.Element>) {
    self.frame = frame
    self.elements = elements
    var ways = [UInt8](repeating: 0, count: frame.elements.count)
    let first = frame.elements.lowerBound
    var way: UInt8 = 0
    var i = frame.cue + 1
    while i < frame.elements.upperBound {
      if elements[i].beginsSentence { way |= Way.sentence }
      ways[i - first] = way
      way |= Way.bit(of: elements[i].kind)
      i += 1
    }
    way = 0
    i = frame.cue - 1
    while i >= first {
      if elements[i + 1].beginsSentence { way |= Way.sentence }
      ways[i - first] = way
      way |= Way.bit(of: elements[i].kind)
      i -= 1
    }
    self.ways = ways
    let cue = elements[frame.cue]
    cueWord = cue.word
    func kind(_ k: Int) -> UInt32 { frame.elements.contains(k) ? UInt32(elements[k].kind.rawValue) : 99 }
    let isPassive = kind(frame.cue - 1) == UInt32(WordClass.be.rawValue) ? 1 as UInt32 : 0
    let isParticiple = cue.ending == 0x696E67 ? 2 as UInt32 : 0
    cueKind = UInt32(cue.kind.rawValue) + 64 * (isPassive + isParticiple)
    frameKind = Self.quotations(beside: frame, of: elements)
  }

  /// How the nearest quotations before and behind the cue end and begin.
  private static func quotations(beside frame: Frame, of elements: borrowing Swift.Span<Elements.Element>) -> UInt32 {
    var left: UInt32 = 0
    var i = frame.cue - 1
    while i >= frame.elements.lowerBound, left == 0 {
      let element = elements[i]
      // A comma or a sentence's end before the marks close, or a comma behind them.
      let isWhole = element.endsQuotation || elements[i + 1].kind == .comma
      if element.isQuotation { left = (isWhole ? 1 : 2) + (frame.cue - i < 12 ? 0 : 2) }
      i -= 1
    }
    var right: UInt32 = 0
    i = frame.cue + 1
    while i < frame.elements.upperBound, right == 0 {
      let element = elements[i]
      let before = elements[i - 1].kind
      let introduces = before == .comma || before == .colon || i == frame.cue + 1
      if element.isQuotation {
        right = element.beginsSentence ? 1 : (introduces ? 2 : 4) + (element.word & 1 == 1 ? 0 : 1)
      }
      i += 1
    }
    return left * 6 + right
  }

  /// The kind of step from the element before `i` to `i`; below `steps`.
  @inline(__always)
  package func step(to i: Int) -> Int {
    let side = i < frame.cue ? 0 : i == frame.cue ? 1 : 2
    let kind =
      switch elements[i].kind {
      case .quotation: 0
      case .comma: 1
      case .stop, .question, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark: 2
      case .that, .asking, .subordinator, .to, .as: 3
      case .in, .for, .of, .by, .preposition, .conjunction: 4
      case .be, .have, .do, .modal, .speech, .thought, .judgement, .endingEd: 5
      case .name, .acronym, .title, .subject, .determiner, .person: 6
      default: 7
      }
    return side * 8 + kind
  }

  /// Calls `body` with the row of each feature of the element `i`.
  @inline(__always)
  package func visit(_ i: Int, _ body: (UInt32) -> Void) {
    let hash = Self.hash
    let lower = frame.elements.lowerBound
    let upper = frame.elements.upperBound
    func word(_ k: Int) -> UInt32 { k >= lower && k < upper ? elements[k].word : k < lower ? 1 : 2 }
    func kind(_ k: Int) -> UInt32 { k >= lower && k < upper ? UInt32(elements[k].kind.rawValue) : k < lower ? 98 : 99 }
    let distance = i - frame.cue
    let far = UInt32(distance.magnitude)
    let bucket: UInt32 = far < 7 ? far : far < 10 ? 7 : far < 15 ? 8 : far < 25 ? 9 : 10
    let side: UInt32 = distance < 0 ? 0 : distance == 0 ? 1 : 2
    let place = side + 4 * bucket
    let way = UInt32(ways[i - lower]) + 256 * side
    let (w0, wl, wr) = (word(i), word(i - 1), word(i + 1))
    let (k0, kl, kr) = (kind(i), kind(i - 1), kind(i + 1))
    let k3 = k0 + 128 * kl + 128 * 128 * kr
    let beside = i == lower || elements[i].beginsSentence ? 1 as UInt32 : 0
    let ends: UInt32 = i + 1 >= upper || elements[i + 1].beginsSentence ? 2 : 0

    body(hash.row(0, place, k0))
    body(hash.row(1, w0, side))
    body(hash.row(2, wl, side))
    body(hash.row(3, wr, side))
    body(hash.row(4, w0, wl))
    body(hash.row(5, w0, wr))
    body(hash.row(6, place, cueWord))
    body(hash.row(7, cueWord ^ (side &* 0x9E37), w0))
    body(hash.row(8, k3, side))
    body(hash.row(9, kind(i - 2) + 128 * kl, k0 + 128 * side))
    body(hash.row(10, kind(i + 2) + 128 * kr, k0 + 128 * side))
    body(hash.row(11, way, k0))
    body(hash.row(12, way, cueKind))
    body(hash.row(13, way, kr + 128 * kl))
    body(hash.row(14, elements[i].ending, side))
    body(hash.row(15, cueKind + 256 * k0, place))
    body(hash.row(16, cueWord, k0 + 128 * side))
    body(hash.row(17, way, w0))
    body(hash.row(18, beside + ends + 4 * side, k0))
    body(hash.row(19, cueWord, way))
    body(hash.row(20, k3, place))
    body(hash.row(21, cueKind, wl))
    body(hash.row(22, wr, w0 &+ side))
    body(hash.row(23, cueKind + 256 * side, kl + 128 * kr))
    body(hash.row(24, frameKind, place))
    body(hash.row(25, frameKind, k0 + 128 * side))
    body(hash.row(26, frameKind, way))
    body(hash.row(27, frameKind + 64 * side, cueWord))
  }
}
