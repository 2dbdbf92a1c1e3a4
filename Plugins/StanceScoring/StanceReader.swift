package import HearsayText

/// What the sentences of one text show about the targets in them.
///
/// After the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021, compare some):
/// words and pairs by side, distance, negation and clause of the target, the same for all words of one polarity, and the
/// tokens right beside it. A sentence is read once, and its sums from the left are kept, so that each of its targets costs
/// only the words near it. A sentence without a target is not read at all.
package struct StanceReader {
  let tokens: [Token]
  let model: StanceModel
  private let lists = StanceWords.shipped
  /// For each token of the text.
  private(set) var words: [Word]

  /// The sentence whose sums are kept.
  private var summed: Range<Int> = 0..<0
  /// The sums over its tokens before each of them, and before its end.
  private var sums: [Sums] = []
  /// Its words that judge.
  private var judging: [Int] = []
  /// What its words are looked up by.
  private var keys: [Keys] = []

  /// How many words a negation reaches over, up to the next mark.
  private static let scope = 4
  /// How many words ahead the lists are asked to be at hand.
  private static let ahead = 6

  /// What a token is to the features.
  struct Word {
    /// The first slot of the word's row, or of the row of zeros; -1 before the sentence is looked up.
    var row: Int32 = -1
    /// The word's own polarity, turned where it is negated.
    var polarity: Int8 = 0
    var notes: StanceWords.Notes = []
    /// What the word and the one before it add behind a target.
    var pairBehind = SIMD2<Int8>()
    /// What the word adds to `favor` less what it adds to `against`, in steps, once its sentence is summed: before a
    /// target, behind one, and within a clause before and behind.
    var weighs = SIMD4<Int16>()

    /// Whether it says something.
    var counts: Bool { notes.contains(.counts) }
  }

  private struct Sums {
    /// Of the first four lanes, `favor` and `against` of each.
    var weights = SIMD8<Int32>()
    /// How many words say something.
    var words: Int32 = 0
  }

  private struct Keys {
    var word: StanceTable.Key
    var pair: StanceTable.Key
    var token: Int32
  }

  typealias Lane = StanceTable.WordLane

  /// - Parameter model: What the words weigh; a model of none where only the keys are asked for.
  package init(_ tokens: [Token], model: StanceModel = .empty) {
    self.tokens = tokens
    self.model = model
    words = Array(repeating: Word(), count: tokens.count)
  }

  // MARK: Words

  /// Looks a sentence's words up in the lists. Does nothing for a sentence that was looked up before.
  mutating func lookUp(_ sentence: Range<Int>) {
    guard let last = sentence.last, words[last].row < 0 else { return }
    let (all, lists) = (tokens, lists)
    let tokens = all.span
    var words = words.mutableSpan
    var start = -1
    var isTitle: Bool?
    var negated = 0
    var failing = 0
    for i in sentence {
      // The lists are too long to be at hand: what is asked for soon is fetched by then.
      if i + Self.ahead < sentence.upperBound { lists.prefetch(tokens[i + Self.ahead]) }
      let token = tokens[i]
      var word = Word(row: Int32(truncatingIfNeeded: StanceTable.polarity(0)))
      defer { words[i] = word }
      guard token.kind == .word else {
        if token.kind == .possessive {
          (negated, failing) = (negated - 1, failing - 1)
        } else if token.mark != .none {
          (negated, failing) = (0, 0)
        }
        continue
      }
      if start < 0 { start = i }
      let entry = lists.entry(of: token)
      word.notes = entry.notes
      if !entry.notes.contains(.skipped) { word.notes.insert(.counts) }
      if negated > 0 { word.notes.insert(.negated) }
      if entry.polarity != 0 {
        word.polarity = negated > 0 || failing > 0 && entry.polarity > 0 ? -entry.polarity : entry.polarity
        // A capitalised word inside a sentence is a name: Great Britain.
        if token.isCapitalised, i != start {
          let title = isTitle ?? Self.isTitle(all, sentence)
          isTitle = title
          if !title { word.polarity = 0 }
        }
      }
      negated = entry.notes.contains(.negation) ? Self.scope : negated - 1
      failing = entry.notes.contains(.failing) ? Self.scope : failing - 1
    }
  }

  /// Whether most longer words are capitalised, as in a headline: there a capital makes no name.
  private static func isTitle(_ tokens: [Token], _ sentence: Range<Int>) -> Bool {
    var long = 0
    var capitalised = 0
    for i in sentence where tokens[i].kind == .word && tokens[i].count > 3 {
      long += 1
      if tokens[i].isCapitalised { capitalised += 1 }
    }
    return capitalised * 10 > max(long, 1) * 7
  }

  /// Whether the lists say something of a token, be its sentence looked up or not.
  func has(_ note: StanceWords.Notes, _ token: Int) -> Bool {
    let isKnown = words[token].row >= 0 || tokens[token].kind != .word
    return (isKnown ? words[token].notes : lists.entry(of: tokens[token]).notes).contains(note)
  }

  /// The polarity of one word of a sentence that was looked up.
  func polarity(of token: Int) -> Int { Int(words[token].polarity) }

  /// The sum of the words in a sentence that judge whatever they stand beside.
  mutating func polarity(of sentence: Range<Int>) -> Int {
    lookUp(sentence)
    return sentence.reduce(0) { $0 + Int(words[$1].polarity) }
  }

  // MARK: Sums

  /// Adds a sentence up from the left.
  private mutating func sum(_ sentence: Range<Int>) {
    guard sentence != summed else { return }
    summed = sentence
    lookUp(sentence)
    judging.removeAll(keepingCapacity: true)
    for i in sentence where words[i].polarity != 0 && words[i].counts { judging.append(i) }
    if keys.count < sentence.count {
      // A text of one sentence has no use for more.
      let room = max(sentence.count, 2 * keys.count)
      let none = StanceTable.pair(0, 0)
      keys = Array(repeating: Keys(word: none, pair: none, token: 0), count: room)
      sums = Array(repeating: Sums(), count: room + 1)
    }
    // All keys first, so that their lines in the table are on the way while the others are made.
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
    for i in sentence where words[i].counts {
      let hash = tokens[i].hash
      // The first word has a pair with nothing, which has no row.
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
    into sums: inout [Sums]
  ) {
    let keys = keys.span.extracting(first: found)
    var words = words.mutableSpan
    var sums = sums.mutableSpan
    var sum = Sums()
    var next = 0
    for i in sentence {
      sums[i - sentence.lowerBound] = sum
      guard next < keys.count, keys[next].token == Int32(truncatingIfNeeded: i) else { continue }
      let row = model.wordRow(keys[next].word)
      let pair = model.pair(keys[next].pair)
      next += 1
      let negated = words[i].notes.contains(.negated) ? Lane.negated : 0
      var weights = model.fourLanes(Int(row) + negated)
      weights &+= model.fourLanes(StanceTable.polarity(Int(words[i].polarity)) + negated)
      weights &+= SIMD8(truncatingIfNeeded: unsafe unsafeBitCast(UInt64(pair), to: SIMD8<Int8>.self))
      // Two lanes in one: the lower half is what `favor` has.
      let sides = unsafe unsafeBitCast(weights, to: SIMD4<Int32>.self)
      words[i].row = row
      words[i].pairBehind = SIMD2(Int8(truncatingIfNeeded: pair >> 16), Int8(truncatingIfNeeded: pair >> 24))
      words[i].weighs = SIMD4(truncatingIfNeeded: ((sides &<< 16) &>> 16) &- (sides &>> 16))
      sum.weights &+= SIMD8(truncatingIfNeeded: weights)
      sum.words &+= 1
    }
    sums[sentence.count] = sum
  }

  // MARK: One target

  /// What the model makes of a mention: the same features as `visit` gives, from the sentence's sums.
  ///
  /// - Parameters:
  ///   - sentence: The whole sentence.
  ///   - range: Its tokens that are looked at.
  ///   - mention: The target's tokens.
  package mutating func logits(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>) -> StanceModel.Logits {
    judge(sentence, range, mention: mention).logits
  }

  /// The same, and what the patterns around the mention add to it.
  mutating func judge(_ sentence: Range<Int>, _ range: Range<Int>, mention: Range<Int>)
    -> (logits: StanceModel.Logits, patterns: Patterns.Weights)
  {
    // The patterns' lines come while the sentence is summed.
    let patternKeys = Patterns.keys(tokens, range, mention: mention)
    let keys = patternKeys.span
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
    for i in max(range.lowerBound, mention.lowerBound - StanceTable.near)..<mention.lowerBound {
      total &+= near(words[i], Lane.nearBefore + StanceTable.nearness(mention.lowerBound - i))
    }
    for i in mention.upperBound..<min(range.upperBound, mention.upperBound + StanceTable.near) {
      total &+= near(words[i], Lane.nearAfter + StanceTable.nearness(i - mention.upperBound + 1))
    }
    if let behind = wordBehind(mention, in: range) { total &-= SIMD2(truncatingIfNeeded: words[behind].pairBehind) }
    var weights: Patterns.Weights = .init(repeating: 0)
    var patterns = SIMD2<Int32>()
    for k in keys.indices {
      weights[k] = model.pattern(keys[k])
      patterns &+= SIMD2(Int32(Int8(truncatingIfNeeded: weights[k])), Int32(Int8(truncatingIfNeeded: weights[k] >> 8)))
    }
    let count = sums[end].words - sums[last].words + sums[first].words - sums[start].words
    let logits = model.logits(
      total, words: Int(count), patterns: patterns, balance(range, mention: mention, clause: clause))
    return (logits, weights)
  }

  /// What a word's rows have in a lane of nearness.
  @inline(__always)
  func near(_ word: Word, _ lane: Int) -> SIMD2<Int32> {
    guard word.row >= 0 else { return SIMD2() }
    return model.weight(Int(word.row) + lane) &+ model.weight(StanceTable.polarity(Int(word.polarity)) + lane)
  }

  /// The tokens of the clause that a mention stands in: to the next mark on either side.
  func clause(of mention: Range<Int>, in range: Range<Int>) -> Range<Int> {
    var start = mention.lowerBound
    while start > range.lowerBound, tokens[start - 1].kind != .mark { start -= 1 }
    var end = mention.upperBound
    while end < range.upperBound, tokens[end].kind != .mark { end += 1 }
    return start..<end
  }

  /// The first word behind a mention: its pair reaches into the mention.
  func wordBehind(_ mention: Range<Int>, in range: Range<Int>) -> Int? {
    (mention.upperBound..<max(range.upperBound, mention.upperBound)).first { words[$0].counts }
  }

  /// The words of the sentence that judge, on the scales of a mention.
  private func balance(_ range: Range<Int>, mention: Range<Int>, clause: Range<Int>) -> Balance {
    var balance = Balance()
    for i in judging { add(i, to: &balance, range, mention: mention, clause: clause) }
    balance.frame = frame(of: mention, in: range).map { $0.feature(polarity: polarity(of: $0.verb)) }
    return balance
  }

  /// Puts a word that judges on the scales of a mention, if it stands in the range.
  @inline(__always)
  func add(_ token: Int, to balance: inout Balance, _ range: Range<Int>, mention: Range<Int>, clause: Range<Int>) {
    guard range.contains(token), !mention.contains(token) else { return }
    let isBefore = token < mention.lowerBound
    balance.add(
      Int(words[token].polarity), isBefore: isBefore, isInClause: clause.contains(token),
      distance: isBefore ? mention.lowerBound - token : token - mention.upperBound + 1)
  }
}
