import Hearsay
import HearsayText

/// The reports of speech that cues and marks settle by rule.
extension QuoteBuilder {
  /// Notes what found the last draft, if it is that of the cue.
  private mutating func found(_ finder: Finder, _ cue: Int) {
    guard let last = drafts.indices.last, drafts[last].cue == cue else { return }
    drafts[last].finder = finder
  }

  mutating func reports(in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    while nextCue < article.cues.count, article.cues[nextCue] < sentence.lowerBound { nextCue += 1 }
    let first = nextCue
    while nextCue < article.cues.count, article.cues[nextCue] < sentence.upperBound { nextCue += 1 }
    let cues = article.cues[first..<nextCue]
    for i in cues where article.roles[i].namesSource && !isInside(i, near) {
      accordingTo(i, in: sentence, near, text)
    }
    for verb in cues where article.roles[verb].isCue && !isClaimed(verb..<verb + 1) && !isInside(verb, near) {
      report(verb, in: sentence, near, text)
    }
    if hasModel { return }
    for verb in cues where article.roles[verb] == .judgement && !isClaimed(verb..<verb + 1) && !isInside(verb, near) {
      judgement(verb, in: sentence, near, text)
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
    let isParticiple = isParticiple(verb, in: text)
    if isParticiple ? article.isAdjective(verb, from: start) : article.isNoun(verb, from: start) { return }
    var speaker = article.subject(before: verb, from: start, in: text)
    if article.language.isVerbSecond, speaker.map({ article.isAdverbial($0, from: start) }) ?? true,
      article.beginsNounPhrase(verb + 1)
    {
      speaker = article.subject(after: verb, to: end, in: text)
    }
    // "Lee rose and said"
    if speaker == nil, verb > start, article.classes[verb - 1] == .conjunction {
      speaker = subject(before: verb, in: sentence, text)
    }
    if isParticiple, speaker == nil || article.tokens[max(verb - 1, 0)].mark == .comma {
      speaker = subjectOfClause(before: verb, in: sentence, near, text)
    }

    // Marks right before: "…," Lee said / said Lee.
    if near.contains(position - 1), case let before = position - 1, article.roles[verb] == .speech || speaker != nil,
      touches(before, verb, speaker, start, text), !isTitle(before, in: text)
    {
      let inverted =
        verb == start || article.tokens[verb - 1].mark == .comma ? article.subject(after: verb, to: end, in: text) : nil
      if let who = inverted ?? speaker ?? article.subject(after: verb, to: end, in: text) {
        if endsClause(before, from: sentence.lowerBound) {
          add(sentence.lowerBound..<quoted[before].endToken, verb, who, near, text)
        } else {
          takeDirect(before, verb, who, text)
        }
        found(.marksBeforeCue, verb)
        return
      }
    }
    // A speaker who was named before: «…», dijo.
    if speaker == nil, article.language.dropsSubjects, article.roles[verb] == .speech,
      takeUnnamed(verb, position - 1, next, near, start, text)
    {
      return
    }
    // Marks right behind: Lee said, "…" / told reporters: "…"
    if let next, article.roles[verb] == .speech, opensSpeech(next, after: verb, text), let speaker {
      take(next, cue: verb, speaker: speaker, confidence: 0.95)
      found(.marksBehindCue, verb)
      return
    }
    // A clause in front, and the subject behind: …, said Lee.
    if speaker.map({ $0.lowerBound > verb }) ?? true, article.roles[verb] == .speech, !isParticiple,
      let comma = comma(before: verb, from: sentence.lowerBound), article.hasVerb(sentence.lowerBound..<comma),
      let who = article.subject(after: verb, to: end, in: text), isInverted(who, in: sentence)
    {
      add(sentence.lowerBound..<comma, verb, who, near, text)
      found(.clauseBeforeCue, verb)
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
      let comma = comma(before: speaker.lowerBound, from: sentence.lowerBound),
      start == sentence.lowerBound || isMarkedWord(position - 1, near)
    {
      add(sentence.lowerBound..<comma, verb, speaker, near, text)
      found(.clauseBeforeCue, verb)
      return
    }
    if article.roles[verb] == .speech, verb + 1 < article.tokens.count, article.tokens[verb + 1].mark == .colon {
      lostCues.append((verb, speaker))
    }
  }

  /// Takes the marks beside a verb without a subject, said by whoever spoke before in the paragraph; whether there are such.
  private mutating func takeUnnamed(
    _ verb: Int, _ before: Int, _ next: Int?, _ near: Range<Int>, _ start: Int, _ text: Swift.Span<UInt8>
  ) -> Bool {
    let isBefore = near.contains(before) && touches(before, verb, nil, start, text)
    guard let index = isBefore ? before : next, isBefore || opensSpeech(index, after: verb, text), !isTaken[index]
    else { return false }
    if isBefore { takeDirect(index, verb, nil, text) } else { take(index, cue: verb, speaker: nil, confidence: 0.9) }
    found(isBefore ? .marksBeforeCue : .marksBehindCue, verb)
    return true
  }

  /// Whether what stands behind a verb can be its subject. In English an object may: it is a subject where nothing but an
  /// apposition follows.
  private func isInverted(_ subject: Range<Int>, in sentence: Range<Int>) -> Bool {
    guard article.beginsNounPhrase(subject.lowerBound) else { return false }
    guard article.language == .en else { return true }
    let next = subject.upperBound
    return article.tokens[subject.lowerBound].isCapitalised
      && (next >= sentence.upperBound || article.tokens[next].kind == .mark)
  }

  /// The comma that a clause ends with before the token, auxiliaries between them aside: `…, a dit Lee`.
  private func comma(before token: Int, from lowest: Int) -> Int? {
    var i = token - 1
    while i > lowest, article.roles[i] == .auxiliary { i -= 1 }
    return i > lowest + 1 && i - lowest <= Self.longestClause && article.tokens[i].mark == .comma ? i : nil
  }

  /// Whether a cue ends as a participle does.
  private func isParticiple(_ verb: Int, in text: Swift.Span<UInt8>) -> Bool {
    article.language == .en && text[article.tokens[verb].end - 1] == UInt8(ascii: "g")
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
    var first = speaker?.lowerBound ?? verb
    // "a-t-il dit", "s’est exclamé"
    while first > between, article.roles[first - 1] == .auxiliary || article.classes[first - 1] == .object {
      first -= 1
    }
    return first - between <= 1 && verb - close < 24
  }

  /// Whether the marks hold the end of a clause: `The bill's failure was “a shame,”`
  private func endsClause(_ index: Int, from start: Int) -> Bool {
    let open = quoted[index].open
    guard open > start + 1, open - start <= Self.longestClause, article.tokens[open - 1].kind == .word,
      let first = quoted[index].content.first
    else { return false }
    return article.tokens[first].shape == .lower && !isTaken[index]
  }

  /// Whether a word stands right behind the closing mark.
  private func goesOn(behind index: Int) -> Bool {
    let next = quoted[index].endToken
    return quoted[index].isClosed && next < article.tokens.count && article.tokens[next].kind == .word
      && article.tokens[next].gap == .space
  }

  private func opensSpeech(_ index: Int, after verb: Int, _ text: Swift.Span<UInt8>) -> Bool {
    let open = quoted[index].open
    guard open > verb, open - verb <= 10 else { return false }
    let before = article.tokens[open - 1].mark
    // "said that “we won”", but not "said that “winning” is good"
    let isNear = (open == verb + 1 || article.classes[open - 1] == .that) && !goesOn(behind: index)
    guard before == .comma || before == .colon || isNear else { return false }
    return quoted[index].content.count > 1 || before != .none
  }

  /// A quotation before its cue, and the part behind that goes on with it.
  private mutating func takeDirect(
    _ index: Int, _ verb: Int, _ speaker: Range<Int>?, _ text: Swift.Span<UInt8>
  ) {
    guard !isTaken[index] else { return }
    take(index, cue: verb, speaker: speaker, confidence: 0.97)
    // "We won," he said, "twice."
    let next = index + 1
    guard next < quoted.count, !isTaken[next], quoted[next].open <= max(verb, (speaker?.upperBound ?? 0) - 1) + 3,
      let last = quoted[index].content.last, case let behind = quoted[index].endToken,
      article.tokens[last].mark == .comma || article.tokens[behind].mark == .comma,
      article.tokens[quoted[next].open - 1].mark == .comma
    else { return }
    isTaken[next] = true
    drafts[drafts.count - 1].pieces.append(quoted[next].content)
  }

  /// The clause that a cue introduces: behind `that`, or right behind a verb of speech.
  private func clause(after verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    guard let start = beginning(ofClauseBehind: verb, in: sentence, text) else { return nil }
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

  /// Whether a comma stands right before the token, or in front of a closing mark there.
  private func endsWithComma(before token: Int) -> Bool {
    let last = article.tokens[token - 1].mark
    return last == .comma || last.isDoubleQuote && token > 1 && article.tokens[token - 2].mark == .comma
  }

  /// Where the clause that a verb reports begins: behind `that`, or right behind a verb of speech.
  private func beginning(ofClauseBehind verb: Int, in sentence: Range<Int>, _ text: Swift.Span<UInt8>) -> Int? {
    let start = verb + 1
    var limit = min(sentence.upperBound, verb + 9)
    if let stop = (start..<max(start, limit)).first(where: {
      article.tokens[$0].kind == .mark && !article.tokens[$0].mark.isDoubleQuote
    }) {
      limit = stop
    }
    let isParticiple = isParticiple(verb, in: text)
    // "adding to the problems that it has"
    if isParticiple, start < limit, article.classes[start] == .to { return nil }
    if let that = (start..<max(start, limit)).first(where: { article.classes[$0] == .that }),
      that == start || article.language == .en || article.isBetweenVerbAndClause(start)
    {
      return that + 1
    }
    switch article.language {
    case .auto, .en:
      guard article.roles[verb] == .speech, start < sentence.upperBound,
        article.tokens[start].kind != .mark || article.tokens[start].mark.isDoubleQuote,
        article.roles[start] == .none || article.isWord(start, "there", in: text)
          || article.isWord(start, "if", in: text),
        !(isParticiple && article.roles[start] == .boundary)
      else { return nil }
      return start
    // "sagte am Montag, dass", "sagte, die Lage sei ernst"
    case .de:
      let next = limit + 1
      guard next < sentence.upperBound, article.tokens[limit].mark == .comma else { return nil }
      if article.classes[next] == .that { return next + 1 }
      return article.roles[verb] == .speech && article.beginsNounPhrase(next) ? next : nil
    default: return nil
    }
  }

  private mutating func accordingTo(
    _ i: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) {
    var last = i
    if article.roles[i] == .according {
      guard i + 1 < sentence.upperBound, article.classes[i + 1] == .to else { return }
      last = i + 1
    }
    // "nach Angaben der Polizei", "de acuerdo con"
    let start = i > sentence.lowerBound && article.classes[i - 1].isPreposition ? i - 1 : i
    // "…, so der Minister"
    if article.classes[i] == .as, start == sentence.lowerBound || !endsWithComma(before: start) { return }
    guard let source = article.subject(after: last, to: sentence.upperBound, in: text) else { return }
    var content = sentence.lowerBound..<start
    if start == sentence.lowerBound {
      let isComma = source.upperBound < sentence.upperBound && article.tokens[source.upperBound].mark == .comma
      guard isComma || article.language.isVerbSecond else { return }
      content = min(source.upperBound + (isComma ? 1 : 0), sentence.upperBound)..<sentence.upperBound
    }
    while let last = content.last, article.tokens[last].kind == .mark, !article.tokens[last].mark.isDoubleQuote {
      content = content.dropLast()
    }
    guard content.count >= 3, content.count <= Self.longestClause else { return }
    add(content, i, source, near, text)
    found(.accordingTo, i)
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
    let thought = article.roles[cue] == .thought
    drafts.append(
      Draft(
        pieces: [content], kind: inside.isEmpty ? .indirect : .mixed, cue: cue, speaker: speaker,
        confidence: thought ? 0.5 : inside.isEmpty ? 0.75 : 0.85))
  }
}
