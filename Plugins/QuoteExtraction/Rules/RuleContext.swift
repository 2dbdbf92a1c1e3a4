import HearsayText

/// What the rules read of a text: its words, its quotations, and the sentence in question. Rules change nothing in it.
struct RuleContext: ~Copyable, ~Escapable {
  let analysis: AnalyzedText
  let quotations: [QuotationSpan]
  let text: Swift.Span<UInt8>
  /// Whether a model decided what the rules leave open.
  let isModelUsed: Bool
  /// Whether each token is cue or content of what was found before the rules; empty where nothing was.
  private let covered: [Bool]

  /// The sentence in question, without a dateline.
  private(set) var sentence = 0..<0
  /// The sentence before it, if it is of the same paragraph.
  private(set) var previousSentence: Range<Int>?
  /// The indices of the quotations that share tokens with the sentence.
  private(set) var quotationsInSentence = 0..<0
  /// The clause of the cue in question; `nil` where the cue reports nothing, as it is a noun or an adjective.
  private(set) var clause: CueClause?

  /// No reported clause is longer, in tokens; it keeps damaged text from costing more than it is long.
  static var longestClause: Int { 400 }
  /// A subject is sought no further from its verb, in tokens.
  static var furthestSubject: Int { 60 }

  @_lifetime(copy text)
  init(_ assembler: borrowing QuoteAssembler, text: Swift.Span<UInt8>) {
    analysis = assembler.analysis
    quotations = assembler.quotations
    isModelUsed = assembler.isModelUsed
    covered = assembler.occupancy.covered
    self.text = text
  }

  var language: Language { analysis.language }

  /// Makes a sentence the one in question. Sentences come in the order of the text.
  mutating func enter(_ sentence: Range<Int>, after previous: Range<Int>?) {
    self.sentence = sentence
    previousSentence = previous
    var first = quotationsInSentence.lowerBound
    while first < quotations.count, quotations[first].close < sentence.lowerBound { first += 1 }
    var last = first
    while last < quotations.count, quotations[last].open < sentence.upperBound { last += 1 }
    quotationsInSentence = first..<last
  }

  /// Makes a sentence the one in question for a rule that looks at no other quotation of it.
  mutating func enter(_ sentence: Range<Int>) { self.sentence = sentence }

  /// Makes the clause of a cue of speech or thought the one in question.
  mutating func enterClause(of cue: Int) { clause = CueClause(of: cue, in: self) }

  // MARK: Tokens

  func isCovered(_ tokens: Range<Int>) -> Bool { !covered.isEmpty && tokens.contains { covered[$0] } }

  /// Whether the token stands within a quotation of the sentence.
  func isInsideQuotation(_ token: Int) -> Bool { quotations.encloses(token, in: quotationsInSentence) }

  /// Whether a cue reports as a participle: `saying`.
  func isReportingParticiple(_ verb: Int) -> Bool {
    language.traits.contains(.reportingParticiples) && text[analysis.tokens[verb].end - 1] == UInt8(ascii: "g")
  }

  /// Whether a comma stands directly before the token, or before a closing mark there.
  func endsWithComma(before token: Int) -> Bool {
    let last = analysis.tokens[token - 1].mark
    return last == .comma || last.isDoubleQuote && token > 1 && analysis.tokens[token - 2].mark == .comma
  }

  /// The comma that a clause ends with before the token, auxiliaries between them aside: `…, a dit Lee`.
  func comma(before token: Int, from lowest: Int) -> Int? {
    var i = token - 1
    while i > lowest, analysis.roles[i] == .auxiliary { i -= 1 }
    return i > lowest + 1 && i - lowest <= Self.longestClause && analysis.tokens[i].mark == .comma ? i : nil
  }

  /// The subject of the verb, or of the one before it that it shares its subject with: `Lee rose and chanted`.
  func subject(before verb: Int) -> Range<Int>? {
    let all = quotations.indices
    var i = verb
    while i > sentence.lowerBound, verb - i < Self.furthestSubject {
      if i == verb
        || analysis.classes[i].isVerbal && !quotations.encloses(i, in: all) && !isCovered(i..<i + 1),
        let subject = analysis.subject(before: i, from: sentence.lowerBound, in: text),
        !quotations.encloses(subject.lowerBound, in: all)
      {
        return subject
      }
      i -= 1
    }
    return nil
  }

  // MARK: Quotations

  /// Whether the quotation before the verb is its content: nothing but the speaker stands between them.
  func touches(_ quotation: Int, _ verb: Int, speaker: Range<Int>?) -> Bool {
    let close = quotations[quotation].close
    guard let last = quotations[quotation].content.last else { return false }
    let ending = analysis.tokens[last].mark
    let comma = close + 1 < analysis.tokens.count && analysis.tokens[close + 1].mark == .comma
    // "“Hay gobernabilidad” dice Lee"
    let isBare = !language.traits.contains(.fixedWordOrder) && close + 1 == verb && analysis.beginsNounPhrase(verb + 1)
    guard ending == .comma || ending.endsSentence || comma || ending == .dash || isBare else { return false }
    var between = close + 1
    if comma { between += 1 }
    var first = speaker?.lowerBound ?? verb
    // "a-t-il dit", "s’est exclamé"
    while first > between, analysis.roles[first - 1] == .auxiliary || analysis.classes[first - 1] == .objectPronoun {
      first -= 1
    }
    return first - between <= 1 && verb - close < 24
  }

  /// Whether the quotation after the verb is its content: a comma, a colon or `that` stands between them, or nothing.
  func opensSpeech(_ quotation: Int, after verb: Int) -> Bool {
    let open = quotations[quotation].open
    guard open > verb, open - verb <= 10 else { return false }
    let before = analysis.tokens[open - 1].mark
    // "said that “we won”", but not "said that “winning” is good"
    let isNear = (open == verb + 1 || analysis.classes[open - 1] == .that) && !hasWordAfter(quotation)
    guard before == .comma || before == .colon || isNear else { return false }
    return quotations[quotation].content.count > 1 || before != .none
  }

  /// Whether a word stands directly after the closing mark.
  private func hasWordAfter(_ quotation: Int) -> Bool {
    let next = quotations[quotation].endToken
    return quotations[quotation].isClosed && next < analysis.tokens.count && analysis.tokens[next].kind == .word
      && analysis.tokens[next].gap == .space
  }

  /// The quotation after a cue that continues the one before it: `"We won," he said, "twice."`
  func continuation(of quotation: Int, after verb: Int, speaker: Range<Int>?) -> Int? {
    let next = quotation + 1
    guard next < quotations.count, quotations[next].open <= max(verb, (speaker?.upperBound ?? 0) - 1) + 3,
      let last = quotations[quotation].content.last, case let end = quotations[quotation].endToken,
      analysis.tokens[last].mark == .comma || analysis.tokens[end].mark == .comma,
      analysis.tokens[quotations[next].open - 1].mark == .comma
    else { return nil }
    return next
  }

  /// Whether the quotation holds the title of a work within a clause: `on “Meet the Press.”`
  func isTitle(_ quotation: Int) -> Bool {
    let open = quotations[quotation].open
    guard open > 0, analysis.tokens[open - 1].kind != .mark, !analysis.roles[open - 1].isCue else { return false }
    return quotations[quotation].content.allSatisfy { i in
      let token = analysis.tokens[i]
      return token.kind != .word || token.isCapitalised || analysis.roles[i].isFunction
        || analysis.isWord(i, "the", in: text) || analysis.isWord(i, "a", in: text)
    }
  }
}
