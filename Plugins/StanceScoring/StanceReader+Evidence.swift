// What each word adds to a judgement.
extension StanceReader {
  /// About what one point of polarity adds through `Balance`.
  private static let balanceLean: Float = 0.1

  /// Adds to `leans` what each token adds to `favor` less what it adds to `against`, as `judge` summed it up, the patterns
  /// with the token that they are read from.
  ///
  /// - Parameters:
  ///   - sign: 1, or -1 for the other way round.
  ///   - first: The token that `leans` begins with; not behind `range`.
  func addLeans(
    _ range: Range<Int>, mention: Range<Int>, _ patterns: Patterns.Weights, sign: Float, from first: Int,
    to leans: inout [Float]
  ) {
    let clause = clause(of: mention, in: range)
    let words = words.span
    var leans = leans.mutableSpan
    let (before, after) = (range.lowerBound..<mention.lowerBound, mention.upperBound..<range.upperBound)
    var count = 0
    for i in before where words[i].counts { count += 1 }
    for i in after where words[i].counts { count += 1 }
    let step = model.scale(words: count) * sign
    // What the scales of all judging words owe to one point of polarity.
    let point = Self.balanceLean * sign
    for i in before where words[i].counts {
      let word = words[i]
      let distance = mention.lowerBound - i
      var lean = Int32(word.weighs[0])
      if i >= clause.lowerBound { lean += Int32(word.weighs[2]) }
      if distance <= StanceTable.near { lean += near(word, Lane.nearBefore + StanceTable.nearness(distance)).lean }
      leans[i - first] += Float(lean) * step + Float(word.polarity) * point
    }
    if let frame = frame(of: mention, in: range), !mention.contains(frame.verb) {
      let weight = model.balance[Balance.frames + frame.feature(polarity: polarity(of: frame.verb))]
      leans[frame.verb - first] += (weight.favor - weight.against) * sign
    }
    let behind = wordBehind(mention, in: range)
    for i in after where words[i].counts {
      let word = words[i]
      let distance = i - mention.upperBound + 1
      var lean = Int32(word.weighs[1])
      if i < clause.upperBound { lean += Int32(word.weighs[3]) }
      if distance <= StanceTable.near { lean += near(word, Lane.nearAfter + StanceTable.nearness(distance)).lean }
      if i == behind { lean -= Int32(word.pairBehind[0]) - Int32(word.pairBehind[1]) }
      leans[i - first] += Float(lean) * step + Float(word.polarity) * point
    }
    Patterns.visitLeans(patterns, mention: mention) { token, lean in
      if range.contains(token) { leans[token - first] += Float(lean) * model.patternStep * sign }
    }
  }
}

extension SIMD2<Int32> {
  /// What is added to `favor` less what is added to `against`.
  fileprivate var lean: Int32 { self[0] - self[1] }
}
