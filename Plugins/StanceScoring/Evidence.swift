import Hearsay
import HearsayText

/// The words that weigh most in a judgement.
struct Evidence {
  private static let most = 4
  /// What each token of the reading adds, from token `first` on; more room than it has tokens.
  var leans: [Float] = []
  private var count = 0
  private(set) var first = 0
  /// The strongest so far, the strongest first: a lean of 0 is a free place.
  private var strongest: [4 of (lean: Float, token: Int)] = .init(repeating: (0, -1))

  /// Forgets the words of the judgement before.
  mutating func removeAll() { strongest = .init(repeating: (0, -1)) }

  /// Begins with a new reading of `tokens`.
  mutating func begin(_ tokens: Range<Int>) {
    first = tokens.lowerBound
    if leans.count < tokens.count { leans = Array(repeating: 0, count: 2 * tokens.count) }
    count = tokens.count
    var leans = leans.mutableSpan
    for offset in 0..<tokens.count { leans[offset] = 0 }
  }

  /// Keeps the tokens of the reading that weigh more than those kept before.
  mutating func keepStrongest(where isWorthy: (Int) -> Bool) {
    var least = strongest[Self.most - 1].lean
    for offset in 0..<count where leans[offset] > least && isWorthy(first + offset) {
      insert(leans[offset], first + offset)
      least = strongest[Self.most - 1].lean
    }
  }

  private mutating func insert(_ lean: Float, _ token: Int) {
    // A token that two readings share keeps its better place.
    for place in strongest.indices where strongest[place].token == token { return }
    var place = Self.most - 1
    while place > 0, strongest[place - 1].lean < lean {
      strongest[place] = strongest[place - 1]
      place -= 1
    }
    strongest[place] = (lean, token)
  }

  /// Where they stand, in the order of the text.
  func spans(_ tokens: [Token]) -> SpanList {
    var inOrder = strongest
    for end in 1..<Self.most {
      var place = end
      while place > 0, inOrder[place - 1].token > inOrder[place].token {
        inOrder.swapAt(place - 1, place)
        place -= 1
      }
    }
    var spans = SpanList()
    spans.reserveCapacity(Self.most)
    for place in inOrder.indices where inOrder[place].token >= 0 { spans.append(tokens[inOrder[place].token].span) }
    return spans
  }
}
