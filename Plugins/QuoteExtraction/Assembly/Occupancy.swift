/// What the candidates found so far occupy: the only state that decides whether a candidate may be added.
///
/// A quotation in marks is consumed by the first candidate that takes it. A token is covered where the model or a
/// transcript decided what it belongs to, before the other rules are applied.
struct Occupancy: ~Copyable {
  private var consumed: [Bool]
  /// Whether each token is cue or content of what the model or a transcript found; empty where neither found anything.
  private(set) var covered: [Bool] = []

  init(quotations: Int) { consumed = Array(repeating: false, count: quotations) }

  func isConsumed(_ quotation: Int) -> Bool { consumed[quotation] }

  mutating func consume(_ quotation: Int) { consumed[quotation] = true }

  func isCovered(_ tokens: Range<Int>) -> Bool { !covered.isEmpty && tokens.contains { covered[$0] } }

  /// Makes room for marking tokens as covered.
  ///
  /// - Parameter tokens: The number of tokens in the text.
  mutating func prepareCovering(_ tokens: Int) {
    if covered.isEmpty { covered = Array(repeating: false, count: tokens) }
  }

  mutating func cover(_ tokens: Range<Int>) { for token in tokens { covered[token] = true } }
}
