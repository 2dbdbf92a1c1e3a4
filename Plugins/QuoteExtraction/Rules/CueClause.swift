import HearsayText

/// A verb of speech or thought, with the quotations beside it and its subject.
struct CueClause {
  let verb: Int
  /// Where its clause begins: after the quotation before it, or with the sentence.
  let start: Int
  /// Where its clause ends: before the quotation after it, or with the sentence.
  let end: Int
  /// The indices of the quotations before and after it in its sentence.
  let previousQuotation: Int?
  let nextQuotation: Int?
  let isSpeech: Bool
  /// Whether it reports as a participle: `saying`.
  let isParticiple: Bool
  /// Its subject.
  let speaker: Range<Int>?

  /// `nil` where the word is a noun, or a participle that belongs to one: `the charge`, `a commanding lead`.
  init?(of verb: Int, in context: borrowing RuleContext) {
    let sentence = context.sentence
    let nearby = context.quotationsInSentence
    let position = context.quotations.firstIndex(endingFrom: verb, in: nearby)
    self.verb = verb
    nextQuotation = nearby.contains(position) ? position : nil
    previousQuotation = nearby.contains(position - 1) ? position - 1 : nil
    start = previousQuotation.map { max(sentence.lowerBound, context.quotations[$0].close + 1) } ?? sentence.lowerBound
    end = nextQuotation.map { min(sentence.upperBound, context.quotations[$0].open) } ?? sentence.upperBound
    isSpeech = context.analysis.roles[verb] == .speech
    isParticiple = context.isReportingParticiple(verb)
    if isParticiple
      ? context.analysis.isAdjective(verb, from: start) : context.analysis.isNoun(verb, from: start)
    {
      return nil
    }
    speaker = context.speaker(of: verb, start..<max(start, end), isParticiple: isParticiple)
  }
}

extension RuleContext {
  /// The subject of a verb: before it, where it may be shared with another verb, or after it, where the language allows that.
  ///
  /// - Parameter clause: From the start of the verb's clause to the next quotation.
  fileprivate func speaker(
    of verb: Int, _ clause: Range<Int>, isParticiple: Bool
  ) -> Range<Int>? {
    var speaker = analysis.subject(before: verb, from: clause.lowerBound, in: text)
    if analysis.language.traits.contains(.verbSecond),
      speaker.map({ analysis.isTime($0.upperBound - 1) }) ?? true || analysis.beginsWithoutSubject(clause.lowerBound),
      analysis.beginsNounPhrase(verb + 1)
    {
      speaker = analysis.subject(after: verb, to: clause.upperBound, in: text)
    }
    if speaker == nil { speaker = nameInMarks(before: verb) }
    // "Lee stopped and said"
    let isShared = verb > clause.lowerBound && analysis.classes[verb - 1] == .conjunction
    let isBeforeClause = verb + 1 < sentence.upperBound && analysis.classes[verb + 1] == .that
    if speaker == nil, isShared || analysis.language.traits.contains(.droppedSubjects) && isBeforeClause {
      speaker = subject(before: verb)
    }
    guard isParticiple, speaker == nil || analysis.tokens[max(verb - 1, 0)].mark == .comma else { return speaker }
    return subjectOfClause(before: verb)
  }

  /// A subject that ends with a name in marks, before the verb: `the weekly “Mirror” wrote`.
  private func nameInMarks(before verb: Int) -> Range<Int>? {
    let index = quotations.firstIndex(endingFrom: verb, in: quotationsInSentence) - 1
    guard quotationsInSentence.contains(index), case let quotation = quotations[index],
      quotation.endToken == verb, quotation.content.count <= 3, let last = quotation.content.last,
      analysis.tokens[last].kind == .word
    else { return nil }
    let open = quotation.open
    if let noun = analysis.subject(before: open, from: sentence.lowerBound, in: text) {
      return noun.lowerBound..<verb
    }
    // "Auch „Die Zeit“ schrieb"
    let isAlone = open <= sentence.lowerBound || analysis.classes[open - 1] == .adverb
    return !analysis.language.traits.contains(.markedNamesNeedNoun) && isAlone ? open..<verb : nil
  }

  /// The subject that a participle (`…, stating that`) shares with the clause before it.
  private func subjectOfClause(before verb: Int) -> Range<Int>? {
    var i = verb - 1
    while i > sentence.lowerBound, verb - i < Self.furthestSubject {
      let role = analysis.roles[i]
      if role == .evaluativeVerb || role.isCue, !isInsideQuotation(i),
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
