import Hearsay
import HearsayText

/// Judges the mentions of one document.
struct Judge {
  private let document: Document
  private let tokens: [Token]
  private let model: StanceModel
  private let options: ScoreStance.Options
  private let sentences: [Span]
  /// The token range of each sentence.
  private let ranges: [Range<Int>]
  private let quotes: [Quote]
  /// For each sentence the quotes whose speaker is mentioned in it.
  private let speakersIn: [Int: [Int]]
  private let words: WordValues

  private static let pointers = Lexicon(wordsIn: PackageResources.pointers_txt)
  private static let verdicts = Lexicon(wordsIn: PackageResources.judging_verbs_txt)
  /// Far more targets than a sentence names; what is behind them is not judged.
  private static let mostTargetsPerSentence = 50
  /// A longer sentence is read this many tokens to either side of the mention.
  private static let widest = 120
  private static let mostEvidence = 4
  private static let mostReadings = 8
  private static let mostSpeakersPerSentence = 8
  private static let common = Lexicon(wordsIn: PackageResources.not_targets_txt)
  /// What a point of polarity adds to a logit.
  private static let polarityWeight: Float = 0.25

  init(
    document: Document, tokens: [Token], model: StanceModel, options: ScoreStance.Options, in text: Swift.Span<UInt8>
  ) {
    words = WordValues(tokens, in: text)
    self.document = document
    self.tokens = tokens
    self.model = model
    self.options = options
    let spans = document.has(Sentences.self) ? document[Sentences.self] : [Span(0, document.utf8.count)]
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(spans.count)
    var i = 0
    for span in spans {
      while i < tokens.count, tokens[i].start < span.start { i += 1 }
      let start = i
      while i < tokens.count, tokens[i].start < span.end { i += 1 }
      ranges.append(start..<i)
    }
    sentences = spans
    self.ranges = ranges
    let quotes = document[Quotes.self].filter { $0.kind != .scare }
    self.quotes = quotes
    speakersIn = Dictionary(
      grouping: quotes.indices.filter { quotes[$0].speaker?.spans.isEmpty == false },
      by: { index in
        let start = quotes[index].speaker?.spans.hull?.start ?? 0
        return spans.partitioningIndex { $0.end > start }
      })
  }

  /// Which case a mention belongs to.
  private struct CaseKey: Hashable {
    var quote: Int?
    var sentence: Int
    var target: Int
  }

  /// What one holder says of one target in one quote or sentence.
  private struct Case {
    var target: Int
    var spans: Span
    var holder: String?
    var quote: Int?
    var sentence: Int
    var favor: Float = 0
    var against: Float = 0
    var count: Float = 0
    /// What was read: a stretch of tokens, the mention in it, and the sentences that it points back at.
    var readings: [(range: Range<Int>, mention: Range<Int>, earlier: Range<Int>)] = []
  }

  mutating func stances(toward targets: TargetMentions, in text: Swift.Span<UInt8>) -> [Stance] {
    var cases: [Case] = []
    var openCases: [CaseKey: Int] = [:]
    var sentence = 0
    var inSentence = 0
    var quoteIndex = QuoteIndex(quotes)
    for mention in targets.mentions {
      let start = tokens[mention.tokens.lowerBound].start
      while sentence < ranges.count, ranges[sentence].upperBound <= mention.tokens.lowerBound {
        sentence += 1
        inSentence = 0
      }
      guard sentence < ranges.count, ranges[sentence].contains(mention.tokens.lowerBound) else { continue }
      inSentence += 1
      guard inSentence <= Self.mostTargetsPerSentence else { continue }
      let quote = quoteIndex.quote(at: start).map { quotes[$0] }
      guard quote != nil || options.articleVoice else { continue }
      let span = Span(start, tokens[mention.tokens.upperBound - 1].end)
      // A speaker's own mention beside the quote is no target of the sentence.
      if quote == nil, quoteIndex.isSpeaker(span) { continue }
      let voice = quote.map { holder(of: $0) } ?? judging(before: mention.tokens, in: sentence, text)
      let key = CaseKey(quote: quote?.id, sentence: quote == nil ? sentence : 0, target: mention.target)
      if openCases[key] == nil {
        openCases[key] = cases.count
        cases.append(
          Case(target: mention.target, spans: span, holder: voice, quote: quote?.id, sentence: sentence))
      }
      guard let index = openCases[key] else { continue }
      add(mention.tokens, sentence, quote, to: &cases[index], text)
    }
    return cases.compactMap { finish($0, name: targets.names[$0.target], in: text) }
  }

  /// The judgement of a mention that came with the document.
  mutating func stance(toward name: String, at span: Span, spans: SpanList, in text: Swift.Span<UInt8>) -> Stance {
    let first = tokens.partitioningIndex { $0.end > span.start }
    let last = tokens.partitioningIndex { $0.start >= span.end }
    let sentence = min(ranges.partitioningIndex { $0.upperBound > first }, max(ranges.count - 1, 0))
    var one = Case(target: 0, spans: span, sentence: sentence)
    let quote = quotes.first { quote in quote.spans.contains { $0.contains(span) } }
    one.holder = quote.flatMap { holder(of: $0) }
    one.quote = quote?.id
    if first < last { add(first..<last, sentence, nil, to: &one, text) }
    var stance =
      finish(one, name: name, always: true, in: text) ?? Stance(target: name, spans: spans, label: .neutral, score: 0)
    stance.spans = spans
    stance.sentence = document.has(Sentences.self) ? sentence : nil
    return stance
  }

  // MARK: Adding up

  private mutating func add(
    _ mention: Range<Int>, _ sentence: Int, _ quote: Quote?, to one: inout Case, _ text: Swift.Span<UInt8>
  ) {
    guard ranges.indices.contains(sentence) else { return }
    var range = ranges[sentence].clamped(to: mention.lowerBound - Self.widest..<mention.upperBound + Self.widest)
    if let quote, let part = quote.spans.first(where: { $0.contains(tokens[mention.lowerBound].start) }) {
      while let first = range.first, tokens[first].start < part.start { range = range.dropFirst() }
      while let last = range.last, tokens[last].end > part.end { range = range.dropLast() }
    }
    let earlier = quote.flatMap { pointedAt(from: sentence, mention, in: $0, text) } ?? 0..<0
    var logits = model.logits(tokens, words, range, mention: mention)
    var lean = polarity(range, mention: mention)
    if !earlier.isEmpty {
      // What is pointed at was not said of this target, so only the words that judge anything count.
      logits = StanceModel.Logits(favor: logits.favor * 0.3, against: logits.against * 0.3)
      lean = earlier.reduce(0.3 * lean) { $0 + polarity(ranges[$1], mention: 0..<0) }
    }
    let weight = Self.polarityWeight * min(max(lean, -4), 4)
    one.favor += logits.favor + weight
    one.against += logits.against - weight
    one.count += 1
    if one.readings.count < Self.mostReadings { one.readings.append((range, mention, earlier)) }
  }

  /// The sum of the words that judge whatever they stand beside, those behind a negation turned.
  ///
  /// - Parameter body: Called with each such word and what it adds.
  private func polarity(_ range: Range<Int>, mention: Range<Int>, _ body: (Int, Float) -> Void = { _, _ in }) -> Float {
    var sum: Float = 0
    var negated = 0
    for i in range {
      if words.isNegation(i) {
        negated = 4
        continue
      }
      if tokens[i].kind == .word { negated -= 1 }
      let value = words.polarity(i)
      // A capitalised word inside a sentence is a name: Great Britain.
      guard value != 0, tokens[i].shape == .lower || i == range.lowerBound, !mention.contains(i) else { continue }
      let lean = negated > 0 ? -Float(value) : Float(value)
      sum += lean
      body(i, lean)
    }
    return sum
  }

  private func finish(_ one: Case, name: String, always: Bool = false, in text: Swift.Span<UInt8>) -> Stance? {
    let count = max(one.count, 1)
    let judgement = StanceModel.probabilities(
      StanceModel.Logits(favor: one.favor / count, against: one.against / count))
    let score = one.count > 0 ? judgement.favor - judgement.against : 0
    var label = Stance.Label.neutral
    if judgement.favor > max(judgement.neutral, judgement.against) { label = .favor }
    if judgement.against > max(judgement.neutral, judgement.favor) { label = .against }
    if abs(score) < options.abstainBelow { label = .neutral }
    guard always || label != .neutral || options.neutral else { return nil }
    let evidence = label == .neutral ? [] : evidence(of: one, sign: score < 0 ? -1 : 1, in: text)
    return Stance(
      target: name, spans: [one.spans], holder: one.holder, quote: one.quote, sentence: one.sentence, label: label,
      score: (score * 1000).rounded() / 1000, evidence: SpanList(evidence))
  }

  /// The words that weigh most on the side of `sign`, function words left out, in the order of the text.
  private func evidence(of one: Case, sign: Float, in text: Swift.Span<UInt8>) -> [Span] {
    var strongest: [(lean: Float, token: Int)] = []
    for (range, mention, earlier) in one.readings {
      let first = earlier.first.map { ranges[$0].lowerBound } ?? range.lowerBound
      var leans = [Float](repeating: 0, count: max(range.upperBound - first, 0))
      model.addLeans(tokens, words, range, mention: mention, from: first, to: &leans)
      _ = polarity(range, mention: mention) { leans[$0 - first] += $1 }
      for before in earlier { _ = polarity(ranges[before], mention: 0..<0) { leans[$0 - first] += $1 } }
      for offset in leans.indices {
        let lean = leans[offset] * sign
        let token = first + offset
        guard lean > strongest.last?.lean ?? 0 || lean > 0 && strongest.count < Self.mostEvidence,
          tokens[token].count > 2, !strongest.contains(where: { $0.token == token }),
          !Self.common.contains(tokens[token], in: text)
        else { continue }
        let place = strongest.firstIndex { $0.lean < lean } ?? strongest.count
        strongest.insert((lean, token), at: place)
        if strongest.count > Self.mostEvidence { strongest.removeLast() }
      }
    }
    return strongest.map(\.token).sorted().map { tokens[$0].span }
  }

  // MARK: Holders

  private func holder(of quote: Quote) -> String? {
    quote.speaker.map { $0.name ?? document.text(in: $0.spans) }
  }

  /// Who judges the target in a sentence of the article's own: the speaker of a quote in the sentence, if a verb of
  /// judgement stands between the speaker and the mention.
  private func judging(before mention: Range<Int>, in sentence: Int, _ text: Swift.Span<UInt8>) -> String? {
    for index in (speakersIn[sentence] ?? []).prefix(Self.mostSpeakersPerSentence) {
      guard let at = quotes[index].speaker?.spans.hull, at.end <= tokens[mention.lowerBound].start else { continue }
      let lowest = max(ranges[sentence].lowerBound, mention.lowerBound - Self.widest)
      let between = lowest..<mention.lowerBound
      if between.contains(where: { tokens[$0].start >= at.end && Self.verdicts.contains(tokens[$0], in: text) }) {
        return holder(of: quotes[index])
      }
    }
    return nil
  }

  /// The sentences before this one in the same quote, three at most, where this one points back at them and the target
  /// stands before the pointing word, as its subject does.
  private func pointedAt(from sentence: Int, _ mention: Range<Int>, in quote: Quote, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    guard let part = quote.spans.first(where: { $0.contains(tokens[mention.lowerBound].start) }) else { return nil }
    let reach = min(ranges[sentence].upperBound, mention.upperBound + 30)
    guard mention.upperBound < reach,
      (mention.upperBound..<reach).contains(where: { Self.pointers.contains(tokens[$0], in: text) })
    else { return nil }
    var first = sentence
    while first > 0, sentence - first < 3, sentences[first - 1].start >= part.start - 1 { first -= 1 }
    return first < sentence ? first..<sentence : nil
  }
}

/// Which quote a byte stands in, asked in rising order.
private struct QuoteIndex {
  private let spans: [(span: Span, quote: Int)]
  private let speakers: Set<Span>
  private var next = 0
  /// The spans that the last position asked for may lie in.
  private var open: [(span: Span, quote: Int)] = []

  init(_ quotes: [Quote]) {
    spans = quotes.enumerated().flatMap { index, quote in quote.spans.map { ($0, index) } }
      .sorted { $0.span < $1.span }
    speakers = Set(quotes.compactMap { $0.speaker?.spans.hull })
  }

  /// The innermost quote at `offset`, which is not before the last asked for.
  mutating func quote(at offset: Int) -> Int? {
    while next < spans.count, spans[next].span.start <= offset {
      open.append(spans[next])
      next += 1
    }
    open.removeAll { $0.span.end <= offset }
    return open.last?.quote
  }

  func isSpeaker(_ span: Span) -> Bool { speakers.contains(span) }
}

extension Array {
  /// The first index whose element satisfies `predicate`, in an array where all that do come last.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
