import HearsayText

/// The patterns of the tokens right beside a target, function words and marks among them.
enum Patterns {
  /// The number of patterns of a mention.
  static let count = 11

  /// Calls `body` with the key of each, and the token that it is read from.
  @inline(__always)
  static func visit(
    _ tokens: [Token], _ range: Range<Int>, mention: Range<Int>, _ body: (_ key: StanceTable.Key, _ token: Int) -> Void
  ) {
    let (first, behind) = (mention.lowerBound, mention.upperBound)
    let left: [3 of UInt32] = [
      sign(first - 1, tokens, range), sign(first - 2, tokens, range), sign(first - 3, tokens, range),
    ]
    let right: [3 of UInt32] = [
      sign(behind, tokens, range), sign(behind + 1, tokens, range), sign(behind + 2, tokens, range),
    ]
    for k in 0..<3 {
      body(StanceTable.pattern(UInt32(k), left[k]), first - 1 - k)
      body(StanceTable.pattern(UInt32(3 + k), right[k]), behind + k)
    }
    body(StanceTable.pattern(6, left[1], left[0]), first - 1)
    body(StanceTable.pattern(7, right[0], right[1]), behind)
    body(StanceTable.pattern(8, left[0], right[0]), behind)
    body(StanceTable.pattern(9, right[0], right[1], right[2]), behind)
    body(StanceTable.pattern(10, left[2], left[1], left[0]), first - 1)
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
