package import HearsayText

/// What the sentences of one text show about the targets in them.
///
/// After the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021, compare some):
/// words and pairs by side, distance, negation and clause of the target, the same for all words of one polarity, and the
/// tokens right beside it. A sentence is read once, and its sums from the left are kept, so that each of its targets costs
/// only the words near it.
package struct StanceReader {
  let tokens: [Token]
  let words: StanceWords
  private let model: StanceModel
  private var readings: [Reading]
  /// The sentence whose sums are kept.
  private var summed: Range<Int> = 0..<0
  private var sums: [Sums] = []
  /// Its words that judge.
  private var judging: [Int] = []
  /// The keys of the sentence that was read last.
  private var keys: [(token: Int, word: StanceTable.Key, pair: StanceTable.Key?)] = []

  private typealias Lane = StanceTable.WordLane

  /// How many words a negation reaches over, up to the next mark.
  private static let scope = 4

  /// What a token is to the features.
  private struct Reading {
    /// Whether the token is a word that says something.
    var isWord = false
    var isNegated = false
    /// The word's own polarity, turned where it is negated.
    var polarity: Int8 = 0
    var isRead = false
    /// The first slot of the word's row; -1 where it has none.
    var word: Int32 = -1
    /// The first slot of the row of the word and the one before it; -1 where they have none.
    var pair: Int32 = -1
    /// What the word adds to `favor` less what it adds to `against`, in steps, once its sentence is summed: before a
    /// target, behind one, and within a clause.
    var weighs = SIMD4<Int16>()
  }

  /// The sums over a sentence's tokens before one of them. For `favor` and `against` each: of a word before the target,
  /// of a word behind it, and of the lanes that count within a clause alone.
  private struct Sums {
    var weights = SIMD8<Int32>()
    var words: Int32 = 0
  }

  /// - Parameter model: What the words weigh; a model of none where only the keys are asked for.
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
    let start = sentence.first { tokens[$0].kind == .word } ?? first
    let isTitle = isTitle(sentence)
    var negated = 0
    var failing = 0
    var before: UInt32?
    for i in sentence {
      guard tokens[i].kind == .word || tokens[i].kind == .possessive else {
        if tokens[i].mark != .none { (negated, failing) = (0, 0) }
        continue
      }
      let entry = words.entries[i]
      readings[i].isNegated = negated > 0
      // A capitalised word inside a sentence is a name: Great Britain.
      if entry.polarity != 0, !tokens[i].isCapitalised || i == start || isTitle {
        let isTurned = negated > 0 || failing > 0 && entry.polarity > 0
        readings[i].polarity = isTurned ? -entry.polarity : entry.polarity
      }
      negated = entry.notes.contains(.negation) ? Self.scope : negated - 1
      failing = entry.notes.contains(.failing) ? Self.scope : failing - 1
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
      readings[i].word = model.row(word, StanceTable.words)
      if let pair { readings[i].pair = model.row(pair, StanceTable.pairs) }
    }
  }

  /// Whether most longer words are capitalised, as in a headline: there a capital makes no name.
  private func isTitle(_ sentence: Range<Int>) -> Bool {
    var long = 0
    var capitalised = 0
    for i in sentence where tokens[i].kind == .word && tokens[i].count > 3 {
      long += 1
      if tokens[i].isCapitalised { capitalised += 1 }
    }
    return capitalised * 10 > max(long, 1) * 7
  }

  /// The tokens of the clause that a mention stands in: to the next mark on either side.
  private func clause(of mention: Range<Int>, in range: Range<Int>) -> Range<Int> {
    var start = mention.lowerBound
    while start > range.lowerBound, tokens[start - 1].kind != .mark { start -= 1 }
    var end = mention.upperBound
    while end < range.upperBound, tokens[end].kind != .mark { end += 1 }
    return start..<end
  }

  /// The first word behind a mention: its pair reaches into the mention.
  private func wordBehind(_ mention: Range<Int>, in range: Range<Int>) -> Int? {
    (mention.upperBound..<max(range.upperBound, mention.upperBound)).first { readings[$0].isWord }
  }

  /// The words of the sentence that judge, on the scales of a mention.
  private func balance(_ range: Range<Int>, mention: Range<Int>, clause: Range<Int>) -> Balance {
    var balance = Balance()
    for i in judging where range.contains(i) && !mention.contains(i) {
      let isBefore = i < mention.lowerBound
      balance.add(
        Int(readings[i].polarity), isBefore: isBefore, isInClause: clause.contains(i),
        distance: isBefore ? mention.lowerBound - i : i - mention.upperBound + 1)
    }
    return balance
  }

  // MARK: Learning

  /// The keys of all that `visit` would find in a table that had everything.
  package mutating func keys(of sentence: Range<Int>, mention: Range<Int>) -> [StanceTable.Key] {
    read(sentence)
    let behind = wordBehind(mention, in: sentence)
    var found: [StanceTable.Key] = []
    for (token, word, pair) in keys where !mention.contains(token) {
      found.append(word)
      if let pair, token != behind { found.append(pair) }
    }
    Patterns.visit(tokens, sentence, mention: mention) { key, _ in found.append(key) }
    return found
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
    sum(sentence)
    let clause = clause(of: mention, in: range)
    let behind = wordBehind(mention, in: range)
    let many = range.filter { readings[$0].isWord && !mention.contains($0) }
    let one = 1 / Float(many.count + 1).squareRoot()
    for i in many {
      let isBefore = i < mention.lowerBound
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      for row in rows(of: i) {
        body(row + (isBefore ? Lane.before : Lane.after) + (readings[i].isNegated ? Lane.negated : 0), one)
        if distance <= StanceTable.near {
          body(row + (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.nearness(distance), one)
        }
        if clause.contains(i) { body(row + (isBefore ? Lane.clauseBefore : Lane.clauseAfter), one) }
      }
      guard readings[i].pair >= 0, i != behind else { continue }
      body(Int(readings[i].pair) + (isBefore ? StanceTable.PairLane.before : StanceTable.PairLane.after), one)
    }
    Patterns.visit(tokens, range, mention: mention) { key, _ in
      let row = model.row(key, StanceTable.patterns)
      if row >= 0 { body(Int(row), 1) }
    }
    balance(range, mention: mention, clause: clause).visit { body(StanceTable.balance + $0, $1) }
  }

  /// The first slots of a word's rows: its own, and that of its polarity.
  @inline(__always)
  private func rows(of token: Int) -> [Int] {
    var rows: [Int] = []
    if readings[token].word >= 0 { rows.append(Int(readings[token].word)) }
    if readings[token].polarity != 0 { rows.append(StanceTable.polarity(Int(readings[token].polarity))) }
    return rows
  }

  // MARK: One target

  /// What the model makes of a mention: the same features as `visit` gives, from the sentence's sums.
  package mutating func logits(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>) -> StanceModel.Logits {
    sum(sentence)
    var patternKeys: [11 of StanceTable.Key] = .init(repeating: StanceTable.Key(line: 0, check: 0))
    var next = 0
    Patterns.visit(tokens, range, mention: mention) { key, _ in
      model.prefetch(key)
      patternKeys[next] = key
      next += 1
    }
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
    for i in max(range.lowerBound, mention.lowerBound - StanceTable.near)..<mention.lowerBound {
      total &+= near(i, Lane.nearBefore + StanceTable.nearness(mention.lowerBound - i))
    }
    for i in mention.upperBound..<min(range.upperBound, mention.upperBound + StanceTable.near) {
      total &+= near(i, Lane.nearAfter + StanceTable.nearness(i - mention.upperBound + 1))
    }
    if let behind = wordBehind(mention, in: range), readings[behind].pair >= 0 {
      total &-= model.weight(Int(readings[behind].pair) + StanceTable.PairLane.after)
    }
    var patterns = SIMD2<Int32>()
    for k in patternKeys.indices {
      let row = model.row(patternKeys[k], StanceTable.patterns)
      if row >= 0 { patterns &+= model.weight(Int(row)) }
    }
    let count = sums[end].words - sums[last].words + sums[first].words - sums[start].words
    return model.logits(
      total, words: Int(count), patterns: patterns, balance(range, mention: mention, clause: clause))
  }

  /// What a word's rows have in a lane of nearness.
  @inline(__always)
  private func near(_ token: Int, _ lane: Int) -> SIMD2<Int32> {
    var weight = SIMD2<Int32>()
    if readings[token].word >= 0 { weight = model.weight(Int(readings[token].word) + lane) }
    if readings[token].isWord, readings[token].polarity != 0 {
      weight &+= model.weight(StanceTable.polarity(Int(readings[token].polarity)) + lane)
    }
    return weight
  }

  /// Adds a sentence up from the left.
  private mutating func sum(_ sentence: Range<Int>) {
    guard sentence != summed else { return }
    read(sentence)
    summed = sentence
    judging.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    sums.reserveCapacity(sentence.count + 1)
    var sum = Sums()
    sums.append(sum)
    for i in sentence {
      if readings[i].isWord {
        sum.words &+= 1
        var weights = SIMD8<Int32>()
        if readings[i].word >= 0 { weights = lanes(Int(readings[i].word), isNegated: readings[i].isNegated) }
        if readings[i].polarity != 0 {
          judging.append(i)
          weights &+= lanes(StanceTable.polarity(Int(readings[i].polarity)), isNegated: readings[i].isNegated)
        }
        if readings[i].pair >= 0 {
          let before = model.weight(Int(readings[i].pair) + StanceTable.PairLane.before)
          let after = model.weight(Int(readings[i].pair) + StanceTable.PairLane.after)
          weights &+= SIMD8(before[0], before[1], after[0], after[1], 0, 0, 0, 0)
        }
        sum.weights &+= weights
        readings[i].weighs = SIMD4(truncatingIfNeeded: weights.evenHalf &- weights.oddHalf)
      }
      sums.append(sum)
    }
  }

  /// What a row of a word or a class adds before a target, behind one, and within a clause.
  @inline(__always)
  private func lanes(_ row: Int, isNegated: Bool) -> SIMD8<Int32> {
    let negated = isNegated ? Lane.negated : 0
    let before = model.weight(row + Lane.before + negated)
    let after = model.weight(row + Lane.after + negated)
    let left = model.weight(row + Lane.clauseBefore)
    let right = model.weight(row + Lane.clauseAfter)
    return SIMD8(before[0], before[1], after[0], after[1], left[0], left[1], right[0], right[1])
  }

  // MARK: Evidence

  /// Adds to `leans` what each token adds to `favor` less what it adds to `against`, as `logits` summed it up, the patterns
  /// with the token that they are read from.
  ///
  /// - Parameters:
  ///   - sign: 1, or -1 for the other way round.
  ///   - first: The token that `leans` begins with; not behind `range`.
  func addLeans(_ range: Range<Int>, mention: Range<Int>, sign: Float, from first: Int, to leans: inout [Float]) {
    let clause = clause(of: mention, in: range)
    let behind = wordBehind(mention, in: range)
    var words = 0
    for i in range where readings[i].isWord && !mention.contains(i) { words += 1 }
    let step = model.scale(words: words) * sign
    for i in range where readings[i].isWord && !mention.contains(i) {
      let isBefore = i < mention.lowerBound
      let weighs = readings[i].weighs
      var lean = Int32(isBefore ? weighs[0] : weighs[1])
      if clause.contains(i) { lean += Int32(isBefore ? weighs[2] : weighs[3]) }
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      if distance <= StanceTable.near {
        let near = near(i, (isBefore ? Lane.nearBefore : Lane.nearAfter) + StanceTable.nearness(distance))
        lean += near[0] - near[1]
      }
      if i == behind, readings[i].pair >= 0 { lean -= model.lean(Int(readings[i].pair) + StanceTable.PairLane.after) }
      leans[i - first] += Float(lean) * step
      // What the scales of all judging words owe to this one.
      if readings[i].polarity != 0 { leans[i - first] += Float(readings[i].polarity) * Self.balanceLean * sign }
    }
    Patterns.visit(tokens, range, mention: mention) { key, token in
      let row = model.row(key, StanceTable.patterns)
      guard row >= 0, range.contains(token) else { return }
      leans[token - first] += Float(model.lean(Int(row))) * model.patternStep * sign
    }
  }

  /// About what one point of polarity adds through `Balance`.
  private static let balanceLean: Float = 0.1

  // MARK: Polarity

  /// The sum of the words in a sentence that judge whatever they stand beside.
  mutating func polarity(of sentence: Range<Int>) -> Int {
    read(sentence)
    return sentence.reduce(0) { $0 + Int(readings[$1].polarity) }
  }

  /// The polarity of one word of a sentence that was read.
  func polarity(of token: Int) -> Int { Int(readings[token].polarity) }
}
