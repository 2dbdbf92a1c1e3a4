import HearsayText

// The features one by one: for training, and as the oracle of the tests of `logits`.
extension MentionClassifier {
  /// The keys of all words, pairs and n-grams of a mention, whether the model has rows for them or not.
  package mutating func keys(of sentence: Range<Int>, mention: Range<Int>) -> [StanceTable.Key] {
    lookUp(sentence)
    let next = wordAfter(mention, in: sentence)
    var found: [StanceTable.Key] = []
    for (token, word, pair) in wordsAndPairs(of: sentence) where !mention.contains(token) {
      found.append(word)
      if let pair, token != next { found.append(pair) }
    }
    let ngrams = ContextNgrams.keys(tokens, sentence, mention: mention)
    return found + ngrams.indices.map { ngrams[$0] }
  }

  /// Calls `body` with the slot and the value of each feature of a mention.
  ///
  /// - Parameters:
  ///   - sentence: The whole sentence.
  ///   - range: The tokens of it that are taken into account.
  ///   - mention: The target's tokens.
  package mutating func visit(
    _ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>, _ body: (_ slot: Int, _ value: Float) -> Void
  ) {
    lookUp(sentence)
    let clause = clause(of: mention, in: range)
    let next = wordAfter(mention, in: range)
    let seen = wordsAndPairs(of: sentence).filter { range.contains($0.token) && !mention.contains($0.token) }
    let one = 1 / Float(seen.count + 1).squareRoot()
    var features = PolarityFeatures()
    for (i, word, pair) in seen {
      let isBefore = i < mention.lowerBound
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      var rows = [model.row(word)].compactMap(\.self)
      if polarity(of: i) != 0 { rows.append(StanceTable.polarity(polarity(of: i))) }
      for row in rows {
        body(row + (isBefore ? Lane.before : Lane.after) + (has(.negated, i) ? Lane.negated : 0), one)
        if distance <= StanceTable.maximumDistance {
          body(row + (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.distanceBucket(distance), one)
        }
        if clause.contains(i) { body(row + (isBefore ? Lane.clauseBefore : Lane.clauseAfter), one) }
      }
      if polarity(of: i) != 0 { add(i, to: &features, range, mention: mention, clause: clause) }
      guard i != next, let row = pair.flatMap({ model.row($0) }) else { continue }
      body(row + (isBefore ? StanceTable.PairLane.before : StanceTable.PairLane.after), one)
    }
    let ngrams = ContextNgrams.keys(tokens, range, mention: mention)
    for k in ngrams.indices { if let row = model.row(ngrams[k]) { body(row, 1) } }
    features.role = predicateRole(of: mention, in: range).map { $0.feature(polarity: polarity(of: $0.verb)) }
    features.visit { body(StanceTable.polarityFeatures + $0, $1) }
  }

  /// The content words of a sentence, each with its key and that of its pair with the content word before it.
  private func wordsAndPairs(of sentence: Range<Int>) -> [(token: Int, word: StanceTable.Key, pair: StanceTable.Key?)] {
    let counted = sentence.filter { words[$0].isContent }
    return counted.indices.map { k in
      let hash = tokens[counted[k]].hash
      return (
        counted[k], StanceTable.word(hash), k == 0 ? nil : StanceTable.pair(tokens[counted[k - 1]].hash, hash)
      )
    }
  }
}
