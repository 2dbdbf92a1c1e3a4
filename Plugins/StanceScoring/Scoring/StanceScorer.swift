import Hearsay
import HearsayText

/// Scores the mentions of targets in one document, in their order.
struct StanceScorer {
  private let document: Document
  private let tokens: [Token]
  private let quotes: [Quote]
  private let model: StanceModel
  private let options: ScoreStance.Options
  private let sentences: [Span]
  /// The tokens of each sentence.
  private let ranges: [Range<Int>]
  private var classifier: MentionClassifier
  private var quoteIndex: QuoteIndex
  private var speakerIndex: SpeakerIndex

  private var units: [StanceUnit] = []
  private var contexts: [MentionContext] = []
  /// The latest unit of each target.
  private var latest: [Int] = []
  private var evidence = Evidence()
  /// The last quote that `isEvaluation` was called for: a quote often has several mentions in a row.
  private var lastQuery: (quote: Int, isEvaluation: Bool)?

  /// Further mentions of a sentence are not scored; texts have far fewer.
  private static let maximumMentionsPerSentence = 50
  /// Tokens of a sentence farther from the mention are not taken into account.
  private static let maximumContextTokens = 120
  private static let maximumContexts = 8
  /// The largest initial capacity for units; a text seldom has more.
  private static let initialCapacity = 1000
  private static let maximumSpeakersPerSentence = 8
  /// The number of latest units of a target among which that of a mention's quote is searched: nested quotes alternate.
  private static let maximumOpenUnits = 4
  /// What a point of polarity in a sentence that is referred to adds to a logit.
  private static let polarityWeight: Float = 0.25
  /// What a point of polarity of a speaker's evaluative verb adds to a logit.
  private static let evaluationWeight: Float = 0.5

  init(
    document: Document, tokens: [Token], model: StanceModel, options: ScoreStance.Options
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
    classifier = MentionClassifier(tokens, model: model)
  }

  /// The stances of all mentions, one for each unit.
  mutating func stances(toward targets: TargetMentions) -> [Stance] {
    latest = Array(repeating: -1, count: targets.names.count)
    let capacity = min(targets.mentions.count, Self.initialCapacity)
    units.reserveCapacity(capacity)
    contexts.reserveCapacity(capacity)
    var sentence = 0
    var mentionsInSentence = 0
    var speakers = speakerIndex.mentions(in: sentences.first ?? Span(0, 0))
    for mention in targets.mentions {
      let first = mention.tokens.lowerBound
      if sentence < ranges.count, ranges[sentence].upperBound <= first {
        repeat { sentence += 1 } while sentence < ranges.count && ranges[sentence].upperBound <= first
        mentionsInSentence = 0
        if sentence < ranges.count { speakers = speakerIndex.mentions(in: sentences[sentence]) }
      }
      guard sentence < ranges.count, ranges[sentence].contains(first) else { continue }
      classifier.lookUp(ranges[sentence])
      mentionsInSentence += 1
      guard mentionsInSentence <= Self.maximumMentionsPerSentence else { continue }
      var part = quoteIndex.part(at: tokens[first].start)
      if let quote = part?.quote, isEvaluation(quote) { part = nil }
      guard part != nil || options.articleVoice else { continue }
      let span = Span(tokens[first].start, tokens[mention.tokens.upperBound - 1].end)
      // The mention of a speaker beside the quote is not a target of the sentence.
      if part == nil, speakers.contains(where: { $0.span == span }) { continue }
      let evaluation = part == nil ? evaluation(before: mention.tokens, in: sentence, speakers) : nil
      var index = openUnit(of: mention.target, quote: part?.quote, sentence: sentence)
      if index < 0 {
        index = units.count
        var unit = StanceUnit(
          target: mention.target, span: span, quote: part?.quote, sentence: sentence, previous: latest[mention.target])
        unit.holder = (part?.quote ?? evaluation?.quote).flatMap { holder(of: $0) }
        units.append(unit)
        latest[mention.target] = index
      }
      add(mention.tokens, sentence, part, evaluation: evaluation?.verb, to: index)
    }
    var stances: [Stance] = []
    stances.reserveCapacity(units.count)
    for index in units.indices {
      if let stance = stance(of: units[index], name: targets.names[units[index].target]) { stances.append(stance) }
    }
    return stances
  }

  /// The stances toward mentions that came with the document, one each, in their order.
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
      var unit = StanceUnit(target: k, span: spans[k], sentence: sentence, previous: -1)
      unit.quote = quoteIndex.part(at: spans[k].start)?.quote
      unit.holder = unit.quote.flatMap { holder(of: $0) }
      units.append(unit)
      if first < last { add(first..<last, sentence, nil, evaluation: nil, to: units.count - 1) }
      if let stance = stance(of: units[units.count - 1], name: stances[k].target, always: true) {
        stances[k] = stance
        stances[k].spans = given[k].spans
      }
      stances[k].sentence = document.has(Sentences.self) ? sentence : nil
    }
    return stances
  }

  // MARK: Units

  /// The unit of a target in a quote or a sentence; -1 where there is none yet.
  private func openUnit(of target: Int, quote: Int?, sentence: Int) -> Int {
    var index = latest[target]
    for _ in 0..<Self.maximumOpenUnits where index >= 0 {
      if units[index].quote == quote, quote != nil || units[index].sentence == sentence { return index }
      index = units[index].previous
    }
    return -1
  }

  private mutating func add(
    _ mention: Range<Int>, _ sentence: Int, _ part: QuoteIndex.Part?, evaluation: Int?, to index: Int
  ) {
    guard ranges.indices.contains(sentence), ranges[sentence].contains(mention.lowerBound) else { return }
    let whole = ranges[sentence].lowerBound..<max(ranges[sentence].upperBound, mention.upperBound)
    var range = whole.clamped(
      to: mention.lowerBound - Self.maximumContextTokens..<mention.upperBound + Self.maximumContextTokens)
    if let part {
      while let first = range.first, first < mention.lowerBound, tokens[first].start < part.span.start {
        range = range.dropFirst()
      }
      while let last = range.last, last >= mention.upperBound, tokens[last].end > part.span.end {
        range = range.dropLast()
      }
    }
    let earlier = part.map { sentencesReferredTo(from: sentence, mention, in: $0) } ?? 0..<0
    var (logits, ngrams) = classifier.classify(whole, range, mention: mention)
    if !earlier.isEmpty {
      // The sentences that are referred to do not name this target, so only the polarity of their words counts.
      let points = earlier.reduce(0) { $0 + classifier.polarity(of: ranges[$1]) }
      let weight = Self.polarityWeight * Float(min(max(points, -4), 4))
      logits = StanceModel.Logits(favor: logits.favor * 0.3 + weight, against: logits.against * 0.3 - weight)
    }
    if let evaluation {
      let weight = Self.evaluationWeight * Float(classifier.polarity(of: evaluation))
      logits = StanceModel.Logits(favor: logits.favor + weight, against: logits.against - weight)
    }
    units[index].favor += logits.favor
    units[index].against += logits.against
    units[index].count += 1
    if units[index].contexts < Self.maximumContexts {
      contexts.append(
        MentionContext(
          range: range, mention: mention, ngrams: ngrams, earlier: earlier, previous: units[index].context))
      units[index].context = contexts.count - 1
      units[index].contexts += 1
    }
  }

  /// The stance of a unit; `nil` for a neutral one that is not wanted.
  ///
  /// - Parameter always: Whether it is wanted whatever its label is.
  private mutating func stance(of unit: StanceUnit, name: String, always: Bool = false) -> Stance? {
    let count = max(unit.count, 1)
    let judgement = StanceModel.probabilities(
      StanceModel.Logits(favor: unit.favor / count, against: unit.against / count))
    let score = unit.count > 0 ? judgement.favor - judgement.against : 0
    var label = Stance.Label.neutral
    if judgement.favor > max(judgement.neutral, judgement.against) { label = .favor }
    if judgement.against > max(judgement.neutral, judgement.favor) { label = .against }
    let isArticle = unit.quote == nil && unit.holder == nil && !always
    let least = isArticle ? max(options.abstainBelow, options.articleAbstainBelow) : options.abstainBelow
    if abs(score) < least { label = .neutral }
    // A label without evidence comes from the bias of the training data, not from the text.
    let evidence = label == .neutral ? [] : evidence(of: unit, sign: score < 0 ? -1 : 1)
    if evidence.isEmpty { label = .neutral }
    guard always || label != .neutral || options.neutral else { return nil }
    return Stance(
      target: name, spans: SpanList(unit.span), holder: unit.holder, quote: unit.quote.map { quotes[$0].id },
      sentence: unit.sentence, label: label, score: (score * 1000).rounded() / 1000, evidence: evidence)
  }

  /// The words that contribute most to the side of `sign`, without function words, in the order of the text.
  private mutating func evidence(of unit: StanceUnit, sign: Float) -> SpanList {
    // Moved out and back, so that its buffer is reused.
    var evidence = Evidence()
    swap(&evidence, &self.evidence)
    defer { swap(&evidence, &self.evidence) }
    evidence.removeAll()
    var index = unit.context
    while index >= 0 {
      let context = contexts[index]
      let earliest = context.earlier.first.map { ranges[$0].lowerBound } ?? context.range.lowerBound
      evidence.begin(min(earliest, context.range.lowerBound)..<context.range.upperBound)
      classifier.addContributions(
        context.range, mention: context.mention, context.ngrams, sign: sign, from: evidence.first,
        to: &evidence.contributions)
      for before in context.earlier {
        for token in ranges[before] {
          evidence.contributions[token - evidence.first] +=
            Float(classifier.polarity(of: token)) * Self.polarityWeight * sign
        }
      }
      evidence.keepStrongest { tokens[$0].count > 2 && !classifier.has(.notATarget, $0) }
      index = context.previous
    }
    return evidence.spans(tokens)
  }

  // MARK: Holders

  private func holder(of quote: Int) -> String? {
    quotes[quote].speaker.map { $0.name ?? document.text(in: $0.spans) }
  }

  /// Whether the quote's cue is itself the judgement: `criticized the plan` is not a quote about the plan.
  private mutating func isEvaluation(_ quote: Int) -> Bool {
    if let lastQuery, lastQuery.quote == quote { return lastQuery.isEvaluation }
    var isEvaluation = false
    if quotes[quote].kind == .indirect, let cue = quotes[quote].cue?.last {
      let verb = tokens.partitioningIndex { $0.end >= cue.end }
      isEvaluation = tokens.indices.contains(verb) && classifier.has(.evaluativeVerb, verb)
    }
    lastQuery = (quote, isEvaluation)
    return isEvaluation
  }

  /// The evaluative verb between the speaker of a quote in the sentence and a mention outside the quote, with the quote:
  /// the speaker is the holder.
  private func evaluation(before mention: Range<Int>, in sentence: Int, _ speakers: ArraySlice<SpeakerIndex.Mention>)
    -> (quote: Int, verb: Int)?
  {
    guard !speakers.isEmpty else { return nil }
    let lowest = max(ranges[sentence].lowerBound, mention.lowerBound - Self.maximumContextTokens)
    guard let verb = (lowest..<mention.lowerBound).last(where: { classifier.has(.evaluativeVerb, $0) }) else {
      return nil
    }
    let speaker = speakers.prefix(Self.maximumSpeakersPerSentence).first { $0.span.end <= tokens[verb].start }
    return speaker.map { ($0.quote, verb) }
  }

  /// The sentences before this one in the same quote, at most three, if this one refers to them with a demonstrative after
  /// the target.
  private func sentencesReferredTo(from sentence: Int, _ mention: Range<Int>, in part: QuoteIndex.Part) -> Range<Int> {
    let none = 0..<0
    var first = sentence
    while first > 0, sentence - first < 3, sentences[first - 1].start >= part.span.start - 1 { first -= 1 }
    guard first < sentence else { return none }
    let reach = min(ranges[sentence].upperBound, mention.upperBound + 30)
    guard mention.upperBound < reach,
      (mention.upperBound..<reach).contains(where: { classifier.has(.demonstrative, $0) })
    else { return none }
    return first..<sentence
  }
}
