import HearsayText

extension RuleContext {
  /// The clause that a cue introduces: after `that`, or directly after a verb of speech.
  func reportedClause(after verb: Int) -> Range<Int>? {
    guard let start = reportedClauseStart(after: verb) else { return nil }
    var end = min(sentence.upperBound, start + Self.longestClause)
    // A comma inside closing marks ends the clause.
    var index = quotations.firstIndex(endingFrom: start, in: quotationsInSentence)
    while quotationsInSentence.contains(index), quotations[index].close + 1 < end {
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

  private func reportedClauseStart(after verb: Int) -> Int? {
    let start = verb + 1
    var limit = min(sentence.upperBound, verb + 9)
    if let stop = (start..<max(start, limit)).first(where: { analysis.endsPhrase($0) }) { limit = stop }
    let isParticiple = isReportingParticiple(verb)
    // "adding to the problems that it has"
    if isParticiple, start < limit, analysis.classes[start] == .to { return nil }
    if let that = (start..<max(start, limit)).first(where: { analysis.classes[$0] == .that }),
      that == start || analysis.language.traits.contains(.distantThat) || analysis.isBetweenVerbAndClause(start)
    {
      return that + 1
    }
    if analysis.language.traits.contains(.bareClauses) {
      guard analysis.roles[verb] == .speech, start < sentence.upperBound,
        analysis.tokens[start].kind != .mark || analysis.tokens[start].mark.isDoubleQuote,
        analysis.roles[start] == .none || analysis.isWord(start, "there", in: text)
          || analysis.isWord(start, "if", in: text),
        !(isParticiple && analysis.roles[start] == .boundary)
      else { return nil }
      return start
    }
    // "sagte am Montag, dass", "sagte, die Lage sei ernst"
    if analysis.language.traits.contains(.commaClauses) {
      let next = limit + 1
      guard next < sentence.upperBound, analysis.tokens[limit].mark == .comma else { return nil }
      if analysis.classes[next] == .that { return next + 1 }
      // What stands between says when and where; a relative clause may follow any other noun: "rief die Polizei, die".
      guard analysis.roles[verb] == .speech, analysis.beginsNounPhrase(next),
        (start..<limit).allSatisfy({ isBesideVerb($0, from: start) })
      else { return nil }
      // "Das heißt, die Polizei kam."
      let isAnaphoric = verb > 0 && analysis.known(verb - 1, in: text)?.isAnaphoric ?? false
      return isAnaphoric ? nil : next
    }
    return nil
  }

  /// Whether the token is of a phrase of time or place: `am Montag in Berlin`.
  private func isBesideVerb(_ token: Int, from start: Int) -> Bool {
    analysis.isBetweenVerbAndClause(token) || token > start && analysis.classes[token - 1].isPreposition
  }
}
