import Hearsay
import HearsayText

/// The reports of speech that cues and marks settle by rule.
extension QuoteBuilder {
  /// Notes what found the last draft, if it is that of the cue.
  mutating func found(_ finder: Finder, _ cue: Int) {
    guard let last = drafts.indices.last, drafts[last].cue == cue else { return }
    drafts[last].finder = finder
  }

  /// Finds the reports in a sentence.
  ///
  /// - Parameter before: The sentence before, if it is of the same paragraph.
  mutating func attributions(
    in sentence: Range<Int>, after before: Range<Int>?, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) {
    while nextCue < analysis.cues.count, analysis.cues[nextCue] < sentence.lowerBound { nextCue += 1 }
    let first = nextCue
    while nextCue < analysis.cues.count, analysis.cues[nextCue] < sentence.upperBound { nextCue += 1 }
    let cues = analysis.cues[first..<nextCue]
    for i in cues where analysis.roles[i].namesSource && !isInside(i, near) {
      accordingTo(i, in: sentence, near, text)
    }
    for verb in cues where analysis.roles[verb].isCue && !isClaimed(verb..<verb + 1) && !isInside(verb, near) {
      if analysis.language.hasModel || !takeSaidBefore(verb, in: sentence, after: before, text) {
        attribution(verb, in: sentence, near, text)
      }
    }
    if hasModel { return }
    for verb in cues
    where analysis.roles[verb] == .evaluativeVerb && !isClaimed(verb..<verb + 1) && !isInside(verb, near) {
      judgement(verb, in: sentence, near, text)
    }
  }

  /// The first token of the sentence outside marks, not before the last boundary mark to the left of `verb`.
  private func clauseStart(of verb: Int, in sentence: Range<Int>, _ near: Range<Int>) -> Int {
    let index = firstQuotation(endingAt: verb, near) - 1
    return near.contains(index) ? max(sentence.lowerBound, quotations[index].close + 1) : sentence.lowerBound
  }

  private mutating func attribution(_ verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
  {
    let start = clauseStart(of: verb, in: sentence, near)
    var end = sentence.upperBound
    let position = firstQuotation(endingAt: verb, near)
    let next = near.contains(position) ? position : nil
    if let next { end = min(end, quotations[next].open) }
    let isParticiple = isReportingParticiple(verb, in: text)
    if isParticiple ? analysis.isAdjective(verb, from: start) : analysis.isNoun(verb, from: start) {
      return
    }
    let speaker = speaker(of: verb, start..<max(start, end), in: sentence, near, text)

    // Marks right before: "…," Lee said / said Lee.
    if near.contains(position - 1), case let before = position - 1, analysis.roles[verb] == .speech || speaker != nil,
      touches(before, verb, speaker), !isTitle(before, in: text)
    {
      let inverted =
        verb == start || analysis.tokens[verb - 1].mark == .comma
        ? analysis.subject(after: verb, to: end, in: text) : nil
      if let who = inverted ?? speaker ?? analysis.subject(after: verb, to: end, in: text) {
        if endsClause(before, from: sentence.lowerBound) {
          add(sentence.lowerBound..<quotations[before].endToken, verb, who, near)
        } else {
          takeDirect(before, verb, who)
        }
        found(.marksBeforeCue, verb)
        return
      }
    }
    // A speaker who was named before: «…», dijo.
    if speaker == nil, analysis.language.dropsSubjects, analysis.roles[verb] == .speech,
      takeUnnamed(verb, position - 1, next, near)
    {
      return
    }
    // Marks right behind: Lee said, "…" / told reporters: "…"
    if let next, analysis.roles[verb] == .speech, opensSpeech(next, after: verb), let speaker {
      take(next, cue: verb, speaker: speaker, confidence: 0.95)
      found(.marksBehindCue, verb)
      return
    }
    // Between two parts of a clause: …, Lee said, … / …, a dit Lee, …
    let tells = analysis.roles[verb] == .speech && !isParticiple
    if tells, takeAround(verb, speaker, in: sentence, near, text) { return }
    // A clause in front, and the subject behind: …, said Lee.
    if tells, speaker.map({ $0.lowerBound > verb }) ?? true,
      let comma = comma(before: verb, from: sentence.lowerBound), analysis.hasVerb(sentence.lowerBound..<comma),
      let who = analysis.subject(after: verb, to: end, in: text), isInverted(who, behind: verb, in: sentence, text)
    {
      add(sentence.lowerBound..<comma, verb, who, near)
      found(.clauseBeforeCue, verb)
      return
    }
    guard let speaker else {
      if analysis.language.dropsSubjects { takeClauseUnnamed(verb, from: start, in: sentence, near, text) }
      return
    }
    // A clause behind: Lee said that …
    if let content = clause(after: verb, in: sentence, near, text) {
      add(content, verb, speaker, near)
      found(.clauseBehindCue, verb)
      return
    }
    // A clause in front: …, Lee said.
    let isLast =
      verb + 1 >= sentence.upperBound
      || analysis.tokens[verb + 1].kind == .mark && analysis.tokens[verb + 1].mark != .colon
    if analysis.roles[verb] == .speech, isLast, speaker.lowerBound > sentence.lowerBound + 2,
      speaker.lowerBound - sentence.lowerBound <= Self.longestClause,
      let comma = comma(before: speaker.lowerBound, from: sentence.lowerBound),
      start == sentence.lowerBound || isMarkedWord(position - 1, near)
    {
      add(sentence.lowerBound..<comma, verb, speaker, near)
      found(.clauseBeforeCue, verb)
      return
    }
    if analysis.roles[verb] == .speech, verb + 1 < analysis.tokens.count, analysis.tokens[verb + 1].mark == .colon {
      lostCues.append((verb, speaker))
    }
  }

  /// Whoever a verb says it of: the subject before it, which it may share with another verb; behind it, where that is usual.
  ///
  /// - Parameter clause: From the start of the verb's clause to the next quotation.
  private func speaker(
    of verb: Int, _ clause: Range<Int>, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) -> Range<Int>? {
    var speaker = analysis.subject(before: verb, from: clause.lowerBound, in: text)
    if analysis.language.isVerbSecond,
      speaker.map({ analysis.isTime($0.upperBound - 1) }) ?? true || analysis.beginsWithoutSubject(clause.lowerBound),
      analysis.beginsNounPhrase(verb + 1)
    {
      speaker = analysis.subject(after: verb, to: clause.upperBound, in: text)
    }
    if speaker == nil { speaker = nameInMarks(before: verb, in: sentence, near, text) }
    // "Lee stopped and said"
    let isShared = verb > clause.lowerBound && analysis.classes[verb - 1] == .conjunction
    let isBeforeClause = verb + 1 < sentence.upperBound && analysis.classes[verb + 1] == .that
    if speaker == nil, isShared || analysis.language.dropsSubjects && isBeforeClause {
      speaker = subject(before: verb, in: sentence, text)
    }
    guard isReportingParticiple(verb, in: text), speaker == nil || analysis.tokens[max(verb - 1, 0)].mark == .comma
    else {
      return speaker
    }
    return subjectOfClause(before: verb, in: sentence, near, text)
  }

  /// A subject that ends with a name in marks, before the verb: `the weekly “Mirror” wrote`.
  private func nameInMarks(
    before verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>
  ) -> Range<Int>? {
    let index = firstQuotation(endingAt: verb, near) - 1
    guard near.contains(index), quotations[index].endToken == verb, quotations[index].content.count <= 3,
      let last = quotations[index].content.last, analysis.tokens[last].kind == .word
    else { return nil }
    let open = quotations[index].open
    if let noun = analysis.subject(before: open, from: sentence.lowerBound, in: text) { return noun.lowerBound..<verb }
    // "Auch „Die Zeit“ schrieb"
    let isAlone = open <= sentence.lowerBound || analysis.classes[open - 1] == .adverb
    return !analysis.language.hasModel && isAlone ? open..<verb : nil
  }

  /// Whether a cue reports as a participle: `saying`.
  func isReportingParticiple(_ verb: Int, in text: Swift.Span<UInt8>) -> Bool {
    analysis.language.hasReportingParticiples && text[analysis.tokens[verb].end - 1] == UInt8(ascii: "g")
  }

  /// The subject that a participle (`…, stating that`) shares with the clause before it.
  private func subjectOfClause(before verb: Int, in sentence: Range<Int>, _ near: Range<Int>, _ text: Swift.Span<UInt8>)
    -> Range<Int>?
  {
    var i = verb - 1
    while i > sentence.lowerBound, verb - i < 60 {
      let role = analysis.roles[i]
      if role == .evaluativeVerb || role.isCue, !isInside(i, near),
        let subject = analysis.subject(before: i, from: sentence.lowerBound, in: text),
        !analysis.isWord(subject.lowerBound, "he", in: text) || subject.count > 1
      {
        return subject
      }
      i -= 1
    }
    return nil
  }
}
