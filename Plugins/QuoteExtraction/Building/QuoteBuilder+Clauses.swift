import Hearsay
import HearsayText

/// The clauses beside a cue: what is reported without marks, or with marks in a part of it.
extension QuoteBuilder {
  /// The clause that a cue introduces: behind `that`, or right behind a verb of speech.
  func clause(after verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    guard let start = beginning(ofClauseBehind: verb, in: sentence, text) else { return nil }
    var end = min(sentence.upperBound, start + Self.longestClause)
    // A comma inside closing marks ends the clause.
    var index = firstQuotation(endingAt: start, near)
    while near.contains(index), quotations[index].close + 1 < end {
      if let last = quotations[index].content.last, analysis.tokens[last].mark == .comma {
        end = quotations[index].close + 1
      }
      index += 1
    }
    while end > start, analysis.tokens[end - 1].kind == .mark, !analysis.tokens[end - 1].mark.isDoubleQuote,
      analysis.tokens[end - 1].mark != .closeBracket
    { end -= 1 }
    return end - start >= 2 ? start..<end : nil
  }

  /// Takes a clause behind a verb without its subject: `Dijo que llovía.`
  mutating func takeClauseUnnamed(
    _ verb: Int, from start: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) {
    if verb > start {
      let before = analysis.classes[verb - 1]
      // "que dijo que", "se dijo que"
      if before == .that || before == .interrogative || before == .objectPronoun { return }
    }
    guard verb + 1 < sentence.upperBound,
      analysis.classes[verb + 1] == .that || analysis.isBetweenVerbAndClause(verb + 1),
      let content = clause(after: verb, in: sentence, near, text)
    else { return }
    add(content, verb, nil, near)
    found(.clauseBehindCue, verb)
  }

  /// Takes a clause that the verb and its subject stand within, between commas: `The fire, Lee said, was found early.`
  mutating func takeAround(
    _ verb: Int, _ speaker: Range<Int>?, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) -> Bool {
    let subject =
      if let speaker, speaker.lowerBound < verb { speaker } else {
        analysis.subject(after: verb, to: sentence.upperBound, in: text)
      }
    guard let subject, case let next = max(verb + 1, subject.upperBound), next + 3 < sentence.upperBound,
      sentence.upperBound - next <= Self.longestClause, analysis.tokens[next].mark == .comma,
      let comma = comma(before: min(verb, subject.lowerBound), from: sentence.lowerBound),
      !analysis.hasVerb(sentence.lowerBound..<comma)
    else { return false }
    var rest = analysis.withoutMarksAtEnd(next + 1..<sentence.upperBound)
    // The closing mark, if what opens it is there.
    let index = firstQuotation(endingAt: rest.upperBound, near)
    if near.contains(index), rest.contains(quotations[index].open), quotations[index].endToken <= sentence.upperBound {
      rest = rest.lowerBound..<quotations[index].endToken
    }
    guard rest.count > 2, !isClaimed(sentence.lowerBound..<comma), !isClaimed(rest) else { return false }
    let count = drafts.count
    add(rest, verb, subject, near)
    guard drafts.count > count, drafts[count].cue == verb else { return false }
    if drafts[count].kind == .direct { drafts[count].kind = .mixed }
    drafts[count].pieces = [sentence.lowerBound..<comma, rest]
    found(.clauseAroundCue, verb)
    return true
  }

  /// Whether a comma stands right before the token, or in front of a closing mark there.
  private func endsWithComma(before token: Int) -> Bool {
    let last = analysis.tokens[token - 1].mark
    return last == .comma || last.isDoubleQuote && token > 1 && analysis.tokens[token - 2].mark == .comma
  }

  /// Where the clause that a verb reports begins: behind `that`, or right behind a verb of speech.
  private func beginning(ofClauseBehind verb: Int, in sentence: Range<Int>, _ text: Swift.Span<UInt8>) -> Int? {
    let start = verb + 1
    var limit = min(sentence.upperBound, verb + 9)
    if let stop = (start..<max(start, limit)).first(where: { analysis.endsPhrase($0) }) { limit = stop }
    let isParticiple = isReportingParticiple(verb, in: text)
    // "adding to the problems that it has"
    if isParticiple, start < limit, analysis.classes[start] == .to { return nil }
    if let that = (start..<max(start, limit)).first(where: { analysis.classes[$0] == .that }),
      that == start || analysis.language.hasModel || analysis.isBetweenVerbAndClause(start)
    {
      return that + 1
    }
    switch analysis.language {
    case .auto, .en:
      guard analysis.roles[verb] == .speech, start < sentence.upperBound,
        analysis.tokens[start].kind != .mark || analysis.tokens[start].mark.isDoubleQuote,
        analysis.roles[start] == .none || analysis.isWord(start, "there", in: text)
          || analysis.isWord(start, "if", in: text),
        !(isParticiple && analysis.roles[start] == .boundary)
      else { return nil }
      return start
    // "sagte am Montag, dass", "sagte, die Lage sei ernst"
    case .de:
      let next = limit + 1
      guard next < sentence.upperBound, analysis.tokens[limit].mark == .comma else { return nil }
      if analysis.classes[next] == .that { return next + 1 }
      // What stands between tells when and where, and is no noun that a relative clause may be of: "rief die Polizei, die".
      guard analysis.roles[verb] == .speech, analysis.beginsNounPhrase(next),
        (start..<limit).allSatisfy({ isBesideVerb($0, from: start) })
      else { return nil }
      // "Das heißt, die Polizei kam."
      let isBack = verb > 0 && analysis.known(verb - 1, in: text)?.isAnaphoric ?? false
      return isBack ? nil : next
    default: return nil
    }
  }

  /// Whether the token is of a phrase that tells when or where: `am Montag in Berlin`.
  private func isBesideVerb(_ token: Int, from start: Int) -> Bool {
    analysis.isBetweenVerbAndClause(token) || token > start && analysis.classes[token - 1].isPreposition
  }

  mutating func accordingTo(_ i: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>) {
    var last = i
    if analysis.roles[i] == .accordingTo {
      guard i + 1 < sentence.upperBound, analysis.classes[i + 1] == .to else { return }
      last = i + 1
    }
    // "nach Angaben der Polizei", "de acuerdo con"
    let start = i > sentence.lowerBound && analysis.classes[i - 1].isPreposition ? i - 1 : i
    let isFirst = start == sentence.lowerBound
    // "…, so der Minister"
    if analysis.classes[i] == .as, !isFirst, !endsWithComma(before: start) { return }
    guard let source = analysis.subject(after: last, to: sentence.upperBound, in: text) else { return }
    // "«…». Così il ministro."
    if analysis.classes[i] == .as, isFirst {
      guard !analysis.hasVerb(source.upperBound..<sentence.upperBound) else { return }
      _ = takeSaidBefore(i, source, in: sentence, after: nil)
      return
    }
    var content = sentence.lowerBound..<start
    if isFirst {
      let isComma = source.upperBound < sentence.upperBound && analysis.tokens[source.upperBound].mark == .comma
      guard isComma || analysis.language.isVerbSecond else { return }
      content = min(source.upperBound + (isComma ? 1 : 0), sentence.upperBound)..<sentence.upperBound
    }
    while let last = content.last, analysis.tokens[last].kind == .mark, !analysis.tokens[last].mark.isDoubleQuote {
      content = content.dropLast()
    }
    guard content.count >= 3, content.count <= Self.longestClause else { return }
    add(content, i, source, near)
    found(.accordingTo, i)
    // "Drei Menschen wurden laut Polizei verletzt."
    guard analysis.language.isVerbSecond, !isFirst else { return }
    let rest = analysis.withoutMarksAtEnd(source.upperBound..<max(source.upperBound, sentence.upperBound))
    guard let first = rest.first, analysis.tokens[first].kind == .word,
      let last = drafts.indices.last, drafts[last].cue == i, drafts[last].kind != .direct
    else { return }
    drafts[last].pieces.append(rest)
  }

  /// Adds a reported clause: direct where marks hold all of it, mixed where they hold a part.
  mutating func add(_ content: Range<Int>, _ cue: Int, _ speaker: Range<Int>?, _ near: Range<Int>) {
    if let last = drafts.last, last.kind != .direct, let piece = last.pieces.first, piece.overlaps(content) { return }
    if isClaimed(content) { return }
    var inside: [Int] = []
    var index = firstQuotation(endingAt: content.lowerBound, near)
    while near.contains(index), quotations[index].open < content.upperBound {
      if content.contains(quotations[index].open), !isTaken[index] { inside.append(index) }
      index += 1
    }
    if let only = inside.first, quotations[only].open == content.lowerBound,
      quotations[only].close + 1 >= content.upperBound
    {
      take(only, cue: cue, speaker: speaker, confidence: 0.95)
      return
    }
    for index in inside { isTaken[index] = true }
    let thought = analysis.roles[cue] == .thought
    drafts.append(
      Draft(
        pieces: [content], kind: inside.isEmpty ? .indirect : .mixed, cue: cue, speaker: speaker,
        confidence: thought ? 0.5 : inside.isEmpty ? 0.75 : 0.85))
  }

  /// Whether what stands behind a verb can be its subject. In English an object may: it is a subject where nothing but an
  /// apposition follows.
  func isInverted(_ subject: Range<Int>, behind verb: Int, in sentence: Range<Int>, _ text: Swift.Span<UInt8>) -> Bool {
    guard analysis.beginsNounPhrase(subject.lowerBound) else { return false }
    guard analysis.language.hasModel else { return true }
    // What is told somebody has an object; "when he arrived" is nothing said.
    guard analysis.isWord(verb, "said", in: text) || analysis.isWord(verb, "says", in: text),
      analysis.classes[sentence.lowerBound] != .subordinator
    else { return false }
    let next = subject.upperBound
    return analysis.tokens[subject.lowerBound].isCapitalised
      && (next >= sentence.upperBound || analysis.tokens[next].kind == .mark)
  }

  /// The comma that a clause ends with before the token, auxiliaries between them aside: `…, a dit Lee`.
  func comma(before token: Int, from lowest: Int) -> Int? {
    var i = token - 1
    while i > lowest, analysis.roles[i] == .auxiliary { i -= 1 }
    return i > lowest + 1 && i - lowest <= Self.longestClause && analysis.tokens[i].mark == .comma ? i : nil
  }
}
