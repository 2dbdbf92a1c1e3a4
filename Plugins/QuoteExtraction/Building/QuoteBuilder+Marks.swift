import Hearsay
import HearsayText

/// The quotations in marks beside a cue.
extension QuoteBuilder {
  /// Whether the marks before the verb are its content: only the speaker stands between them.
  func touches(_ index: Int, _ verb: Int, _ speaker: Range<Int>?) -> Bool {
    let close = quotations[index].close
    guard let last = quotations[index].content.last else { return false }
    let ending = analysis.tokens[last].mark
    let comma = close + 1 < analysis.tokens.count && analysis.tokens[close + 1].mark == .comma
    // "“Hay gobernabilidad” dice Lee"
    let isBare = !analysis.language.hasModel && close + 1 == verb && analysis.beginsNounPhrase(verb + 1)
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

  /// Whether the marks hold the end of a clause: `The bill's failure was “a shame,”`
  func endsClause(_ index: Int, from start: Int) -> Bool {
    let open = quotations[index].open
    guard open > start + 1, open - start <= Self.longestClause, analysis.tokens[open - 1].kind == .word,
      let first = quotations[index].content.first
    else { return false }
    return analysis.tokens[first].shape == .lower && !isTaken[index]
  }

  /// Whether a word stands right behind the closing mark.
  private func goesOn(behind index: Int) -> Bool {
    let next = quotations[index].endToken
    return quotations[index].isClosed && next < analysis.tokens.count && analysis.tokens[next].kind == .word
      && analysis.tokens[next].gap == .space
  }

  func opensSpeech(_ index: Int, after verb: Int) -> Bool {
    let open = quotations[index].open
    guard open > verb, open - verb <= 10 else { return false }
    let before = analysis.tokens[open - 1].mark
    // "said that “we won”", but not "said that “winning” is good"
    let isNear = (open == verb + 1 || analysis.classes[open - 1] == .that) && !goesOn(behind: index)
    guard before == .comma || before == .colon || isNear else { return false }
    return quotations[index].content.count > 1 || before != .none
  }

  /// A quotation before its cue, and the part behind that goes on with it.
  mutating func takeDirect(_ index: Int, _ verb: Int, _ speaker: Range<Int>?) {
    guard !isTaken[index] else { return }
    take(index, cue: verb, speaker: speaker, confidence: 0.97)
    // "We won," he said, "twice."
    let next = index + 1
    guard next < quotations.count, !isTaken[next],
      quotations[next].open <= max(verb, (speaker?.upperBound ?? 0) - 1) + 3,
      let last = quotations[index].content.last, case let behind = quotations[index].endToken,
      analysis.tokens[last].mark == .comma || analysis.tokens[behind].mark == .comma,
      analysis.tokens[quotations[next].open - 1].mark == .comma
    else { return }
    isTaken[next] = true
    drafts[drafts.count - 1].pieces.append(quotations[next].content)
  }

  /// Takes the marks beside a verb without a subject, said by whoever spoke before in the paragraph; whether there are such.
  mutating func takeUnnamed(_ verb: Int, _ before: Int, _ next: Int?, _ near: Range<Int>) -> Bool {
    let isBefore = near.contains(before) && touches(before, verb, nil)
    guard let index = isBefore ? before : next, isBefore || opensSpeech(index, after: verb), !isTaken[index]
    else { return false }
    if isBefore { takeDirect(index, verb, nil) } else { take(index, cue: verb, speaker: nil, confidence: 0.9) }
    found(isBefore ? .marksBeforeCue : .marksBehindCue, verb)
    return true
  }
}
