import Hearsay
import HearsayText

/// Judges the mentions of one document, in their order.
struct Judge {
  private let document: Document
  private let tokens: [Token]
  private let quotes: [Quote]
  private let model: StanceModel
  private let options: ScoreStance.Options
  private let sentences: [Span]
  /// The token range of each sentence.
  private let ranges: [Range<Int>]
  private var reader: StanceReader
  private var quoteIndex: QuoteIndex
  private var speakerIndex: SpeakerIndex

  private var cases: [Case] = []
  private var readings: [Reading] = []
  /// For each target its latest case.
  private var latest: [Int] = []
  private var evidence = Evidence()
  /// The quote that was asked about last: a quote has many mentions in a row.
  private var asked: (quote: Int, isVerdict: Bool)?

  /// Far more mentions of targets than a sentence has; those behind them are not judged.
  private static let mostMentionsPerSentence = 50
  /// A longer sentence is read this many tokens to either side of the mention.
  private static let widest = 120
  private static let mostReadings = 8
  /// There is room for so many cases from the first; a text seldom has more.
  private static let mostAtFirst = 1000
  private static let mostSpeakersPerSentence = 8
  /// How many cases of a target are looked through for the quote that a mention stands in: nested quotes take turns.
  private static let mostOpenCases = 4
  /// What a point of polarity in a sentence that is pointed at adds to a logit.
  private static let polarityWeight: Float = 0.25
  /// What a point of polarity of a verb by which a speaker judges the target adds to a logit.
  private static let verdictWeight: Float = 0.5

  init(
    document: Document, tokens: [Token], model: StanceModel, options: ScoreStance.Options, in text: Swift.Span<UInt8>
  ) {
    self.document = document
    self.tokens = tokens
    self.model = model
    self.options = options
    sentences = document.sentencesOrWhole
    ranges = tokens.ranges(of: sentences)
    quotes = document[Quotes.self]
    quoteIndex = QuoteIndex(quotes)
    speakerIndex = SpeakerIndex(quotes)
    reader = StanceReader(tokens, model: model)
  }

  /// What one holder says of one target in one quote, or in one sentence of the article's own.
  private struct Case {
    var target: Int
    /// The first mention.
    var span: Span
    var holder: String?
    /// The quote's index.
    var quote: Int?
    var sentence: Int
    /// The target's case before this one.
    var previous: Int
    var favor: Float = 0
    var against: Float = 0
    var count: Float = 0
    /// The latest of the readings that are kept, and how many they are.
    var reading = -1
    var readings = 0
  }

  /// What was read for a case: a stretch of tokens, the mention in it, and the sentences that it points back at.
  private struct Reading {
    var range: Range<Int>
    var mention: Range<Int>
    var patterns: Patterns.Weights
    var earlier: Range<Int>
    /// The case's reading before this one.
    var previous: Int
  }

  /// The judgements of all mentions, a case each.
  mutating func stances(toward targets: TargetMentions) -> [Stance] {
    latest = Array(repeating: -1, count: targets.names.count)
    let most = min(targets.mentions.count, Self.mostAtFirst)
    cases.reserveCapacity(most)
    readings.reserveCapacity(most)
    var sentence = 0
    var inSentence = 0
    var speakers = speakerIndex.mentions(in: sentences.first ?? Span(0, 0))
    for mention in targets.mentions {
      let first = mention.tokens.lowerBound
      if sentence < ranges.count, ranges[sentence].upperBound <= first {
        repeat { sentence += 1 } while sentence < ranges.count && ranges[sentence].upperBound <= first
        inSentence = 0
        if sentence < ranges.count { speakers = speakerIndex.mentions(in: sentences[sentence]) }
      }
      guard sentence < ranges.count, ranges[sentence].contains(first) else { continue }
      reader.lookUp(ranges[sentence])
      inSentence += 1
      guard inSentence <= Self.mostMentionsPerSentence else { continue }
      var part = quoteIndex.part(at: tokens[first].start)
      if let quote = part?.quote, isVerdict(quote) { part = nil }
      guard part != nil || options.articleVoice else { continue }
      let span = Span(tokens[first].start, tokens[mention.tokens.upperBound - 1].end)
      // A speaker's own mention beside the quote is no target of the sentence.
      if part == nil, speakers.contains(where: { $0.span == span }) { continue }
      let verdict = part == nil ? verdict(before: mention.tokens, in: sentence, speakers) : nil
      var index = openCase(of: mention.target, quote: part?.quote, sentence: sentence)
      if index < 0 {
        index = cases.count
        var one = Case(
          target: mention.target, span: span, quote: part?.quote, sentence: sentence, previous: latest[mention.target])
        one.holder = (part?.quote ?? verdict?.quote).flatMap { holder(of: $0) }
        cases.append(one)
        latest[mention.target] = index
      }
      add(mention.tokens, sentence, part, verdict: verdict?.verb, to: index)
    }
    var stances: [Stance] = []
    stances.reserveCapacity(cases.count)
    for index in cases.indices {
      if let stance = finish(index, name: targets.names[cases[index].target]) { stances.append(stance) }
    }
    return stances
  }

  /// The judgements of mentions that came with the document, one each, in their order.
  mutating func stances(of given: [TargetMention]) -> [Stance] {
    let spans = given.map { $0.spans.first ?? Span(0, 0) }
    var stances = given.map { target in
      Stance(
        target: target.mention ?? document.text(in: target.spans), spans: target.spans, label: .neutral, score: 0)
    }
    for k in given.indices.sorted(by: { spans[$0] < spans[$1] }) {
      let first = tokens.partitioningIndex { $0.end > spans[k].start }
      let last = tokens.partitioningIndex { $0.start >= spans[k].end }
      let sentence = min(ranges.partitioningIndex { $0.upperBound > first }, max(ranges.count - 1, 0))
      var one = Case(target: k, span: spans[k], sentence: sentence, previous: -1)
      one.quote = quoteIndex.part(at: spans[k].start)?.quote
      one.holder = one.quote.flatMap { holder(of: $0) }
      cases.append(one)
      if first < last { add(first..<last, sentence, nil, verdict: nil, to: cases.count - 1) }
      if let stance = finish(cases.count - 1, name: stances[k].target, always: true) {
        stances[k] = stance
        stances[k].spans = given[k].spans
      }
      stances[k].sentence = document.has(Sentences.self) ? sentence : nil
    }
    return stances
  }

  // MARK: Cases

  private func openCase(of target: Int, quote: Int?, sentence: Int) -> Int {
    var index = latest[target]
    for _ in 0..<Self.mostOpenCases where index >= 0 {
      if cases[index].quote == quote, quote != nil || cases[index].sentence == sentence { return index }
      index = cases[index].previous
    }
    return -1
  }

  private mutating func add(
    _ mention: Range<Int>, _ sentence: Int, _ part: QuoteIndex.Part?, verdict: Int?, to index: Int
  ) {
    guard ranges.indices.contains(sentence), ranges[sentence].contains(mention.lowerBound) else { return }
    let whole = ranges[sentence].lowerBound..<max(ranges[sentence].upperBound, mention.upperBound)
    var range = whole.clamped(to: mention.lowerBound - Self.widest..<mention.upperBound + Self.widest)
    if let part {
      while let first = range.first, first < mention.lowerBound, tokens[first].start < part.span.start {
        range = range.dropFirst()
      }
      while let last = range.last, last >= mention.upperBound, tokens[last].end > part.span.end {
        range = range.dropLast()
      }
    }
    let earlier = part.map { pointedAt(from: sentence, mention, in: $0) } ?? 0..<0
    var (logits, patterns) = reader.judge(whole, range, mention: mention)
    if !earlier.isEmpty {
      // What is pointed at was not said of this target, so only the words that judge anything count.
      let points = earlier.reduce(0) { $0 + reader.polarity(of: ranges[$1]) }
      let weight = Self.polarityWeight * Float(min(max(points, -4), 4))
      logits = StanceModel.Logits(favor: logits.favor * 0.3 + weight, against: logits.against * 0.3 - weight)
    }
    if let verdict {
      let weight = Self.verdictWeight * Float(reader.polarity(of: verdict))
      logits = StanceModel.Logits(favor: logits.favor + weight, against: logits.against - weight)
    }
    cases[index].favor += logits.favor
    cases[index].against += logits.against
    cases[index].count += 1
    if cases[index].readings < Self.mostReadings {
      readings.append(
        Reading(
          range: range, mention: mention, patterns: patterns, earlier: earlier, previous: cases[index].reading))
      cases[index].reading = readings.count - 1
      cases[index].readings += 1
    }
  }

  private mutating func finish(_ index: Int, name: String, always: Bool = false) -> Stance? {
    let one = cases[index]
    let count = max(one.count, 1)
    let judgement = StanceModel.probabilities(
      StanceModel.Logits(favor: one.favor / count, against: one.against / count))
    let score = one.count > 0 ? judgement.favor - judgement.against : 0
    var label = Stance.Label.neutral
    if judgement.favor > max(judgement.neutral, judgement.against) { label = .favor }
    if judgement.against > max(judgement.neutral, judgement.favor) { label = .against }
    let isArticle = one.quote == nil && one.holder == nil && !always
    let least = isArticle ? max(options.abstainBelow, options.articleAbstainBelow) : options.abstainBelow
    if abs(score) < least { label = .neutral }
    // A leaning that no word accounts for is that of the data, not of the text.
    let evidence = label == .neutral ? [] : evidence(of: one, sign: score < 0 ? -1 : 1)
    if evidence.isEmpty { label = .neutral }
    guard always || label != .neutral || options.neutral else { return nil }
    return Stance(
      target: name, spans: SpanList(one.span), holder: one.holder, quote: one.quote.map { quotes[$0].id },
      sentence: one.sentence, label: label, score: (score * 1000).rounded() / 1000, evidence: evidence)
  }

  /// The words that weigh most on the side of `sign`, function words left out, in the order of the text.
  private mutating func evidence(of one: Case, sign: Float) -> SpanList {
    // Moved out and back, so that its buffer serves every case.
    var evidence = Evidence()
    swap(&evidence, &self.evidence)
    defer { swap(&evidence, &self.evidence) }
    evidence.removeAll()
    var index = one.reading
    while index >= 0 {
      let reading = readings[index]
      let earliest = reading.earlier.first.map { ranges[$0].lowerBound } ?? reading.range.lowerBound
      evidence.begin(min(earliest, reading.range.lowerBound)..<reading.range.upperBound)
      reader.addLeans(
        reading.range, mention: reading.mention, reading.patterns, sign: sign, from: evidence.first,
        to: &evidence.leans)
      for before in reading.earlier {
        for token in ranges[before] {
          evidence.leans[token - evidence.first] += Float(reader.polarity(of: token)) * Self.polarityWeight * sign
        }
      }
      evidence.keepStrongest { tokens[$0].count > 2 && !reader.has(.common, $0) }
      index = reading.previous
    }
    return evidence.spans(tokens)
  }

  // MARK: Holders

  private func holder(of quote: Int) -> String? {
    quotes[quote].speaker.map { $0.name ?? document.text(in: $0.spans) }
  }

  /// Whether the quote's cue is itself the judgement: `criticized the plan` quotes nobody's words of the plan.
  private mutating func isVerdict(_ quote: Int) -> Bool {
    if let asked, asked.quote == quote { return asked.isVerdict }
    var isVerdict = false
    if quotes[quote].kind == .indirect, let cue = quotes[quote].cue?.last {
      let verb = tokens.partitioningIndex { $0.end >= cue.end }
      isVerdict = tokens.indices.contains(verb) && reader.has(.verdict, verb)
    }
    asked = (quote, isVerdict)
    return isVerdict
  }

  /// Who judges the target in a sentence of the article's own: the speaker of a quote in the sentence, if a verb of
  /// judgement stands between the speaker and the mention.
  private func verdict(before mention: Range<Int>, in sentence: Int, _ speakers: ArraySlice<SpeakerIndex.Mention>)
    -> (quote: Int, verb: Int)?
  {
    guard !speakers.isEmpty else { return nil }
    let lowest = max(ranges[sentence].lowerBound, mention.lowerBound - Self.widest)
    guard let verb = (lowest..<mention.lowerBound).last(where: { reader.has(.verdict, $0) }) else { return nil }
    let speaker = speakers.prefix(Self.mostSpeakersPerSentence).first { $0.span.end <= tokens[verb].start }
    return speaker.map { ($0.quote, verb) }
  }

  /// The sentences before this one in the same quote, three at most, where this one points back at them and the target
  /// stands before the pointing word, as its subject does.
  private func pointedAt(from sentence: Int, _ mention: Range<Int>, in part: QuoteIndex.Part) -> Range<Int> {
    let none = 0..<0
    var first = sentence
    while first > 0, sentence - first < 3, sentences[first - 1].start >= part.span.start - 1 { first -= 1 }
    guard first < sentence else { return none }
    let reach = min(ranges[sentence].upperBound, mention.upperBound + 30)
    guard mention.upperBound < reach, (mention.upperBound..<reach).contains(where: { reader.has(.pointer, $0) })
    else { return none }
    return first..<sentence
  }
}
