import Hearsay
import HearsayText

/// Finds the words that contribute most to a stance.
struct Evidence {
  private static let maximumCount = 4
  /// The contribution of each token of the context, from token `first` on. The buffer is reused and may be longer.
  var contributions: [Float] = []
  private var count = 0
  private(set) var first = 0
  /// The strongest so far, in falling order; a contribution of 0 is a free place.
  private var strongest: [4 of (contribution: Float, token: Int)] = .init(repeating: (0, -1))

  /// Begins a new stance.
  mutating func removeAll() { strongest = .init(repeating: (0, -1)) }

  /// Begins a context of `tokens`.
  mutating func begin(_ tokens: Range<Int>) {
    first = tokens.lowerBound
    if contributions.count < tokens.count { contributions = Array(repeating: 0, count: 2 * tokens.count) }
    count = tokens.count
    var contributions = contributions.mutableSpan
    for offset in 0..<tokens.count { contributions[offset] = 0 }
  }

  /// Keeps the tokens of the context that contribute more than those kept before.
  mutating func keepStrongest(where isCandidate: (Int) -> Bool) {
    var least = strongest[Self.maximumCount - 1].contribution
    for offset in 0..<count where contributions[offset] > least && isCandidate(first + offset) {
      insert(contributions[offset], first + offset)
      least = strongest[Self.maximumCount - 1].contribution
    }
  }

  private mutating func insert(_ contribution: Float, _ token: Int) {
    // A token that is in two contexts keeps its place.
    for place in strongest.indices where strongest[place].token == token { return }
    var place = Self.maximumCount - 1
    while place > 0, strongest[place - 1].contribution < contribution {
      strongest[place] = strongest[place - 1]
      place -= 1
    }
    strongest[place] = (contribution, token)
  }

  /// The spans of the words, in the order of the text.
  func spans(_ tokens: [Token]) -> SpanList {
    var inOrder = strongest
    for end in 1..<Self.maximumCount {
      var place = end
      while place > 0, inOrder[place - 1].token > inOrder[place].token {
        inOrder.swapAt(place - 1, place)
        place -= 1
      }
    }
    var spans = SpanList()
    spans.reserveCapacity(Self.maximumCount)
    for place in inOrder.indices where inOrder[place].token >= 0 { spans.append(tokens[inOrder[place].token].span) }
    return spans
  }
}
