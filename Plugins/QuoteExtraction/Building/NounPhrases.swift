import Hearsay
import HearsayText

/// The noun phrases beside a reporting verb.
extension AnalyzedText {
  /// The subject to the left of `verb`: back over auxiliaries, then to the nearest boundary, not before `lowest`.
  func subject(before verb: Int, from lowest: Int, in text: Swift.Span<UInt8>) -> Range<Int>? {
    var end = verb
    while end > lowest, roles[end - 1] == .auxiliary || isAdverb(end - 1, in: text) || isObject(end - 1) { end -= 1 }
    // "Lee, the mayor, said"
    if end > lowest, tokens[end - 1].mark == .comma {
      // "the head of the council, Ann Lee, said"
      let name = name(before: end - 1, from: lowest)
      if let name, isDescription(before: name.lowerBound - 1, from: lowest) { return name }
      if let before = apposition(before: end - 1, from: lowest) { end = before } else if let name { return name }
    }
    var start = end
    while start > lowest, end - start < 24 {
      let previous = start - 1
      let token = tokens[previous]
      if token.kind == .mark, token.mark != .other, !isStopInName(previous) { break }
      if roles[previous] == .boundary {
        // "Secretary of Defense Lee", "the head of the council": what `of` joins stays together.
        guard classes[previous] == .of || classes[previous] == .for, previous > lowest,
          tokens[previous - 1].kind == .word
        else { break }
      } else if roles[previous].isCue || roles[previous] == .evaluativeVerb, token.shape == .lower,
        !isNoun(previous, from: lowest)
      {
        break
      }
      start = previous
    }
    while start < end, roles[start] == .auxiliary || classes[start] == .conjunction || isObject(start) { start += 1 }
    while end > start, classes[end - 1] == .conjunction { end -= 1 }
    guard start < end, isNominal(start..<end, in: text) else { return nil }
    // "compareció en el Coliseum e indicó", "Cerró diciendo"
    if !language.traits.contains(.fixedWordOrder),
      isBehindPreposition(start, from: lowest) || looksLikeVerb(start..<end, in: text)
    {
      return nil
    }
    return start..<end
  }

  /// Whether the token is an object before its verb (`il m’a dit`), or the `s’` of `s’est exclamé`; English objects follow the verb.
  private func isObject(_ token: Int) -> Bool {
    !language.traits.contains(.fixedWordOrder) && classes[token] == .objectPronoun && tokens[token].shape == .lower
  }

  /// Whether a preposition stands before the token, so that what begins there is no subject: `en el Coliseum`.
  private func isBehindPreposition(_ start: Int, from lowest: Int) -> Bool {
    start > lowest && classes[start - 1].isPreposition && classes[start - 1] != .of
  }

  /// Whether a word alone that begins a sentence is a verb by its ending, where verbs stand without their subject: `Cerró`,
  /// `Andò`, `Falou`.
  private func looksLikeVerb(_ phrase: Range<Int>, in text: Swift.Span<UInt8>) -> Bool {
    let token = tokens[phrase.lowerBound]
    guard language.traits.contains(.droppedSubjects), phrase.count == 1, token.count > 3,
      tokens.span.beginsSentence(phrase.lowerBound)
    else {
      return false
    }
    return language.verbEndings.contains { ending in
      ending.count < token.count && ending.indices.allSatisfy { text[token.end - ending.count + $0] == ending[$0] }
    }
  }

  /// Whether the word before shows that a word which looks like a verb is none: `the secretary of state`, `the charge`.
  func isNoun(_ index: Int, from lowest: Int) -> Bool { index > lowest && classes[index - 1].precedesNoun }

  /// Whether the word before shows that a participle belongs to a noun: `a commanding lead`.
  func isAdjective(_ index: Int, from lowest: Int) -> Bool {
    guard index > lowest else { return false }
    return classes[index - 1] == .determiner || classes[index - 1] == .possessive
      || tokens[index - 1].kind == .possessive
  }

  /// The subject to the right of `verb`, as in `said Lee, the mayor`.
  func subject(after verb: Int, to highest: Int, in text: Swift.Span<UInt8>) -> Range<Int>? {
    let start = behindTime(verb + 1, to: highest)
    if start < highest, isPronoun(start, in: text) { return start..<start + 1 }
    // "sagte den Reportern", but "a dit M. Lee"
    if start < highest, isObject(start) { return nil }
    var end = start
    while end < highest, end - start < 16 {
      let token = tokens[end]
      if end > start, isBehindName(end, from: start) { break }
      if token.kind == .mark, token.mark != .other, !isStopInName(end) { break }
      if roles[end] == .boundary, classes[end] != .of || end == start && !isNamePart(end) { break }
      if roles[end] == .auxiliary || roles[end].isCue { break }
      end += 1
    }
    // "said Lee Monday"
    while end - 1 > start, tokens[end - 1].kind == .number || isDay(end - 1, in: text) || isTime(end - 1) { end -= 1 }
    while !language.traits.contains(.determinersAsNouns), end - 1 > start, classes[end - 1] == .determiner { end -= 1 }
    guard start < end, isNominal(start..<end, in: text) else { return nil }
    return start..<end
  }

  /// Whether the token is a particle that a name within a sentence begins with: `zei Van Dam`.
  private func isNamePart(_ token: Int) -> Bool {
    !language.traits.contains(.lowerCaseParticles) && tokens[token].isCapitalised && token + 1 < tokens.count
      && tokens[token + 1].kind == .word
  }

  /// The token after an expression of time at `start`: `ieri`, `am Montag`.
  private func behindTime(_ start: Int, to highest: Int) -> Int {
    guard start + 1 < highest else { return start }
    if isTime(start) { return start + 1 }
    let isPhrase = isTime(start + 1) && (classes[start] == .determiner || classes[start].isPreposition)
    return isPhrase ? start + 2 : start
  }

  /// Whether the token stands between a verb and the clause it reports: `a dit lundi à la presse que`.
  func isBetweenVerbAndClause(_ token: Int) -> Bool {
    classes[token] == .objectPronoun || roles[token] == .auxiliary || classes[token].isPreposition || isTime(token)
      || token + 1 < tokens.count && isTime(token + 1)
  }

  /// Whether the word is of time; English `this week` is too, and may be part of a subject.
  func isTime(_ token: Int) -> Bool { !language.traits.contains(.timeInSubjects) && classes[token] == .time }

  /// Whether the token is the stop of `Mr.` or `J.` within a name.
  private func isStopInName(_ token: Int) -> Bool {
    guard tokens[token].mark == .stop, tokens[token].gap == .none, token > 0, token + 1 < tokens.count else {
      return false
    }
    return tokens[token + 1].isCapitalised && tokens[token + 1].gap == .space
      && (tokens[token - 1].shape == .initial || classes[token - 1] == .title)
  }

  /// Whether the token stands within a name: `Anna de Vries`.
  private func isWithinName(_ token: Int) -> Bool {
    language.traits.contains(.capitalisedParticles) && token + 1 < tokens.count && tokens[token + 1].isCapitalised
      && tokens[token + 1].gap == .space
  }

  /// Whether no paragraph ends among the tokens.
  func isInOneParagraph(_ range: Range<Int>) -> Bool { range.allSatisfy { tokens[$0].gap < .paragraph } }

  /// Whether no more than one paragraph ends among the tokens.
  func areInTwoParagraphs(_ range: Range<Int>) -> Bool {
    var ends = 0
    for i in range where tokens[i].gap == .paragraph {
      ends += 1
      if ends > 1 { return false }
    }
    return true
  }

  /// Whether one of the tokens is a verb, as far as the lists say.
  func hasVerb(_ range: Range<Int>) -> Bool { range.contains { classes[$0].isVerbal } }

  /// Whether a name ends before the token: `said Lee the next day`; where nouns are capitalised, any noun phrase does before a
  /// word in small letters that is no article.
  private func isBehindName(_ token: Int, from start: Int) -> Bool {
    if classes[token] == .determiner {
      return tokens[start].isCapitalised && classes[start] != .determiner && !classes[token - 1].isPreposition
        && !isWithinName(token)
    }
    return language.traits.contains(.capitalisedNouns) && tokens[token].shape == .lower
      && tokens[token - 1].isCapitalised
      && classes[token] != .of && classes[token] != .conjunction
  }

  /// Whether what a clause begins with is no subject, so that the subject follows its verb: `Am Montag sagte Lee`.
  func beginsWithoutSubject(_ start: Int) -> Bool {
    switch classes[start] {
    case .subordinator, .adverb, .time, .objectPronoun, .interrogative: true
    default: classes[start].isPreposition && classes[start] != .of
    }
  }

  /// Whether the token is a mark that a phrase ends with; brackets around a word or two are no such marks.
  func endsPhrase(_ token: Int) -> Bool {
    switch tokens[token].mark {
    case .none: false
    case .openBracket: !(token + 1..<min(token + 4, tokens.count)).contains { tokens[$0].mark == .closeBracket }
    case .closeBracket: !(max(token - 3, 0)..<token).contains { tokens[$0].mark == .openBracket }
    default: !tokens[token].mark.isDoubleQuote
    }
  }

  /// Whether the token can be the first of a subject.
  func beginsNounPhrase(_ token: Int) -> Bool {
    guard tokens.indices.contains(token) else { return false }
    return switch classes[token] {
    case .determiner, .possessive, .subjectPronoun, .title, .person, .organizationNoun: true
    default: tokens[token].isCapitalised
    }
  }

  private func apposition(before comma: Int, from lowest: Int) -> Int? {
    var i = comma - 1
    while i > lowest, comma - i < 14 {
      if tokens[i].mark == .comma { return tokens[i - 1].isCapitalised && !beginsSubclause(i + 1) ? i : nil }
      if tokens[i].kind == .mark, tokens[i].mark != .other { return nil }
      i -= 1
    }
    return nil
  }

  /// Whether a clause of its own begins, which a verb in second place follows: `Als er kam, sagte Lee`.
  private func beginsSubclause(_ token: Int) -> Bool {
    language.traits.contains(.verbSecond) && classes[token] == .subordinator
  }

  /// Whether what ends before the comma has an article, and is no name: `the head of the Harbour Authority`.
  private func isDescription(before comma: Int, from lowest: Int) -> Bool {
    var i = comma - 1
    while i >= lowest, comma - i < 12, tokens[i].kind != .mark {
      if classes[i] == .determiner { return true }
      i -= 1
    }
    return false
  }

  /// The name that stands between the comma and one before it.
  private func name(before comma: Int, from lowest: Int) -> Range<Int>? {
    var i = comma
    while i > lowest, comma - i < 6, tokens[i - 1].isCapitalised || isStopInName(i - 1) { i -= 1 }
    return i < comma - 1 && i > lowest && tokens[i - 1].mark == .comma ? i..<comma : nil
  }

  private func isAdverb(_ index: Int, in text: Swift.Span<UInt8>) -> Bool {
    let token = tokens[index]
    return token.shape == .lower && token.count > 4 && text[token.end - 1] == UInt8(ascii: "y")
      && text[token.end - 2] == UInt8(ascii: "l")
  }

  private func isDay(_ index: Int, in text: Swift.Span<UInt8>) -> Bool {
    let token = tokens[index]
    guard token.isCapitalised, token.count >= 6 else { return false }
    return text[token.end - 1] == UInt8(ascii: "y") && text[token.end - 2] == UInt8(ascii: "a")
      && text[token.end - 3] == UInt8(ascii: "d")
  }

  /// Whether the tokens can be someone who speaks: they hold a name, a pronoun, or begin with a determiner or a noun.
  private func isNominal(_ range: Range<Int>, in text: Swift.Span<UInt8>) -> Bool {
    guard range.contains(where: { tokens[$0].kind == .word }) else { return false }
    if range.contains(where: { tokens[$0].isCapitalised && roles[$0] == .none }) { return true }
    if range.count == 1 {
      if isPronoun(range.lowerBound, in: text) { return true }
      // A verb that stands without its subject is none: "queremos achar".
      return language.traits.contains(.droppedSubjects)
        ? beginsNounPhrase(range.lowerBound) : tokens[range.lowerBound].count > 3
    }
    return range.count <= 10
  }

  func isPronoun(_ index: Int, in text: Swift.Span<UInt8>) -> Bool { pronoun(index, in: text) != nil }

  /// What a pronoun of a person says of whom it stands for.
  func pronoun(_ index: Int, in text: Swift.Span<UInt8>) -> Pronoun? {
    guard tokens.indices.contains(index), classes[index] == .subjectPronoun || classes[index] == .interrogative else {
      return nil
    }
    return known(index, in: text)?.pronoun
  }
}
