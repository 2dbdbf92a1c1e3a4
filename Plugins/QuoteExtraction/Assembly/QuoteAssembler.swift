import Hearsay
import HearsayText

/// Collects the candidates of a text: what the model found first, then what the rules add.
struct QuoteAssembler: ~Copyable {
  let analysis: AnalyzedText
  let quotations: [QuotationSpan]
  /// Whether a model decided what the rules leave open.
  let isModelUsed: Bool
  var candidates: [QuoteCandidate] = []
  /// Cues that a colon with nothing after it follows, with their speakers.
  private(set) var danglingCues: [(cue: Int, speaker: Range<Int>)] = []
  var occupancy: Occupancy

  /// Candidates by the rules alone.
  init(analysis: AnalyzedText) {
    self.analysis = analysis
    quotations = QuotationPairing.quotations(in: analysis)
    isModelUsed = false
    occupancy = Occupancy(quotations: quotations.count)
    // Most quotations make a quote, and about as many quotes have no quotation.
    candidates.reserveCapacity(2 * quotations.count)
  }

  /// Candidates of the model, which the rules leave as they are.
  init(analysis: AnalyzedText, quotations: [QuotationSpan], found: [QuoteCandidate]) {
    self.analysis = analysis
    self.quotations = quotations
    isModelUsed = true
    candidates = found
    occupancy = Occupancy(quotations: quotations.count)
    occupancy.prepareCovering(analysis.tokens.count)
    for candidate in found {
      for index in candidate.quotations {
        for part in quotations.run(from: index) { occupancy.consume(part) }
      }
      for piece in candidate.pieces { occupancy.cover(piece) }
      for token in candidate.cueTokens { occupancy.cover(token..<token + 1) }
    }
    sort()
  }

  var isEmpty: Bool { candidates.isEmpty }

  /// Adds what an attribution rule proposes.
  ///
  /// - Returns: Whether it was added; `false` where something else occupies what it needs.
  mutating func add(_ match: AttributionMatch, cue: Int, rule: RuleID) -> Bool {
    if let quotation = match.requiredQuotation, occupancy.isConsumed(quotation) { return false }
    if let tokens = match.requiredTokens, occupancy.isCovered(tokens) { return false }
    switch match.extent {
    case .quotation(let index, let confidence):
      guard !occupancy.isConsumed(index) else { return false }
      addQuotation(index, cue: cue, speaker: match.speaker, confidence: confidence, rule: rule)
      if let next = match.continuation, !occupancy.isConsumed(next) {
        occupancy.consume(next)
        candidates[candidates.count - 1].pieces.append(quotations[next].content)
      }
    case .clause(let content):
      guard addClause(content, cue: cue, speaker: match.speaker, rule: rule) else { return false }
      let last = candidates.count - 1
      if let leading = match.leadingPiece {
        if candidates[last].kind == .direct { candidates[last].kind = .mixed }
        candidates[last].pieces = [leading, content]
      }
      if let trailing = match.trailingPiece, candidates[last].kind != .direct {
        candidates[last].pieces.append(trailing)
      }
    case .phrase(let content, let index, let confidence):
      guard !occupancy.isConsumed(index) else { return false }
      occupancy.consume(index)
      candidates.append(
        QuoteCandidate(
          pieces: [content], kind: .mixed, cue: cue, speaker: match.speaker, confidence: confidence,
          origin: .rule(rule)))
    case .danglingCue:
      if let speaker = match.speaker { danglingCues.append((cue, speaker)) }
    }
    return true
  }

  /// Adds a quotation that nothing has consumed, with those that continue it, as a direct quote.
  mutating func addQuotation(
    _ index: Int, cue: Int?, speaker: Range<Int>?, confidence: Double, rule: RuleID
  ) {
    candidates.append(
      QuoteCandidate(
        pieces: consumeRun(from: index), kind: .direct, cue: cue, speaker: speaker, confidence: confidence,
        origin: .rule(rule)))
  }

  /// Consumes a quotation and those that continue it, up to one that is consumed already.
  ///
  /// - Returns: What the marks of each hold.
  mutating func consumeRun(from index: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    for part in quotations.run(from: index) {
      if part > index, occupancy.isConsumed(part) { break }
      occupancy.consume(part)
      pieces.append(quotations[part].content)
    }
    return pieces
  }

  /// Adds a reported clause: direct where quotation marks hold all of it, mixed where they hold a part.
  private mutating func addClause(_ content: Range<Int>, cue: Int, speaker: Range<Int>?, rule: RuleID) -> Bool {
    if let last = candidates.last, last.kind != .direct, let piece = last.pieces.first, piece.overlaps(content) {
      return false
    }
    if occupancy.isCovered(content) { return false }
    var inside: [Int] = []
    var index = quotations.firstIndex(endingFrom: content.lowerBound)
    while index < quotations.count, quotations[index].open < content.upperBound {
      if content.contains(quotations[index].open), !occupancy.isConsumed(index) { inside.append(index) }
      index += 1
    }
    if let only = inside.first, quotations[only].open == content.lowerBound,
      quotations[only].close + 1 >= content.upperBound
    {
      addQuotation(only, cue: cue, speaker: speaker, confidence: 0.95, rule: rule)
      return true
    }
    for index in inside { occupancy.consume(index) }
    let isThought = analysis.roles[cue] == .thought
    candidates.append(
      QuoteCandidate(
        pieces: [content], kind: inside.isEmpty ? .indirect : .mixed, cue: cue, speaker: speaker,
        confidence: isThought ? 0.5 : inside.isEmpty ? 0.75 : 0.85, origin: .rule(rule)))
    return true
  }

  /// Puts the candidates in the order of the text.
  mutating func sort() {
    var isSorted = true
    for index in candidates.indices.dropFirst() where candidates[index].start < candidates[index - 1].start {
      isSorted = false
    }
    if isSorted { return }
    candidates.sort { $0.start < $1.start }
  }
}
