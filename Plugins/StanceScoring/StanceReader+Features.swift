import HearsayText

// The features one by one: what the model is learned from, and what `logits` is tested against.
extension StanceReader {
  /// The keys of all that `visit` would find in a table that had everything.
  package mutating func keys(of sentence: Range<Int>, mention: Range<Int>) -> [StanceTable.Key] {
    lookUp(sentence)
    let behind = wordBehind(mention, in: sentence)
    var found: [StanceTable.Key] = []
    for (token, word, pair) in wordsAndPairs(of: sentence) where !mention.contains(token) {
      found.append(word)
      if let pair, token != behind { found.append(pair) }
    }
    let patterns = Patterns.keys(tokens, sentence, mention: mention)
    return found + patterns.indices.map { patterns[$0] }
  }

  /// Calls `body` with the slot and the value of each feature of a mention.
  ///
  /// - Parameters:
  ///   - sentence: The whole sentence.
  ///   - range: Its tokens that are looked at.
  ///   - mention: The target's tokens.
  package mutating func visit(
    _ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>, _ body: (_ slot: Int, _ value: Float) -> Void
  ) {
    lookUp(sentence)
    let clause = clause(of: mention, in: range)
    let behind = wordBehind(mention, in: range)
    let seen = wordsAndPairs(of: sentence).filter { range.contains($0.token) && !mention.contains($0.token) }
    let one = 1 / Float(seen.count + 1).squareRoot()
    var balance = Balance()
    for (i, word, pair) in seen {
      let isBefore = i < mention.lowerBound
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      var rows = [model.row(word)].compactMap(\.self)
      if polarity(of: i) != 0 { rows.append(StanceTable.polarity(polarity(of: i))) }
      for row in rows {
        body(row + (isBefore ? Lane.before : Lane.after) + (has(.negated, i) ? Lane.negated : 0), one)
        if distance <= StanceTable.near {
          body(row + (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.nearness(distance), one)
        }
        if clause.contains(i) { body(row + (isBefore ? Lane.clauseBefore : Lane.clauseAfter), one) }
      }
      if polarity(of: i) != 0 { add(i, to: &balance, range, mention: mention, clause: clause) }
      guard i != behind, let row = pair.flatMap({ model.row($0) }) else { continue }
      body(row + (isBefore ? StanceTable.PairLane.before : StanceTable.PairLane.after), one)
    }
    let patterns = Patterns.keys(tokens, range, mention: mention)
    for k in patterns.indices { if let row = model.row(patterns[k]) { body(row, 1) } }
    balance.frame = frame(of: mention, in: range).map { $0.feature(polarity: polarity(of: $0.verb)) }
    balance.visit { body(StanceTable.balance + $0, $1) }
  }

  /// The words of a sentence that say something, each with its key and that of its pair with the one before it.
  private func wordsAndPairs(of sentence: Range<Int>) -> [(token: Int, word: StanceTable.Key, pair: StanceTable.Key?)] {
    let counted = sentence.filter { words[$0].counts }
    return counted.indices.map { k in
      let hash = tokens[counted[k]].hash
      return (
        counted[k], StanceTable.word(hash), k == 0 ? nil : StanceTable.pair(tokens[counted[k - 1]].hash, hash)
      )
    }
  }
}
