import HearsayText

/// The features that decide which part of a window is content and which the speaker: each token, its neighbors, and what
/// lies between it and the cue.
package struct WindowFeatures: ~Escapable {
  package static let bits = 17
  /// The features of a token.
  package static let count = 23
  /// The kinds of transition between two tokens: each has weights of its own for the order of labels.
  package static let transitionKinds = 24

  private static let hash = FeatureHash(bits: bits)

  private let window: CueWindow
  private let tokens: Swift.Span<ModelToken>
  /// What lies between each token and the cue, a bit for each of `Path`.
  private let paths: CueWindow.Values<UInt8>
  private let cueWord: UInt32
  /// The part of speech of the cue, and whether it is passive or a participle.
  private let cueKind: UInt32
  /// Which quotations stand beside the cue, and how: they mostly decide what else is content.
  private let windowKind: UInt32

  private enum Path {
    static let comma: UInt8 = 1
    static let strongMark: UInt8 = 2
    static let quotation: UInt8 = 4
    static let that: UInt8 = 8
    static let verb: UInt8 = 16
    static let subject: UInt8 = 32
    static let conjunction: UInt8 = 64
    static let sentence: UInt8 = 128

    static func bit(of kind: PartOfSpeech) -> UInt8 {
      switch kind {
      case .comma: comma
      case .stop, .question, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark: strongMark
      case .quotation: quotation
      case .that, .interrogative, .subordinator: that
      case .be, .have, .do, .modal, .speech, .thought, .evaluativeVerb, .endingEd: verb
      case .subjectPronoun, .name, .acronym, .person, .title: subject
      case .conjunction, .to: conjunction
      default: 0
      }
    }
  }

  @_lifetime(copy tokens)
  package init(_ window: CueWindow, of tokens: Swift.Span<ModelToken>) {
    self.window = window
    self.tokens = tokens
    var paths = CueWindow.Values<UInt8>(repeating: 0)
    var path: UInt8 = 0
    var i = window.cue + 1
    while i < window.tokens.upperBound {
      if tokens[i].beginsSentence { path |= Path.sentence }
      paths[window.offset(of: i).value] = path
      path |= Path.bit(of: tokens[i].kind)
      i += 1
    }
    path = 0
    i = window.cue - 1
    while i >= window.tokens.lowerBound {
      if tokens[i + 1].beginsSentence { path |= Path.sentence }
      paths[window.offset(of: i).value] = path
      path |= Path.bit(of: tokens[i].kind)
      i -= 1
    }
    self.paths = paths
    let cue = tokens[window.cue]
    cueWord = cue.word
    func kind(_ k: ModelTokenIndex) -> UInt32 { window.tokens.contains(k) ? UInt32(tokens[k].kind.rawValue) : 99 }
    let isPassive = kind(window.cue - 1) == UInt32(PartOfSpeech.be.rawValue) ? 1 as UInt32 : 0
    let isParticiple = cue.ending == 0x696E67 ? 2 as UInt32 : 0
    cueKind = UInt32(cue.kind.rawValue) + 64 * (isPassive + isParticiple)
    windowKind = Self.quotations(beside: window, of: tokens)
  }

  /// How the nearest quotations before and after the cue end and begin.
  private static func quotations(beside window: CueWindow, of tokens: borrowing Swift.Span<ModelToken>) -> UInt32 {
    var left: UInt32 = 0
    var i = window.cue - 1
    while i >= window.tokens.lowerBound, !tokens[i].isQuotation { i -= 1 }
    if i >= window.tokens.lowerBound {
      // A comma or the end of a sentence before the closing mark, or a comma after it.
      let isWhole = tokens[i].endsQuotation || tokens[i + 1].kind == .comma
      left = (isWhole ? 1 : 2) + (window.cue - i < 12 ? 0 : 2)
    }
    var right: UInt32 = 0
    i = window.cue + 1
    while i < window.tokens.upperBound, !tokens[i].isQuotation { i += 1 }
    if i < window.tokens.upperBound {
      let before = tokens[i - 1].kind
      let introduces = before == .comma || before == .colon || i == window.cue + 1
      right = tokens[i].beginsSentence ? 1 : (introduces ? 2 : 4) + (tokens[i].word & 1 == 1 ? 0 : 1)
    }
    return left * 6 + right
  }

  /// The kind of transition from the token before `i` to `i`; below `transitionKinds`.
  @inline(__always)
  package func transitionKind(to i: ModelTokenIndex) -> Int {
    let side = i < window.cue ? 0 : i == window.cue ? 1 : 2
    let kind =
      switch tokens[i].kind {
      case .quotation: 0
      case .comma: 1
      case .stop, .question, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark: 2
      case .that, .interrogative, .subordinator, .to, .as: 3
      case .in, .for, .of, .by, .preposition, .conjunction: 4
      case .be, .have, .do, .modal, .speech, .thought, .evaluativeVerb, .endingEd: 5
      case .name, .acronym, .title, .subjectPronoun, .determiner, .person: 6
      default: 7
      }
    return side * 8 + kind
  }

  /// Calls `feature` with the row of each feature of a token, then `token` with its index; in order.
  @inline(__always)
  package func visit(feature: (UInt32) -> Void, token: (ModelTokenIndex) -> Void) {
    let (lower, upper) = (window.tokens.lowerBound, window.tokens.upperBound)
    // Numbers of their own stand for what is outside the window.
    let before = Place(word: 1, kind: 98)
    let after = Place(word: 2, kind: 99)
    var places = Places(
      farLeft: before, left: before, here: lower < upper ? Place(tokens[lower]) : before,
      right: lower + 1 < upper ? Place(tokens[lower + 1]) : after, farRight: after)
    var begins = true
    for side in 0..<3 as Range<UInt32> {
      let range = side == 0 ? lower..<window.cue : side == 1 ? window.cue..<window.cue + 1 : window.cue + 1..<upper
      let windowCue = Self.hash.row(27, FeatureHash.first(windowKind + 64 * side) &+ FeatureHash.second(cueWord))
      for i in range {
        places.farRight = i + 2 < upper ? Place(tokens[i + 2]) : after
        let endsSentence = i + 1 >= upper || tokens[i + 1].beginsSentence
        let ends: UInt32 = (begins ? 1 : 0) + (endsSentence ? 2 : 0)
        visit(i, places, side: side, ends: ends, feature)
        feature(windowCue)
        token(i)

        places.moveOn()
        begins = endsSentence
      }
    }
  }

  /// Calls `feature` with the row of each feature of a token but that of the cue alone.
  ///
  /// - Parameters:
  ///   - side: 0 before the cue, 1 for it, 2 after it.
  ///   - ends: Whether a sentence begins (1) or ends (2) with the token.
  @inline(__always)
  private func visit(
    _ i: ModelTokenIndex, _ places: Places, side: UInt32, ends: UInt32, _ feature: (UInt32) -> Void
  ) {
    let hash = Self.hash
    let (first, second) = (FeatureHash.first, FeatureHash.second)
    let (left, here, right) = (places.left, places.here, places.right)
    let far = UInt32((i - window.cue).magnitude)
    let bucket: UInt32 = far < 7 ? far : far < 10 ? 7 : far < 15 ? 8 : far < 25 ? 9 : 10
    let place = side + 4 * bucket
    let path = UInt32(paths.span[at: window.offset(of: i)]) + 256 * side
    let (place1, place2, path1, path2) = (first(place), second(place), first(path), second(path))
    let (side1, side2) = (first(side), second(side))
    let (cueWord1, cueKind1, windowKind1) = (first(cueWord), first(cueKind), first(windowKind))
    let (kl, k0, kr) = (left.kind, here.kind, right.kind)
    let (kind2, sideKind2) = (second(k0), second(k0 + 128 * side))
    let kinds1 = first(k0 + 128 * kl + 128 * 128 * kr)

    feature(hash.row(0, place1 &+ kind2))
    feature(hash.row(1, here.first &+ side2))
    feature(hash.row(2, left.first &+ side2))
    feature(hash.row(3, right.first &+ side2))
    feature(hash.row(4, here.first &+ left.second))
    feature(hash.row(5, here.first &+ right.second))
    feature(hash.row(8, kinds1 &+ side2))
    feature(hash.row(9, first(places.farLeft.kind + 128 * kl) &+ sideKind2))
    feature(hash.row(10, first(places.farRight.kind + 128 * kr) &+ sideKind2))
    feature(hash.row(11, path1 &+ kind2))
    feature(hash.row(14, first(tokens[i].ending) &+ side2))
    feature(hash.row(15, first(cueKind + 256 * k0) &+ place2))
    feature(hash.row(16, cueWord1 &+ sideKind2))
    feature(hash.row(18, first(ends + 4 * side) &+ kind2))
    feature(hash.row(19, cueWord1 &+ path2))
    feature(hash.row(20, kinds1 &+ place2))
    feature(hash.row(21, cueKind1 &+ left.second))
    feature(hash.row(22, right.first &+ here.second &+ side2))
    feature(hash.row(23, cueKind1 &+ 256 &* side1 &+ second(kl + 128 * kr)))
    feature(hash.row(24, windowKind1 &+ place2))
    feature(hash.row(25, windowKind1 &+ sideKind2))
    feature(hash.row(26, windowKind1 &+ path2))
  }

  /// A token and its neighbors.
  private struct Places {
    var farLeft, left, here, right, farRight: Place

    @inline(__always)
    mutating func moveOn() { (farLeft, left, here, right) = (left, here, right, farRight) }
  }

  /// A token as its neighbors see it.
  private struct Place {
    let kind: UInt32
    /// What its word adds to a hash as first and as second value.
    let first, second: UInt32

    @inline(__always)
    init(word: UInt32, kind: UInt32) {
      self.kind = kind
      first = FeatureHash.first(word)
      second = FeatureHash.second(word)
    }

    @inline(__always)
    init(_ token: ModelToken) { self.init(word: token.word, kind: UInt32(token.kind.rawValue)) }
  }
}
