import HearsayText

// The prefix sums of a sentence.
extension MentionClassifier {
  /// Computes the prefix sums of a sentence.
  mutating func sum(_ sentence: Range<Int>) {
    guard sentence != summed else { return }
    summed = sentence
    lookUp(sentence)
    polarWords.removeAll(keepingCapacity: true)
    for i in sentence where words[i].polarity != 0 && words[i].isContent { polarWords.append(i) }
    if keys.count < sentence.count {
      // No more than necessary for the first sentence: it may be the only one.
      let capacity = max(sentence.count, 2 * keys.count)
      let none = StanceTable.pair(0, 0)
      keys = Array(repeating: Keys(word: none, pair: none, token: 0), count: capacity)
      sums = Array(repeating: PrefixSums(), count: capacity + 1)
    }
    // All keys are made first, so that their cache lines are fetched in the meantime.
    let found = Self.findKeys(sentence, tokens, words, model, into: &keys)
    Self.sum(sentence, keys, found, model, &words, into: &sums)
  }

  private static func findKeys(
    _ sentence: Range<Int>, _ tokens: [Token], _ words: [Word], _ model: StanceModel, into keys: inout [Keys]
  ) -> Int {
    let tokens = tokens.span
    let words = words.span
    var keys = keys.mutableSpan
    var found = 0
    var before: UInt32 = 0
    for i in sentence where words[i].isContent {
      let hash = tokens[i].hash
      // The pair of the first word has no row.
      let key = Keys(
        word: StanceTable.word(hash), pair: StanceTable.pair(before, hash), token: Int32(truncatingIfNeeded: i))
      model.prefetch(key.word)
      model.prefetch(key.pair)
      keys[found] = key
      found += 1
      before = hash
    }
    return found
  }

  private static func sum(
    _ sentence: Range<Int>, _ keys: [Keys], _ found: Int, _ model: StanceModel, _ words: inout [Word],
    into sums: inout [PrefixSums]
  ) {
    let keys = keys.span.extracting(first: found)
    var words = words.mutableSpan
    var sums = sums.mutableSpan
    var sum = PrefixSums()
    var next = 0
    for i in sentence {
      sums[i - sentence.lowerBound] = sum
      guard next < keys.count, keys[next].token == Int32(truncatingIfNeeded: i) else { continue }
      let row = model.wordRow(keys[next].word)
      let pair = model.pair(keys[next].pair)
      next += 1
      let negated = words[i].flags.contains(.negated) ? Lane.negated : 0
      var weights = model.fourLanes(Int(row) + negated)
      weights &+= model.fourLanes(StanceTable.polarity(Int(words[i].polarity)) + negated)
      weights &+= SIMD8(truncatingIfNeeded: unsafe unsafeBitCast(UInt64(pair), to: SIMD8<Int8>.self))
      // Two lanes in one: the lower half is the weight of `favor`.
      let sides = unsafe unsafeBitCast(weights, to: SIMD4<Int32>.self)
      words[i].row = row
      words[i].pairAfter = SIMD2(Int8(truncatingIfNeeded: pair >> 16), Int8(truncatingIfNeeded: pair >> 24))
      words[i].contributions = SIMD4(truncatingIfNeeded: ((sides &<< 16) &>> 16) &- (sides &>> 16))
      sum.weights &+= SIMD8(truncatingIfNeeded: weights)
      sum.words &+= 1
    }
    sums[sentence.count] = sum
  }
}
