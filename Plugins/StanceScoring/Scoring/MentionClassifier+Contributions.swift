// The contribution of each word to the logits of a mention.
extension MentionClassifier {
  /// Approximates what one point of polarity adds through `PolarityFeatures`.
  private static let polarityContribution: Float = 0.1

  /// Adds to `contributions` what each token added in `classify` to `favor` less what it added to `against`. An n-gram
  /// counts for the token that `ContextNgrams` attributes it to.
  ///
  /// - Parameters:
  ///   - sign: 1, or -1 for the inverse.
  ///   - first: The token of `contributions[0]`; not after the start of `range`.
  func addContributions(
    _ range: Range<Int>, mention: Range<Int>, _ ngrams: ContextNgrams.Weights, sign: Float, from first: Int,
    to contributions: inout [Float]
  ) {
    let clause = clause(of: mention, in: range)
    let words = words.span
    var contributions = contributions.mutableSpan
    let (before, after) = (range.lowerBound..<mention.lowerBound, mention.upperBound..<range.upperBound)
    var count = 0
    for i in before where words[i].isContent { count += 1 }
    for i in after where words[i].isContent { count += 1 }
    let step = model.scale(words: count) * sign
    let point = Self.polarityContribution * sign
    for i in before where words[i].isContent {
      let word = words[i]
      let distance = mention.lowerBound - i
      var sum = Int32(word.contributions[0])
      if i >= clause.lowerBound { sum += Int32(word.contributions[2]) }
      if distance <= StanceTable.maximumDistance {
        sum += weights(of: word, in: Lane.nearBefore + StanceTable.distanceBucket(distance)).difference
      }
      contributions[i - first] += Float(sum) * step + Float(word.polarity) * point
    }
    if let role = predicateRole(of: mention, in: range), !mention.contains(role.verb) {
      let feature = PolarityFeatures.roles + role.feature(polarity: polarity(of: role.verb))
      let weight = model.polarityFeatures[feature]
      contributions[role.verb - first] += (weight.favor - weight.against) * sign
    }
    let next = wordAfter(mention, in: range)
    for i in after where words[i].isContent {
      let word = words[i]
      let distance = i - mention.upperBound + 1
      var sum = Int32(word.contributions[1])
      if i < clause.upperBound { sum += Int32(word.contributions[3]) }
      if distance <= StanceTable.maximumDistance {
        sum += weights(of: word, in: Lane.nearAfter + StanceTable.distanceBucket(distance)).difference
      }
      if i == next { sum -= Int32(word.pairAfter[0]) - Int32(word.pairAfter[1]) }
      contributions[i - first] += Float(sum) * step + Float(word.polarity) * point
    }
    ContextNgrams.visitContributions(ngrams, mention: mention) { token, contribution in
      if range.contains(token) { contributions[token - first] += Float(contribution) * model.ngramStep * sign }
    }
  }
}

extension SIMD2<Int32> {
  /// The weight of `favor` less that of `against`.
  fileprivate var difference: Int32 { self[0] - self[1] }
}
