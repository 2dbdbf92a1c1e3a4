import HearsayText

// The logits of one mention.
extension MentionClassifier {
  /// The logits of a mention: those of the features that `visit` gives, computed from the sums of the sentence.
  ///
  /// - Parameters:
  ///   - sentence: The whole sentence.
  ///   - range: The tokens of it that are taken into account.
  ///   - mention: The target's tokens.
  package mutating func logits(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>) -> StanceModel.Logits {
    classify(sentence, range, mention: mention).logits
  }

  /// The logits, and the weights of the n-grams that are part of them.
  mutating func classify(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>)
    -> (logits: StanceModel.Logits, ngrams: ContextNgrams.Weights)
  {
    // The lines of the n-grams are fetched while the sentence is summed.
    let ngramKeys = ContextNgrams.keys(tokens, range, mention: mention)
    let keys = ngramKeys.span
    for k in keys.indices { model.prefetch(keys[k]) }
    sum(sentence)
    let base = sentence.lowerBound
    let (start, end) = (range.lowerBound - base, range.upperBound - base)
    let (first, last) = (mention.lowerBound - base, mention.upperBound - base)
    let left = sums[first].weights &- sums[start].weights
    let right = sums[end].weights &- sums[last].weights
    let clause = clause(of: mention, in: range)
    let leftInClause = sums[first].weights &- sums[clause.lowerBound - base].weights
    let rightInClause = sums[clause.upperBound - base].weights &- sums[last].weights
    var total = SIMD2<Int32>(left[0], left[1]) &+ SIMD2(right[2], right[3])
    total &+= SIMD2(leftInClause[4], leftInClause[5]) &+ SIMD2(rightInClause[6], rightInClause[7])
    let words = words.span
    for i in max(range.lowerBound, mention.lowerBound - StanceTable.maximumDistance)..<mention.lowerBound {
      total &+= weights(of: words[i], in: Lane.nearBefore + StanceTable.distanceBucket(mention.lowerBound - i))
    }
    for i in mention.upperBound..<min(range.upperBound, mention.upperBound + StanceTable.maximumDistance) {
      total &+= weights(of: words[i], in: Lane.nearAfter + StanceTable.distanceBucket(i - mention.upperBound + 1))
    }
    if let next = wordAfter(mention, in: range) { total &-= SIMD2(truncatingIfNeeded: words[next].pairAfter) }
    var ngramWeights: ContextNgrams.Weights = .init(repeating: 0)
    var ngrams = SIMD2<Int32>()
    for k in keys.indices {
      ngramWeights[k] = model.ngram(keys[k])
      ngrams &+= SIMD2(
        Int32(Int8(truncatingIfNeeded: ngramWeights[k])), Int32(Int8(truncatingIfNeeded: ngramWeights[k] >> 8)))
    }
    let count = sums[end].words - sums[last].words + sums[first].words - sums[start].words
    let logits = model.logits(
      total, words: Int(count), ngrams: ngrams, polarityFeatures(range, mention: mention, clause: clause))
    return (logits, ngramWeights)
  }

  /// The weights of a word and of its polarity in a lane of distance.
  @inline(__always)
  func weights(of word: Word, in lane: Int) -> SIMD2<Int32> {
    guard word.row >= 0 else { return SIMD2() }
    return model.weight(Int(word.row) + lane) &+ model.weight(StanceTable.polarity(Int(word.polarity)) + lane)
  }

  /// The features of the polar words of a sentence toward a mention.
  private func polarityFeatures(_ range: Range<Int>, mention: Range<Int>, clause: Range<Int>) -> PolarityFeatures {
    var features = PolarityFeatures()
    for i in polarWords { add(i, to: &features, range, mention: mention, clause: clause) }
    features.role = predicateRole(of: mention, in: range).map { $0.feature(polarity: polarity(of: $0.verb)) }
    return features
  }

  /// Adds a polar word to the features of a mention, if it is in the range.
  @inline(__always)
  func add(
    _ token: Int, to features: inout PolarityFeatures, _ range: Range<Int>, mention: Range<Int>, clause: Range<Int>
  ) {
    guard range.contains(token), !mention.contains(token) else { return }
    let isBefore = token < mention.lowerBound
    features.add(
      Int(words[token].polarity), isBefore: isBefore, isInClause: clause.contains(token),
      distance: isBefore ? mention.lowerBound - token : token - mention.upperBound + 1)
  }
}
