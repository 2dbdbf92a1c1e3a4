import HearsayText

/// The subject of the clause around or after a quotation: `The crowd chanted “No!”`, `“No!” fumed Lee`.
enum SubjectOfClause: SpeakerRule {
  static let id = RuleID.subjectOfClause
  static let summary = "the subject of the clause that the quotation stands in"
  static let examples = [
    RuleExample("“We won again!” trilled Ann Lee.", "direct|We won again!|Ann Lee"),
    RuleExample(
      "The crowd yodelled “We will not go away from here, and nobody will make us go!”",
      "direct|We will not go away from here, and nobody will make us go!|The crowd"),
  ]

  static func speaker(
    of quotation: QuotationSpan, content: Range<Int>, in context: borrowing RuleContext
  ) -> Range<Int>? {
    guard let last = content.last else { return nil }
    let open = quotation.open
    let start = context.sentence.lowerBound
    if open > start, let verb = verb(before: open, in: context), let subject = context.subject(before: verb) {
      return subject
    }
    guard open == start || context.analysis.tokens[open].gap >= .line else { return nil }
    switch context.analysis.tokens[last].mark {
    case .comma, .question, .exclamation: return subject(after: quotation.endToken, in: context)
    default: return nil
    }
  }

  /// The verb that a quotation is the object of: nothing but a mark, an article or `that` stands between.
  private static func verb(before open: Int, in context: borrowing RuleContext) -> Int? {
    var i = open - 1
    let lowest = context.sentence.lowerBound
    let all = context.quotations.indices
    // A sentence that introduces the quotation with a colon: `The party released the following statement:`
    if context.analysis.classes[i] == .colon {
      while i > lowest, open - i < 12 {
        i -= 1
        if context.analysis.classes[i].isVerbal { return context.quotations.encloses(i, in: all) ? nil : i }
        if context.analysis.classes[i].isMark { return nil }
      }
      return nil
    }
    while i > lowest, open - i < 4 {
      switch context.analysis.classes[i] {
      case .comma, .colon, .that, .determiner: i -= 1
      case .speech, .thought, .evaluativeVerb, .endingEd: return context.quotations.encloses(i, in: all) ? nil : i
      default: return nil
      }
    }
    return nil
  }

  /// The subject after a quotation: a verb and a name, or a name and a verb.
  private static func subject(after start: Int, in context: borrowing RuleContext) -> Range<Int>? {
    let tokens = context.analysis.tokens
    guard start + 1 < tokens.count, tokens[start].gap < .line, tokens[start].kind == .word else { return nil }
    let isPronoun = context.analysis.isPronoun(start, in: context.text)
    if tokens[start].shape == .lower, context.analysis.roles[start] == .none, !isPronoun,
      context.analysis.classes[start] != .determiner,
      tokens[start + 1].isCapitalised || context.analysis.classes[start + 1] == .determiner
        || context.analysis.isPronoun(start + 1, in: context.text)
    {
      return context.analysis.subject(after: start, to: min(tokens.count, start + 16), in: context.text)
    }
    if isPronoun { return tokens[start + 1].shape == .lower ? start..<start + 1 : nil }
    // The name ends before a word in lower case that begins no phrase of its own.
    var verb = start
    while verb < min(tokens.count, start + 24), tokens[verb].gap < .line, isOfName(verb, in: context) { verb += 1 }
    guard verb < tokens.count, verb > start, tokens[verb].gap < .line else { return nil }
    return context.analysis.subject(before: verb, from: start, in: context.text)
  }

  private static func isOfName(_ token: Int, in context: borrowing RuleContext) -> Bool {
    if context.analysis.tokens[token].isCapitalised || context.analysis.tokens[token].kind != .word { return true }
    switch context.analysis.classes[token] {
    case .determiner, .title, .person: return true
    default: return context.analysis.roles[token].isFunction
    }
  }
}
