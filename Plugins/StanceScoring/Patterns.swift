import HearsayText

/// The patterns of the tokens right beside a target, function words and marks among them.
enum Patterns {
  /// The number of patterns of a mention.
  static let count = 11

  /// What each pattern of a mention adds, in the order of `keys`: the low byte to `favor`, the high one to `against`, signed.
  typealias Weights = [11 of UInt16]

  /// Calls `body` with how far the patterns of a mention lean toward `favor`, in steps, by the token that they are read from.
  static func visitLeans(_ weights: Weights, mention: Range<Int>, _ body: (_ token: Int, _ lean: Int) -> Void) {
    func lean(_ k: Int) -> Int {
      Int(Int8(truncatingIfNeeded: weights[k])) - Int(Int8(truncatingIfNeeded: weights[k] >> 8))
    }
    let (first, behind) = (mention.lowerBound, mention.upperBound)
    body(first - 1, lean(0) + lean(6) + lean(10))
    body(first - 2, lean(1))
    body(first - 3, lean(2))
    body(behind, lean(3) + lean(7) + lean(8) + lean(9))
    body(behind + 1, lean(4))
    body(behind + 2, lean(5))
  }

  /// Their keys: each token alone, then two and three together.
  @inline(__always)
  static func keys(_ tokens: [Token], _ range: Range<Int>, mention: Range<Int>) -> [11 of StanceTable.Key] {
    let (first, behind) = (mention.lowerBound, mention.upperBound)
    let (left, left2, left3) = (
      sign(first - 1, tokens, range), sign(first - 2, tokens, range), sign(first - 3, tokens, range)
    )
    let (right, right2, right3) = (
      sign(behind, tokens, range), sign(behind + 1, tokens, range), sign(behind + 2, tokens, range)
    )
    return [
      StanceTable.pattern(0, left), StanceTable.pattern(1, left2), StanceTable.pattern(2, left3),
      StanceTable.pattern(3, right), StanceTable.pattern(4, right2), StanceTable.pattern(5, right3),
      StanceTable.pattern(6, left2, left), StanceTable.pattern(7, right, right2), StanceTable.pattern(8, left, right),
      StanceTable.pattern(9, right, right2, right3), StanceTable.pattern(10, left3, left2, left),
    ]
  }

  /// What a token is in a pattern: a word, a number whatever it says, a mark, or the range's end.
  @inline(__always)
  private static func sign(_ index: Int, _ tokens: [Token], _ range: Range<Int>) -> UInt32 {
    guard range.contains(index) else { return 1 }
    switch tokens[index].kind {
    case .word, .possessive: return tokens[index].hash
    case .number: return 2
    case .mark: return tokens[index].mark.isDoubleQuote ? 3 : 4 + UInt32(tokens[index].mark.rawValue)
    }
  }
}
