package import HearsayText

/// What the sentences of one text show about the targets in them.
///
/// After the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021, compare some):
/// words and pairs by side, distance, negation and clause of the target. A sentence is read once, and its sums from the left are
/// kept, so that each of its targets costs only the words near it.
package struct StanceReader {
  let tokens: [Token]
  let words: StanceWords
  private let model: StanceModel
  private var readings: [Reading]
  /// The sentence whose sums are kept.
  private var summed: Range<Int> = 0..<0
  private var sums: [Sums] = []
  /// The keys of the sentence that is read.
  private var keys: [(token: Int, word: StanceTable.Key, pair: StanceTable.Key?)] = []

  /// What a token is to the features.
  private struct Reading {
    /// Whether the token is a word that says something.
    var isWord = false
    /// The first slot of the word's row; -1 where it has none.
    var word: Int32 = -1
    /// The first slot of the row of the word and the one before it; -1 where they have none.
    var pair: Int32 = -1
    var isNegated = false
    /// The word's own polarity, turned where it is negated.
    var lean: Int8 = 0
    var isRead = false
    /// What the word adds to `favor` less what it adds to `against`, in steps, once its sentence is summed: before a
    /// target, behind one, and within a clause.
    var weighs = SIMD4<Int16>()
  }

  /// The sums over a sentence's tokens before one of them. For `favor` and `against` each: of a word before the target,
  /// of a word behind it, and of the lanes that count within a clause alone.
  private struct Sums {
    var weights = SIMD8<Int32>()
    var words: Int32 = 0
    var lean: Int32 = 0
  }

  /// - Parameter model: What the words weigh; a model of none where only the features are asked for.
  package init(_ tokens: [Token], in text: Swift.Span<UInt8>, model: StanceModel = .empty) {
    self.tokens = tokens
    self.model = model
    words = StanceWords(tokens, in: text)
    readings = Array(repeating: Reading(), count: tokens.count)
  }

  // MARK: Words

  /// Finds the rows of a sentence's words. Does nothing for a sentence that was read before.
  private mutating func read(_ sentence: Range<Int>) {
    guard let first = sentence.first, !readings[first].isRead else { return }
    readings[first].isRead = true
    keys.removeAll(keepingCapacity: true)
    var negated = 0
    var before: UInt32?
    for i in sentence {
      guard tokens[i].kind == .word || tokens[i].kind == .possessive else { continue }
      let entry = words.entries[i]
      readings[i].isNegated = negated > 0
      // A capitalised word inside a sentence is a name: Great Britain.
      if entry.polarity != 0, tokens[i].shape == .lower || i == first {
        readings[i].lean = negated > 0 ? -entry.polarity : entry.polarity
      }
      negated = entry.notes.contains(.negation) ? 4 : negated - 1
      guard !entry.notes.contains(.skipped) else { continue }
      let hash = tokens[i].hash
      let word = StanceTable.word(hash)
      let pair = before.map { StanceTable.pair($0, hash) }
      model.prefetch(word)
      if let pair { model.prefetch(pair) }
      keys.append((i, word, pair))
      before = hash
    }
    // Only now, when the lines had time to come.
    for (i, word, pair) in keys {
      readings[i].isWord = true
      readings[i].word = model.row(ofWord: word)
      if let pair { readings[i].pair = model.row(ofPair: pair) }
    }
  }

  /// The words around a mention that have features, the nearest first: two before it, two behind it.
  private func neighbours(of mention: Range<Int>, in range: Range<Int>) -> (before: [2 of Int], after: [2 of Int]) {
    var before: [2 of Int] = [-1, -1]
    var after: [2 of Int] = [-1, -1]
    var found = 0
    var i = mention.lowerBound - 1
    while found < 2, i >= range.lowerBound, mention.lowerBound - i <= StanceTable.near {
      if readings[i].isWord {
        before[found] = i
        found += 1
      }
      i -= 1
    }
    found = 0
    i = mention.upperBound
    while found < 2, i < range.upperBound, i - mention.upperBound < StanceTable.near {
      if readings[i].isWord {
        after[found] = i
        found += 1
      }
      i += 1
    }
    return (before, after)
  }

  /// The keys of the patterns in which the target has a place between its neighbours, and the token each stands on.
  @inline(__always)
  private func visitPatterns(
    _ before: [2 of Int], _ after: [2 of Int], _ body: (_ key: StanceTable.Key, _ token: Int) -> Void
  ) {
    /// A word of its own in the patterns.
    let target: UInt32 = 2
    if before[0] >= 0 {
      let word = tokens[before[0]].hash
      body(StanceTable.pair(word, target), before[0])
      if before[1] >= 0 { body(StanceTable.pair(StanceTable.joined(tokens[before[1]].hash, word), target), before[0]) }
    }
    if after[0] >= 0 {
      let word = tokens[after[0]].hash
      body(StanceTable.pair(target, word), after[0])
      if after[1] >= 0 { body(StanceTable.pair(target, StanceTable.joined(word, tokens[after[1]].hash)), after[1]) }
    }
  }

  /// Calls `body` with the slot of each pattern that the table has.
  @inline(__always)
  private func visitPatternSlots(
    _ before: [2 of Int], _ after: [2 of Int], _ body: (_ slot: Int, _ token: Int) -> Void
  ) {
    visitPatterns(before, after) { key, token in
      let row = model.row(ofPair: key)
      if row >= 0 { body(Int(row) + StanceTable.PairLane.target, token) }
    }
  }

  /// The tokens of the clause that a mention stands in: to the next mark on either side.
  private func clause(of mention: Range<Int>, in range: Range<Int>) -> Range<Int> {
    var start = mention.lowerBound
    while start > range.lowerBound, tokens[start - 1].kind != .mark { start -= 1 }
    var end = mention.upperBound
    while end < range.upperBound, tokens[end].kind != .mark { end += 1 }
    return start..<end
  }

  // MARK: One target

  /// Calls `body` with the slot of each feature of a mention and the token that it stands on.
  ///
  /// - Parameters:
  ///   - sentence: The whole sentence.
  ///   - range: Its tokens that are looked at.
  ///   - mention: The target's tokens.
  package mutating func visit(
    _ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>, _ body: (_ slot: Int, _ token: Int) -> Void
  ) {
    read(sentence)
    let clause = clause(of: mention, in: range)
    let (before, after) = neighbours(of: mention, in: range)
    for i in range where readings[i].isWord && !mention.contains(i) {
      typealias Lane = StanceTable.WordLane
      let isBefore = i < mention.lowerBound
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      if readings[i].word >= 0 {
        let word = Int(readings[i].word)
        body(word + (isBefore ? Lane.before : Lane.after) + (readings[i].isNegated ? Lane.negated : 0), i)
        if distance <= StanceTable.near {
          body(word + (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.nearness(distance), i)
        }
        if clause.contains(i) { body(word + (isBefore ? Lane.clauseBefore : Lane.clauseAfter), i) }
      }
      // The pair of the first word behind the target reaches into it.
      guard readings[i].pair >= 0, i != after[0] else { continue }
      body(Int(readings[i].pair) + (isBefore ? StanceTable.PairLane.before : StanceTable.PairLane.after), i)
    }
    visitPatternSlots(before, after, body)
  }

  /// The keys of all that `visit` would find in a table that had everything, and the number of words.
  package mutating func keys(_ sentence: Range<Int>, mention: Range<Int>) -> (keys: [StanceTable.Key], words: Int) {
    read(sentence)
    let (before, after) = neighbours(of: mention, in: sentence)
    var found: [StanceTable.Key] = []
    var words = 0
    for (token, word, pair) in keys where !mention.contains(token) {
      found.append(word)
      if let pair, token != after[0] { found.append(pair) }
      words += 1
    }
    visitPatterns(before, after) { key, _ in found.append(key) }
    return (found, words)
  }

  /// What the model makes of a mention: the same features as `visit` gives, from the sentence's sums.
  ///
  /// - Returns: Also the sum of the words that judge whatever they stand beside, the mention's own left out.
  package mutating func logits(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>)
    -> (logits: StanceModel.Logits, lean: Int)
  {
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
    for i in max(range.lowerBound, mention.lowerBound - StanceTable.near)..<mention.lowerBound
    where readings[i].word >= 0 {
      let lane = StanceTable.WordLane.nearBefore + StanceTable.nearness(mention.lowerBound - i)
      total &+= model.weight(Int(readings[i].word) + lane)
    }
    for i in mention.upperBound..<min(range.upperBound, mention.upperBound + StanceTable.near)
    where readings[i].word >= 0 {
      let lane = StanceTable.WordLane.nearAfter + StanceTable.nearness(i - mention.upperBound + 1)
      total &+= model.weight(Int(readings[i].word) + lane)
    }
    let (before, after) = neighbours(of: mention, in: range)
    if after[0] >= 0, readings[after[0]].pair >= 0 {
      total &-= model.weight(Int(readings[after[0]].pair) + StanceTable.PairLane.after)
    }
    visitPatternSlots(before, after) { slot, _ in total &+= model.weight(slot) }
    let count = sums[end].words - sums[last].words + sums[first].words - sums[start].words
    let lean = sums[end].lean - sums[last].lean + sums[first].lean - sums[start].lean
    return (model.logits(total, words: Int(count)), Int(lean))
  }

  /// Adds a sentence up from the left.
  private mutating func sum(_ sentence: Range<Int>) {
    guard sentence != summed else { return }
    read(sentence)
    summed = sentence
    sums.removeAll(keepingCapacity: true)
    sums.reserveCapacity(sentence.count + 1)
    var sum = Sums()
    sums.append(sum)
    for i in sentence {
      let reading = readings[i]
      sum.lean &+= Int32(reading.lean)
      if reading.isWord {
        sum.words &+= 1
        var (before, after) = (SIMD2<Int32>(), SIMD2<Int32>())
        var (left, right) = (SIMD2<Int32>(), SIMD2<Int32>())
        if reading.word >= 0 {
          typealias Lane = StanceTable.WordLane
          let word = Int(reading.word)
          let negated = reading.isNegated ? Lane.negated : 0
          before = model.weight(word + Lane.before + negated)
          after = model.weight(word + Lane.after + negated)
          left = model.weight(word + Lane.clauseBefore)
          right = model.weight(word + Lane.clauseAfter)
        }
        if reading.pair >= 0 {
          before &+= model.weight(Int(reading.pair) + StanceTable.PairLane.before)
          after &+= model.weight(Int(reading.pair) + StanceTable.PairLane.after)
        }
        sum.weights &+= SIMD8(before[0], before[1], after[0], after[1], left[0], left[1], right[0], right[1])
        readings[i].weighs = SIMD4(
          Int16(truncatingIfNeeded: before[0] &- before[1]), Int16(truncatingIfNeeded: after[0] &- after[1]),
          Int16(truncatingIfNeeded: left[0] &- left[1]), Int16(truncatingIfNeeded: right[0] &- right[1]))
      }
      sums.append(sum)
    }
  }

  /// Adds to `leans` what each token adds to `favor` less what it adds to `against`, as `logits` summed it up.
  ///
  /// - Parameters:
  ///   - first: The token that `leans` begins with; not behind `range`.
  ///   - sign: 1, or -1 for the other way round.
  func addLeans(_ range: Range<Int>, mention: Range<Int>, sign: Float, from first: Int, to leans: inout [Float]) {
    let clause = clause(of: mention, in: range)
    let (before, after) = neighbours(of: mention, in: range)
    let step = model.step * sign
    for i in range where readings[i].isWord && !mention.contains(i) {
      typealias Lane = StanceTable.WordLane
      let isBefore = i < mention.lowerBound
      let weighs = readings[i].weighs
      var lean = Int32(isBefore ? weighs[0] : weighs[1])
      if clause.contains(i) { lean += Int32(isBefore ? weighs[2] : weighs[3]) }
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      if distance <= StanceTable.near, readings[i].word >= 0 {
        let lane = (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.nearness(distance)
        lean += model.lean(Int(readings[i].word) + lane)
      }
      if i == after[0], readings[i].pair >= 0 { lean -= model.lean(Int(readings[i].pair) + StanceTable.PairLane.after) }
      leans[i - first] += Float(lean) * step
    }
    visitPatternSlots(before, after) { slot, token in leans[token - first] += Float(model.lean(slot)) * step }
    for i in range where readings[i].lean != 0 && !mention.contains(i) {
      leans[i - first] += Float(readings[i].lean) * sign
    }
  }

  // MARK: Polarity

  /// The sum of the words in a sentence that judge whatever they stand beside.
  mutating func polarity(of sentence: Range<Int>) -> Int {
    read(sentence)
    return sentence.reduce(0) { $0 + Int(readings[$1].lean) }
  }

  /// The polarity of one word of a sentence that was read.
  func polarity(of token: Int) -> Int { Int(readings[token].lean) }
}
