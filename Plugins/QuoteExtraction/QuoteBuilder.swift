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
  private static let longestClause = 400

  let article: Article
  private let quoted: [Quoted]
  private var isTaken: [Bool]
  /// Whether a token is cue or content of what the model found; empty where there is no model.
  private var isClaimed: [Bool] = []
  private var directEnds: [(end: Int, draft: Int)] = []
  private var nextDirect = 0
  private(set) var drafts: [Draft] = []
  /// Speakers of cues that stand before a colon with nothing behind it.
  private var lostCues: [(cue: Int, speaker: Range<Int>)] = []

  init(article: Article) {
    self.init(article: article, quoted: MarkPairs.find(in: article))
  }

  init(article: Article, quoted: [Quoted]) {
    self.article = article
    self.quoted = quoted
    isTaken = Array(repeating: false, count: quoted.count)
  }

  /// Takes what the model found; the rules leave it as it is.
  mutating func add(_ found: [Draft]) {
    isClaimed = Array(repeating: false, count: article.tokens.count)
    for draft in found {
      for index in draft.quotations {
        isTaken[index] = true
        var next = index
        while quoted[next].continues, next + 1 < quoted.count {
          next += 1
          isTaken[next] = true
        }
      }
      for piece in draft.pieces { for token in piece { isClaimed[token] = true } }
      for token in draft.cueTokens { isClaimed[token] = true }
      drafts.append(draft)
    }
    drafts.sort { ($0.pieces.first?.lowerBound ?? 0) < ($1.pieces.first?.lowerBound ?? 0) }
  }

  mutating func run(in text: Swift.Span<UInt8>) {
    var first = 0
    for sentence in article.sentences {
      while first < quoted.count, quoted[first].close < sentence.lowerBound { first += 1 }
      var last = first
      while last < quoted.count, quoted[last].open < sentence.upperBound { last += 1 }
      reports(in: sentence, first..<last, text)
    }
    rest(in: text)
    adoptBlocks()
    nested(in: text)
  }

  // MARK: Reports

  /// The first of `near` that ends at or behind the token.
  private func firstQuoted(endingAt token: Int, _ near: Range<Int>) -> Int {
    var low = near.lowerBound
    var high = near.upperBound
    while low < high {
      let middle = (low + high) / 2
      if quoted[middle].close >= token { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The quotation whose opening mark begins at the token.
  func pair(from token: Int) -> Quoted? {
    let index = firstQuoted(endingAt: token, quoted.indices)
    return quoted.indices.contains(index) && quoted[index].firstToken == token ? quoted[index] : nil
  }

  /// Whether the token stands within marks.
  private func isInside(_ token: Int, _ near: Range<Int>) -> Bool {
    let index = firstQuoted(endingAt: token, near)
    guard near.contains(index), quoted[index].open <= token else { return false }
    return quoted[index].isClosed || token < quoted[index].close
  }

  /// Notes what found the last draft, if it is that of the cue.
  private mutating func found(_ finder: Finder, _ cue: Int) {
    guard let last = drafts.indices.last, drafts[last].cue == cue else { return }
    drafts[last].finder = finder
  }

  /// Whether the model found a quote that has one of the tokens.
  private func isClaimed(_ tokens: Range<Int>) -> Bool {
    !isClaimed.isEmpty && tokens.contains { isClaimed[$0] }
  }

  private mutating func reports(in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    accordingTo(in: sentence, near, text)
    for verb in sentence where article.roles[verb].isCue && !isClaimed(verb..<verb + 1) && !isInside(verb, near) {
      report(verb, in: sentence, near, text)
    }
  }

  /// The first token of the sentence outside marks, not before the last boundary mark to the left of `verb`.
  private func clauseStart(of verb: Int, in sentence: Range<Int>, _ near: Range<Int>) -> Int {
    let index = firstQuoted(endingAt: verb, near) - 1
    let start = near.contains(index) ? max(sentence.lowerBound, quoted[index].close + 1) : sentence.lowerBound
    return start
  }

  private mutating func report(_ verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    let start = clauseStart(of: verb, in: sentence, near)
    var end = sentence.upperBound
    let position = firstQuoted(endingAt: verb, near)
    let next = near.contains(position) ? position : nil
    if let next { end = min(end, quoted[next].open) }
    let isParticiple = text[article.tokens[verb].end - 1] == UInt8(ascii: "g")
    var speaker = article.subject(before: verb, from: start, in: text)
    if isParticiple, speaker == nil || article.tokens[max(verb - 1, 0)].mark == .comma {
      speaker = subjectOfClause(before: verb, in: sentence, near, text)
    }

    // Marks right before: "…," Lee said / said Lee.
    if near.contains(position - 1), case let before = position - 1, article.roles[verb] == .speech || speaker != nil,
      touches(before, verb, speaker, start, text)
    {
      let inverted =
        verb == start || article.tokens[verb - 1].mark == .comma ? article.subject(after: verb, to: end, in: text) : nil
      if let who = inverted ?? speaker ?? article.subject(after: verb, to: end, in: text) {
        takeDirect(before, verb, who, sentence, near, end, text)
        found(.marksBeforeCue, verb)
        return
      }
    }
    // Marks right behind: Lee said, "…" / told reporters: "…"
    if let next, article.roles[verb] == .speech, opensSpeech(next, after: verb, text), let speaker {
      take(next, cue: verb, speaker: speaker, confidence: 0.95)
      found(.marksBehindCue, verb)
      return
    }
    guard let speaker else { return }
    // A clause behind: Lee said that …
    if let content = clause(after: verb, in: sentence, near, text) {
      add(content, verb, speaker, near, text)
      found(.clauseBehindCue, verb)
      return
    }
    // A clause in front: …, Lee said.
    let isLast =
      verb + 1 >= sentence.upperBound
      || article.tokens[verb + 1].kind == .mark && article.tokens[verb + 1].mark != .colon
    if article.roles[verb] == .speech, isLast, speaker.lowerBound > sentence.lowerBound + 2,
      speaker.lowerBound - sentence.lowerBound <= Self.longestClause,
      article.tokens[speaker.lowerBound - 1].mark == .comma,
      start == sentence.lowerBound || isMarkedWord(position - 1, near)
    {
      add(sentence.lowerBound..<speaker.lowerBound - 1, verb, speaker, near, text)
      found(.clauseBeforeCue, verb)
      return
    }
    if article.roles[verb] == .speech, verb + 1 < article.tokens.count, article.tokens[verb + 1].mark == .colon {
      lostCues.append((verb, speaker))
    }
  }

  /// The subject that a participle (`…, stating that`) shares with the clause before it.
  private func subjectOfClause(before verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    var i = verb - 1
    while i > sentence.lowerBound, verb - i < 60 {
      let role = article.roles[i]
      if role == .judgement || role.isCue, !isInside(i, near),
        let subject = article.subject(before: i, from: sentence.lowerBound, in: text),
        !article.isWord(subject.lowerBound, "he", in: text) || subject.count > 1
      {
        return subject
      }
      i -= 1
    }
    return nil
  }

  /// Whether the marks before the verb are its content: only the speaker stands between them.
  private func touches(
    _ index: Int, _ verb: Int, _ speaker: Range<Int>?, _ start: Int, _ text: Swift.Span<UInt8>
  ) -> Bool {
    let close = quoted[index].close
    guard let last = quoted[index].content.last else { return false }
    let ending = article.tokens[last].mark
    let comma = close + 1 < article.tokens.count && article.tokens[close + 1].mark == .comma
    guard ending == .comma || ending.endsSentence || comma || ending == .dash else { return false }
    var between = close + 1
    if comma { between += 1 }
    let first = speaker?.lowerBound ?? verb
    return first - between <= 1 && verb - close < 24
  }

  /// Whether the marks hold words of a clause, not a quotation of their own: `The so-called "plan" failed, he said.`
  private func isMarkedWord(_ index: Int, _ near: Range<Int>) -> Bool {
    guard near.contains(index), let last = quoted[index].content.last else { return false }
    return article.tokens[last].kind != .mark
  }

  private func opensSpeech(_ index: Int, after verb: Int, _ text: Swift.Span<UInt8>) -> Bool {
    let open = quoted[index].open
    guard open > verb, open - verb <= 10 else { return false }
    let before = article.tokens[open - 1].mark
    guard before == .comma || before == .colon || open == verb + 1 || article.isWord(open - 1, "that", in: text) else {
      return false
    }
    return quoted[index].content.count > 1 || before != .none
  }

  /// A quotation before its cue, and the part behind that goes on with it.
  private mutating func takeDirect(
    _ index: Int, _ verb: Int, _ speaker: Range<Int>, _ sentence: Range<Int>, _ near: Range<Int>, _ end: Int,
    _ text: Swift.Span<UInt8>
  ) {
    guard !isTaken[index] else { return }
    take(index, cue: verb, speaker: speaker, confidence: 0.97)
    // "We won," he said, "twice."
    let next = index + 1
    guard next < quoted.count, !isTaken[next], quoted[next].open <= max(verb, speaker.upperBound - 1) + 3,
      let last = quoted[index].content.last, article.tokens[last].mark == .comma,
      article.tokens[quoted[next].open - 1].mark == .comma
    else { return }
    isTaken[next] = true
    drafts[drafts.count - 1].pieces.append(quoted[next].content)
  }

  private mutating func take(_ index: Int, cue: Int?, speaker: Range<Int>?, confidence: Double) {
    guard !isTaken[index] else { return }
    isTaken[index] = true
    var pieces = [quoted[index].content]
    var next = index
    while quoted[next].continues, next + 1 < quoted.count, !isTaken[next + 1] {
      next += 1
      isTaken[next] = true
      pieces.append(quoted[next].content)
    }
    drafts.append(Draft(pieces: pieces, kind: .direct, cue: cue, speaker: speaker, confidence: confidence))
  }

  /// The clause that a cue introduces: behind `that`, or right behind a verb of speech.
  private func clause(after verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    var start = verb + 1
    var limit = min(sentence.upperBound, verb + 9)
    if let stop = (start..<max(start, limit)).first(where: {
      article.tokens[$0].kind == .mark && !article.tokens[$0].mark.isDoubleQuote
    }) {
      limit = stop
    }
    if let that = (start..<max(start, limit)).first(where: { article.isWord($0, "that", in: text) }) {
      start = that + 1
    } else {
      guard article.roles[verb] == .speech, start < sentence.upperBound, article.tokens[start].kind == .word,
        article.roles[start] == .none || article.isWord(start, "there", in: text),
        !(text[article.tokens[verb].end - 1] == UInt8(ascii: "g") && article.roles[start] == .boundary)
      else { return nil }
    }
    var end = min(sentence.upperBound, start + Self.longestClause)
    // A comma inside closing marks ends the clause.
    var index = firstQuoted(endingAt: start, near)
    while near.contains(index), quoted[index].close + 1 < end {
      if let last = quoted[index].content.last, article.tokens[last].mark == .comma { end = quoted[index].close + 1 }
      index += 1
    }
    while end > start, article.tokens[end - 1].kind == .mark, !article.tokens[end - 1].mark.isDoubleQuote,
      article.tokens[end - 1].mark != .closeBracket
    { end -= 1 }
    return end - start >= 2 ? start..<end : nil
  }

  private mutating func accordingTo(in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    for i in sentence
    where article.isWord(i, "according", in: text) && article.isWord(i + 1, "to", in: text) && !isInside(i, near) {
      guard let source = article.subject(after: i + 1, to: sentence.upperBound, in: text) else { continue }
      var content: Range<Int>
      if i == sentence.lowerBound {
        guard source.upperBound < sentence.upperBound, article.tokens[source.upperBound].mark == .comma else {
          continue
        }
        content = source.upperBound + 1..<sentence.upperBound
      } else {
        content = sentence.lowerBound..<i
      }
      while let last = content.last, article.tokens[last].kind == .mark, !article.tokens[last].mark.isDoubleQuote {
        content = content.dropLast()
      }
      guard content.count >= 3, content.count <= Self.longestClause else { continue }
      add(content, i, source, near, text)
      found(.accordingTo, i)
    }
  }

  /// Adds a reported clause: direct where marks hold all of it, mixed where they hold a part.
  private mutating func add(
    _ content: Range<Int>, _ cue: Int, _ speaker: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) {
    if let last = drafts.last, last.kind != .direct, let piece = last.pieces.first, piece.overlaps(content) { return }
    if isClaimed(content) { return }
    var inside: [Int] = []
    var index = firstQuoted(endingAt: content.lowerBound, near)
    while near.contains(index), quoted[index].open < content.upperBound {
      if content.contains(quoted[index].open), !isTaken[index] { inside.append(index) }
      index += 1
    }
    if let only = inside.first, quoted[only].open == content.lowerBound, quoted[only].close + 1 >= content.upperBound {
      take(only, cue: cue, speaker: speaker, confidence: 0.95)
      return
    }
    for index in inside { isTaken[index] = true }
    var content = content
    // The closing mark of a clause that ends with it is no part of what was said.
    if let last = inside.last, quoted[last].isClosed, quoted[last].close + 1 == content.upperBound {
      content = content.lowerBound..<quoted[last].close
      if let end = content.last, article.tokens[end].mark == .comma { content = content.dropLast() }
    }
    let thought = article.roles[cue] == .thought
    drafts.append(
      Draft(
        pieces: [content], kind: inside.isEmpty ? .indirect : .mixed, cue: cue, speaker: speaker,
        confidence: thought ? 0.5 : inside.isEmpty ? 0.75 : 0.85))
  }

  // MARK: What no cue reports

  private mutating func rest(in text: Swift.Span<UInt8>) {
    // Where each direct quote ends, for finding the one before a quotation that goes on.
    directEnds = drafts.indices.filter { drafts[$0].kind == .direct }
      .map { (drafts[$0].pieces.last?.upperBound ?? 0, $0) }.sorted { $0 < $1 }
    for index in quoted.indices where !isTaken[index] {
      let content = quoted[index].content
      guard let first = content.first, let last = content.last else { continue }
      let isWhole = article.tokens[last].mark.endsSentence || article.tokens[last].mark == .comma && content.count > 8
      let atStart = article.tokens[quoted[index].open].gap >= .line
      let followsQuote = index > 0 && isTaken[index - 1] && article.tokens[quoted[index].open].gap != .paragraph
      if !isWhole || content.count <= 3 && !followsQuote || isTitle(index, in: text), content.count <= 8,
        !quoted[index].continues
      {
        isTaken[index] = true
        drafts.append(Draft(pieces: [trimmed(content)], kind: .scare, confidence: 0.8))
        continue
      }
      let isParagraph =
        atStart
        && (quoted[index].close + 1 >= article.tokens.count || article.tokens[quoted[index].close + 1].gap == .paragraph
          || quoted[index].continues)
      let before = lastDirect(endingBefore: first)
      if let before, goesOn(index, behind: drafts[before], isWhole: isWhole) {
        isTaken[index] = true
        drafts[before].pieces.append(content)
        var next = index
        while quoted[next].continues, next + 1 < quoted.count, !isTaken[next + 1] {
          next += 1
          isTaken[next] = true
          drafts[before].pieces.append(quoted[next].content)
        }
        continue
      }
      take(index, cue: nil, speaker: nil, confidence: 0.6)
      if isParagraph {
        drafts[drafts.count - 1].isBlock = true
      } else if followsQuote, let before, quoted[index].open - (drafts[before].pieces.last?.upperBound ?? 0) < 24 {
        drafts[drafts.count - 1].speaker = drafts[before].speaker
        drafts[drafts.count - 1].confidence = 0.85
        drafts[drafts.count - 1].finder = .marksBehindQuote
      } else if !atStart {
        drafts[drafts.count - 1].kind = content.count < 12 ? .scare : .direct
      }
    }
    drafts.sort { ($0.pieces.first?.lowerBound ?? 0) < ($1.pieces.first?.lowerBound ?? 0) }
  }

  /// Whether the marks hold the title of a work within a clause: `on “Meet the Press.”`
  private func isTitle(_ index: Int, in text: Swift.Span<UInt8>) -> Bool {
    let open = quoted[index].firstToken
    guard open > 0, article.tokens[open - 1].kind != .mark, !article.roles[open - 1].isCue else { return false }
    return quoted[index].content.allSatisfy { i in
      let token = article.tokens[i]
      return token.kind != .word || token.isCapitalised || article.roles[i].isFunction
        || article.isWord(i, "the", in: text)
        || article.isWord(i, "a", in: text)
    }
  }

  private mutating func lastDirect(endingBefore token: Int) -> Int? {
    while nextDirect < directEnds.count, directEnds[nextDirect].end <= token { nextDirect += 1 }
    return nextDirect > 0 ? directEnds[nextDirect - 1].draft : nil
  }

  /// Whether a quotation without a cue of its own goes on with one that has: whole sentences of the same paragraph, not
  /// far behind; or a paragraph of its own right behind the other's end.
  private func goesOn(_ index: Int, behind draft: Draft, isWhole: Bool) -> Bool {
    guard isWhole, draft.cue != nil, let last = draft.pieces.last?.upperBound else { return false }
    let open = quoted[index].firstToken
    let from = min(max(last, (draft.cue ?? 0) + 1), open)
    guard open - from < 40 else { return false }
    if article.tokens[open].gap == .paragraph {
      return article.tokens[from..<open].allSatisfy { $0.gap < .paragraph }
    }
    return article.tokens[open - 1].kind == .mark && article.tokens[open - 1].mark != .openBracket
      && article.tokens[from...open].allSatisfy { $0.gap < .paragraph }
  }

  private func trimmed(_ content: Range<Int>) -> Range<Int> {
    var content = content
    if let last = content.last, article.tokens[last].mark == .comma { content = content.dropLast() }
    return content
  }

  /// Gives paragraphs in marks to the cues that lost their quotation, in order; the last cue takes those left over.
  private mutating func adoptBlocks() {
    let blocks = drafts.indices.filter { drafts[$0].isBlock && drafts[$0].speaker == nil }
    for (number, index) in blocks.enumerated() {
      if let lost = lostCues.isEmpty ? nil : lostCues[min(number, lostCues.count - 1)] {
        drafts[index].cue = lost.cue
        drafts[index].speaker = lost.speaker
        drafts[index].confidence = 0.6
        drafts[index].finder = .blockOfLostCue
      } else if let near = drafts[..<index].last(where: { $0.speaker != nil && $0.kind == .direct }) {
        drafts[index].speaker = near.speaker
        drafts[index].confidence = 0.4
        drafts[index].finder = .blockBehindQuote
      }
    }
  }

  /// Words in single marks inside a quotation are marked words of their own.
  private mutating func nested(in text: Swift.Span<UInt8>) {
    var scares: [Draft] = []
    for draft in drafts where draft.kind == .direct {
      for piece in draft.pieces {
        var open: Int?
        for i in piece where article.tokens[i].mark.isSingleQuote {
          let opens = article.tokens[i].gap != .none || article.tokens[i].mark == .curlySingleLeft
          if opens {
            open = i
          } else if let start = open, i - start <= 12, i > start + 1 {
            scares.append(Draft(pieces: [trimmed(start + 1..<i)], kind: .scare, confidence: 0.7))
            open = nil
          }
        }
      }
    }
    guard !scares.isEmpty else { return }
    drafts += scares
    drafts.sort { ($0.pieces.first?.lowerBound ?? 0) < ($1.pieces.first?.lowerBound ?? 0) }
  }

  // MARK: Out

  /// The tokens, those that stand side by side as one span.
  private func joined(_ tokens: [Int]) -> SpanList {
    var ranges: [Range<Int>] = []
    for token in tokens {
      if let last = ranges.last, last.upperBound == token {
        ranges[ranges.count - 1] = last.lowerBound..<token + 1
      } else {
        ranges.append(token..<token + 1)
      }
    }
    return SpanList(ranges.map(article.span))
  }

  func quotes(
    in text: Swift.Span<UInt8>, resolve: Bool, least: Double, conventions: QuoteConventions,
    reasons: inout [QuoteReason]?
  ) -> [Quote] {
    guard !drafts.isEmpty else { return [] }
    var speakers = resolve ? Speakers(article: article, text: text, least: least) : nil
    return drafts.compactMap { draft in
      let draft = conventional(draft, conventions, in: text)
      // Damaged marks can hold nothing but a comma.
      var spans = SpanList()
      for piece in draft.pieces where !piece.isEmpty { spans.append(article.span(piece)) }
      guard !spans.isEmpty else { return nil }
      let speaker = draft.speaker.map { range in
        Quote.Speaker(
          spans: SpanList(article.span(range)),
          name: speakers?.name(of: range, content: draft.pieces, in: text))
      }
      var cue = draft.cue.map { SpanList(article.tokens[$0].span) }
      if let index = draft.cue, article.isWord(index, "according", in: text) {
        cue = SpanList(article.span(index..<index + 2))
      }
      if draft.cueTokens.count > 1 { cue = joined(draft.cueTokens) }
      let number = reasons?.count ?? 0
      reasons?.append(
        QuoteReason(
          quote: number, finder: draft.finder.description,
          speakers: draft.speaker == nil ? [] : speakers?.considered(in: text) ?? []))
      return Quote(id: number, spans: spans, kind: draft.kind, cue: cue, speaker: speaker, confidence: draft.confidence)
    }
  }
}
