import HearsayText

/// The n-grams of tokens directly beside a target, function words and punctuation included.
enum ContextNgrams {
  /// The number of n-grams of a mention.
  static let count = 11

  /// The weights of each n-gram of a mention, in the order of `keys`: for `favor` in the low byte, for `against` in the
  /// high one, both signed.
  typealias Weights = [11 of UInt16]

  /// Calls `body` with what the n-grams add to `favor` less what they add to `against`, in steps, for each token that they
  /// are attributed to.
  static func visitContributions(
    _ weights: Weights, mention: Range<Int>, _ body: (_ token: Int, _ contribution: Int) -> Void
  ) {
    func contribution(_ k: Int) -> Int {
      Int(Int8(truncatingIfNeeded: weights[k])) - Int(Int8(truncatingIfNeeded: weights[k] >> 8))
    }
    let (first, next) = (mention.lowerBound, mention.upperBound)
    body(first - 1, contribution(0) + contribution(6) + contribution(10))
    body(first - 2, contribution(1))
    body(first - 3, contribution(2))
    body(next, contribution(3) + contribution(7) + contribution(8) + contribution(9))
    body(next + 1, contribution(4))
    body(next + 2, contribution(5))
  }

  /// The keys: each token alone, then two and three together.
  @inline(__always)
  static func keys(_ tokens: [Token], _ range: Range<Int>, mention: Range<Int>) -> [11 of StanceTable.Key] {
    let (first, next) = (mention.lowerBound, mention.upperBound)
    let (left, left2, left3) = (
      symbol(first - 1, tokens, range), symbol(first - 2, tokens, range), symbol(first - 3, tokens, range)
    )
    let (right, right2, right3) = (
      symbol(next, tokens, range), symbol(next + 1, tokens, range), symbol(next + 2, tokens, range)
    )
    return [
      StanceTable.ngram(0, left), StanceTable.ngram(1, left2), StanceTable.ngram(2, left3),
      StanceTable.ngram(3, right), StanceTable.ngram(4, right2), StanceTable.ngram(5, right3),
      StanceTable.ngram(6, left2, left), StanceTable.ngram(7, right, right2), StanceTable.ngram(8, left, right),
      StanceTable.ngram(9, right, right2, right3), StanceTable.ngram(10, left3, left2, left),
    ]
  }

  /// A token as an n-gram has it: the hash of a word, or a small number for a number, a mark, or the end of the range.
  @inline(__always)
  private static func symbol(_ index: Int, _ tokens: [Token], _ range: Range<Int>) -> UInt32 {
    guard range.contains(index) else { return 1 }
    switch tokens[index].kind {
    case .word, .possessive: return tokens[index].hash
    case .number: return 2
    case .mark: return tokens[index].mark.isDoubleQuote ? 3 : 4 + UInt32(tokens[index].mark.rawValue)
    }
  }
}
