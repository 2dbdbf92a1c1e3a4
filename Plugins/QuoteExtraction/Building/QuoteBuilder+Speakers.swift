import Hearsay
import HearsayText

/// The speakers of quotes that have no cue: a line of attribution, a name before a colon, or the subject of the clause that
/// the quote stands in.
extension QuoteBuilder {
  /// A subject is sought no further from its verb, in tokens.
  private static let furthestSubject = 60
  /// No line of attribution is longer, in tokens.
  private static let longestAttribution = 16

  /// Gives quotations whose verb stands without its subject the speaker of the one before, in their paragraph or
  /// the one before it.
  mutating func nameSubjectless() {
    guard analysis.language.dropsSubjects else { return }
    sortDrafts()
    var last: Int?
    for index in drafts.indices where drafts[index].kind != .scare {
      if let before = last, let start = drafts[index].pieces.first?.lowerBound,
        let end = drafts[before].pieces.last?.upperBound, end <= start, !analysis.areInTwoParagraphs(end..<start)
      {
        last = nil
      }
      if drafts[index].speaker == nil, let cue = drafts[index].cue {
        // Whom the sentence names may be the subject of a verb that no list has.
        if isBehindName(cue) { last = nil }
        drafts[index].speaker = last.flatMap { drafts[$0].speaker }
      }
      last = drafts[index].speaker == nil ? nil : index
    }
  }

  /// Whether a name stands before the token in its sentence, outside marks.
  private func isBehindName(_ token: Int) -> Bool {
    var i = token - 1
    while i > 0, token - i < Self.furthestSubject, !analysis.tokens[i].mark.endsSentence,
      !analysis.tokens[i].mark.isDoubleQuote, analysis.tokens[i + 1].gap < .line
    {
      if analysis.classes[i] == .name, !analysis.tokens.span.beginsSentence(i) { return true }
      i -= 1
    }
    return false
  }

  mutating func nameSpeakers(in text: Swift.Span<UInt8>) {
    var sentence = 0
    for index in drafts.indices where drafts[index].speaker == nil && drafts[index].cue == nil {
      guard drafts[index].kind == .direct, let first = drafts[index].pieces.first?.lowerBound, !drafts[index].isBlock
      else { continue }
      while sentence + 1 < analysis.sentences.count, analysis.sentences[sentence].upperBound <= first { sentence += 1 }
      while sentence > 0, analysis.sentences[sentence].lowerBound > first { sentence -= 1 }
      guard analysis.sentences.indices.contains(sentence), analysis.sentences[sentence].contains(first) else {
        continue
      }
      let quotation = firstQuotation(endingAt: first, quotations.indices)
      guard quotations.indices.contains(quotation),
        let speaker = nameBeforeColon(of: quotations[quotation], in: text)
          ?? subject(beside: quotations[quotation], drafts[index].pieces, in: analysis.sentences[sentence], text)
      else { continue }
      drafts[index].speaker = speaker
      drafts[index].finder = .marksInClause
    }
  }

  /// Who a line behind a quotation says it is of: `"We won." — Ann Lee, mayor`, on the same line or the next.
  func attribution(behind index: Int) -> Range<Int>? {
    let tokens = analysis.tokens
    let dash = quotations[index].endToken
    guard tokens.indices.contains(dash), tokens[dash].mark == .dash else { return nil }
    let start = dash + 1
    var end = start
    var name: Range<Int>?
    while end < tokens.count, end == start || tokens[end].gap < .line {
      guard end - start < Self.longestAttribution, !analysis.classes[end].isVerbal || tokens[end].isCapitalised else {
        return nil
      }
      // What follows a comma or in brackets is told of the one named.
      if name == nil, tokens[end].kind == .mark, tokens[end].mark != .other, tokens[end].mark != .stop {
        name = start..<end
      }
      // Another quotation begins on the same line.
      if tokens[end].mark.isDoubleQuote { return nil }
      end += 1
    }
    let whole = analysis.withoutMarksAtEnd(name ?? start..<end)
    guard let first = whole.first, whole.count <= 8, tokens[first].isCapitalised else { return nil }
    return whole
  }

  /// The subject of the verb, or of the one before it that it shares its subject with: `Lee rose and chanted`.
  func subject(before verb: Int, in sentence: Range<Int>, _ text: Swift.Span<UInt8>) -> Range<Int>? {
    let near = quotations.indices
    var i = verb
    while i > sentence.lowerBound, verb - i < Self.furthestSubject {
      if i == verb || analysis.classes[i].isVerbal && !isInside(i, near) && !isClaimed(i..<i + 1),
        let subject = analysis.subject(before: i, from: sentence.lowerBound, in: text),
        !isInside(subject.lowerBound, near)
      {
        return subject
      }
      i -= 1
    }
    return nil
  }

  /// Who is named before a colon with no verb, behind a dash, `from` or the end of a line: `More from Lee: “We won.”`
  private func nameBeforeColon(of quotation: QuotationSpan, in text: Swift.Span<UInt8>) -> Range<Int>? {
    let tokens = analysis.tokens
    let colon = quotation.open - 1
    guard colon > 0, tokens[colon].mark == .colon else { return nil }
    // "Ann Lee (Harbour Authority): “We won.”"
    var end = colon
    if tokens[end - 1].mark == .closeBracket {
      while end > 0, colon - end < 8, tokens[end].mark != .openBracket { end -= 1 }
      guard tokens[end].mark == .openBracket else { return nil }
    }
    guard end > 0 else { return nil }
    var start = end
    var isName = false
    while start > 0, end - start < 8 {
      let token = tokens[start - 1]
      let isStop = token.mark == .stop && tokens[start].gap == .space
      guard token.kind == .word || token.kind == .possessive || isStop else { break }
      if token.shape == .lower {
        guard analysis.classes[start - 1] == .conjunction && isName else { break }
      } else if token.kind == .word {
        isName = true
      }
      start -= 1
      if tokens[start].gap >= .line { break }
    }
    guard isName, end > start else { return nil }
    let isApart =
      start == 0 || tokens[start].gap >= .line || tokens[start - 1].mark == .dash
      || analysis.isWord(start - 1, "from", in: text)
      || analysis.isWord(start - 1, "by", in: text)
    return isApart ? start..<end : nil
  }

  /// The verb that a quotation is the object of: nothing but a mark, an article or `that` stands between.
  private func verb(before open: Int, in sentence: Range<Int>) -> Int? {
    var i = open - 1
    // What a sentence with a colon goes on with: `The party released the following statement:`
    if analysis.classes[i] == .colon {
      while i > sentence.lowerBound, open - i < 12 {
        i -= 1
        if analysis.classes[i].isVerbal { return isInside(i, quotations.indices) ? nil : i }
        if analysis.classes[i].isMark { return nil }
      }
      return nil
    }
    while i > sentence.lowerBound, open - i < 4 {
      switch analysis.classes[i] {
      case .comma, .colon, .that, .determiner: i -= 1
      case .speech, .thought, .evaluativeVerb, .endingEd: return isInside(i, quotations.indices) ? nil : i
      default: return nil
      }
    }
    return nil
  }

  /// The subject of the clause around or behind a quotation without a cue: `The crowd chanted "No!"`, `"No!" fumed Lee`.
  private func subject(
    beside quotation: QuotationSpan, _ pieces: [Range<Int>], in sentence: Range<Int>, _ text: Swift.Span<UInt8>
  ) -> Range<Int>? {
    guard let last = pieces.first?.last else { return nil }
    let tokens = analysis.tokens
    // Before it.
    let open = quotation.open
    if open > sentence.lowerBound, let verb = verb(before: open, in: sentence),
      let subject = subject(before: verb, in: sentence, text)
    {
      return subject
    }
    // Behind it: a verb and a name, or a name and a verb.
    guard open == sentence.lowerBound || tokens[open].gap >= .line,
      tokens[last].mark == .comma || tokens[last].mark == .question || tokens[last].mark == .exclamation
    else { return nil }
    let start = quotation.endToken
    guard start + 1 < tokens.count, tokens[start].gap < .line, tokens[start].kind == .word else { return nil }
    if tokens[start].shape == .lower, analysis.roles[start] == .none, !analysis.isPronoun(start, in: text),
      analysis.classes[start] != .determiner,
      tokens[start + 1].isCapitalised || analysis.classes[start + 1] == .determiner
        || analysis.isPronoun(start + 1, in: text)
    {
      return analysis.subject(after: start, to: min(tokens.count, start + 16), in: text)
    }
    if analysis.isPronoun(start, in: text) { return tokens[start + 1].shape == .lower ? start..<start + 1 : nil }
    // The name ends where a word in lower case stands that begins no phrase of its own.
    var verb = start
    while verb < min(tokens.count, start + 24), tokens[verb].gap < .line,
      tokens[verb].isCapitalised || tokens[verb].kind != .word || analysis.roles[verb].isFunction
        || analysis.classes[verb] == .determiner || analysis.classes[verb] == .title
        || analysis.classes[verb] == .person
    {
      verb += 1
    }
    guard verb < tokens.count, verb > start, tokens[verb].gap < .line else { return nil }
    return analysis.subject(before: verb, from: start, in: text)
  }
}
