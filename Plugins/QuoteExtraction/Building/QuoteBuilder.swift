import Hearsay
import HearsayText

/// Makes quotes of what stands in marks and of the clauses that report speech.
struct QuoteBuilder {
  /// A quote in tokens.
  struct Draft {
    var pieces: [Range<Int>]
    var kind: Quote.Kind
    var cue: Int?
    var speaker: Range<Int>?
    var confidence: Double
    /// A whole paragraph or more in marks, with no cue beside it.
    var isBlock = false
    /// What found it.
    var finder = Finder.marks
    /// All words of the cue, where they are more than one.
    var cueTokens: [Int] = []
    /// Which quotations in marks are in it.
    var quotations: [Int] = []
  }

  /// No reported clause is longer, in tokens; it keeps damaged text from costing more than it is long.
  static let longestClause = 400

  let analysis: AnalyzedText
  let quotations: [QuotationSpan]
  let transcript: Transcript
  var isTaken: [Bool]
  /// Whether a model decided what the rules leave open.
  private(set) var hasModel = false
  /// Whether a token is cue or content of what was found before the rules; empty where nothing was.
  var isClaimed: [Bool] = []
  var directEnds: [(end: Int, draft: Int)] = []
  var nextDirect = 0
  /// Which of the article's cues is the first behind the sentences that were read.
  var nextCue = 0
  var drafts: [Draft] = []
  /// Speakers of cues that stand before a colon with nothing behind it.
  var lostCues: [(cue: Int, speaker: Range<Int>)] = []

  init(analysis: AnalyzedText) {
    self.init(analysis: analysis, quotations: QuotationPairing.find(in: analysis))
    // Most quotations make a quote, and most others are as many reports.
    drafts.reserveCapacity(2 * quotations.count)
  }

  init(analysis: AnalyzedText, quotations: [QuotationSpan]) {
    self.analysis = analysis
    self.quotations = quotations
    transcript = Transcript(in: analysis)
    isTaken = Array(repeating: false, count: quotations.count)
  }

  /// Takes what the model found; the rules leave it as it is.
  mutating func add(_ found: [Draft]) {
    drafts = found
    hasModel = true
    isClaimed = Array(repeating: false, count: analysis.tokens.count)
    for draft in found {
      for index in draft.quotations {
        for part in quotations.run(from: index) { isTaken[part] = true }
      }
      for piece in draft.pieces { for token in piece { isClaimed[token] = true } }
      for token in draft.cueTokens { isClaimed[token] = true }
    }
    sortDrafts()
  }

  /// Takes the turns of a transcript; what was found in them is told by who speaks there.
  private mutating func add(_ transcript: Transcript) {
    guard !transcript.turns.isEmpty else { return }
    if isClaimed.isEmpty { isClaimed = Array(repeating: false, count: analysis.tokens.count) }
    let starts = Set(transcript.turns.map(\.speaker.lowerBound))
    var said: [Draft] = []
    var isSaid = [Bool](repeating: false, count: analysis.tokens.count)
    for turn in transcript.turns {
      let whole = turn.speaker.lowerBound..<turn.content.upperBound
      for token in whole { (isClaimed[token], isSaid[token]) = (true, true) }
      let index = firstQuotation(endingAt: whole.lowerBound, quotations.indices)
      guard quotations.indices.contains(index), quotations[index].open < turn.speaker.lowerBound else {
        var inside = index
        while quotations.indices.contains(inside), quotations[inside].open < whole.upperBound {
          isTaken[inside] = true
          inside += 1
        }
        let content = analysis.withoutMarksAtEnd(turn.content)
        guard !content.isEmpty else { continue }
        said.append(
          Draft(pieces: [content], kind: .indirect, speaker: turn.speaker, confidence: 0.9, finder: .transcript))
        continue
      }
      var pieces = [turn.content.lowerBound..<max(turn.content.lowerBound, quotations[index].close)]
      isTaken[index] = true
      // Further paragraphs, up to the next speaker's.
      var part = index
      while quotations[part].continues, part + 1 < quotations.count, case let next = quotations[part + 1].content,
        !starts.contains(next.lowerBound)
      {
        part += 1
        isTaken[part] = true
        for token in next { isSaid[token] = true }
        pieces.append(next)
      }
      said.append(Draft(pieces: pieces, kind: .direct, speaker: turn.speaker, confidence: 0.95, finder: .transcript))
    }
    drafts.removeAll { draft in
      draft.cue.map { isSaid[$0] } ?? false || draft.pieces.contains { $0.contains { isSaid[$0] } }
    }
    drafts += said
    sortDrafts()
  }

  mutating func run(in text: Swift.Span<UInt8>) {
    add(transcript)
    takeIncises(in: text)
    var first = 0
    var previous: Range<Int>?
    for whole in analysis.sentences {
      let sentence = analysis.withoutDateline(whole)
      while first < quotations.count, quotations[first].close < sentence.lowerBound { first += 1 }
      var last = first
      while last < quotations.count, quotations[last].open < sentence.upperBound { last += 1 }
      let before = analysis.tokens[whole.lowerBound].gap < .paragraph ? previous : nil
      attributions(in: sentence, after: before, first..<last, text)
      previous = sentence
    }
    nameSubjectless()
    rest(in: text)
    adoptBlocks()
    nameSpeakers(in: text)
    nested(in: text)
  }

  // MARK: Quotations in marks

  /// The first of `near` that ends at or behind the token.
  func firstQuotation(endingAt token: Int, _ near: Range<Int>) -> Int {
    var low = near.lowerBound
    var high = near.upperBound
    while low < high {
      let middle = (low + high) / 2
      if quotations[middle].close >= token { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The quotation whose opening mark begins at the token.
  func pair(from token: Int) -> QuotationSpan? {
    let index = firstQuotation(endingAt: token, quotations.indices)
    return quotations.indices.contains(index) && quotations[index].open == token ? quotations[index] : nil
  }

  /// Whether the token stands within marks.
  func isInside(_ token: Int, _ near: Range<Int>) -> Bool {
    let index = firstQuotation(endingAt: token, near)
    guard near.contains(index), quotations[index].open <= token else { return false }
    return quotations[index].isClosed || token < quotations[index].close
  }

  /// Whether the model found a quote that has one of the tokens.
  func isClaimed(_ tokens: Range<Int>) -> Bool {
    !isClaimed.isEmpty && tokens.contains { isClaimed[$0] }
  }

  /// Whether the marks hold words of a clause, not a quotation of their own: `The so-called "plan" failed, he said.`
  func isMarkedWord(_ index: Int, _ near: Range<Int>) -> Bool {
    guard near.contains(index), let last = quotations[index].content.last else { return false }
    return analysis.tokens[last].kind != .mark
  }

  mutating func take(_ index: Int, cue: Int?, speaker: Range<Int>?, confidence: Double) {
    guard !isTaken[index] else { return }
    let pieces = takeRun(from: index)
    drafts.append(Draft(pieces: pieces, kind: .direct, cue: cue, speaker: speaker, confidence: confidence))
  }

  /// Takes a quotation and what it goes on with, up to what is taken already; returns what the marks hold.
  mutating func takeRun(from index: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    for part in quotations.run(from: index) {
      if part > index, isTaken[part] { break }
      isTaken[part] = true
      pieces.append(quotations[part].content)
    }
    return pieces
  }

  /// Puts the drafts in the order of the text.
  mutating func sortDrafts() {
    var isSorted = true
    for index in drafts.indices.dropFirst() {
      if (drafts[index].pieces.first?.lowerBound ?? 0) < (drafts[index - 1].pieces.first?.lowerBound ?? 0) {
        isSorted = false
      }
    }
    if isSorted { return }
    drafts.sort { ($0.pieces.first?.lowerBound ?? 0) < ($1.pieces.first?.lowerBound ?? 0) }
  }
}
