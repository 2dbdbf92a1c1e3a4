import Hearsay
import HearsayText

/// The noun phrases beside a reporting verb.
extension Article {
  /// The subject to the left of `verb`: back over auxiliaries, then to the nearest boundary, not before `lowest`.
  func subject(before verb: Int, from lowest: Int, in text: Swift.Span<UInt8>) -> Range<Int>? {
    var end = verb
    while end > lowest, roles[end - 1] == .auxiliary || isAdverb(end - 1, in: text) { end -= 1 }
    // "Lee, the mayor, said"
    if end > lowest, tokens[end - 1].mark == .comma, let before = apposition(before: end - 1, from: lowest) {
      end = before
    }
    var start = end
    while start > lowest, end - start < 24 {
      let previous = start - 1
      let token = tokens[previous]
      if token.kind == .mark, token.mark != .other { break }
      if roles[previous] == .boundary {
        // "Secretary of Defense Lee", "the head of the council": what `of` joins stays together.
        guard isWord(previous, "of", in: text) || isWord(previous, "for", in: text), previous > lowest,
          tokens[previous - 1].kind == .word
        else { break }
      } else if roles[previous].isCue || roles[previous] == .judgement, token.shape == .lower,
        !isNoun(previous, from: lowest)
      {
        break
      }
      start = previous
    }
    while start < end, roles[start] == .auxiliary || isWord(start, "and", in: text) { start += 1 }
    guard start < end, isNominal(start..<end, in: text) else { return nil }
    return start..<end
  }

  /// Whether the word before tells that one that looks like a verb is none: `the secretary of state`, `the charge`.
  func isNoun(_ index: Int, from lowest: Int) -> Bool { index > lowest && classes[index - 1].precedesNoun }

  /// Whether the word before tells that a participle belongs to a noun: `a commanding lead`.
  func isAdjective(_ index: Int, from lowest: Int) -> Bool {
    guard index > lowest else { return false }
    return classes[index - 1] == .determiner || classes[index - 1] == .possessive
      || tokens[index - 1].kind == .possessive
  }

  /// The subject to the right of `verb`, as in `said Lee, the mayor`.
  func subject(after verb: Int, to highest: Int, in text: Swift.Span<UInt8>) -> Range<Int>? {
    let start = verb + 1
    var end = start
    while end < highest, end - start < 16 {
      let token = tokens[end]
      if token.kind == .mark, token.mark != .other { break }
      if roles[end] == .boundary, !isWord(end, "of", in: text) || end == start { break }
      if roles[end] == .auxiliary || roles[end].isCue { break }
      end += 1
    }
    // "said Lee Monday"
    while end - 1 > start, tokens[end - 1].kind == .number || isDay(end - 1, in: text) { end -= 1 }
    guard start < end, isNominal(start..<end, in: text) else { return nil }
    return start..<end
  }

  private func apposition(before comma: Int, from lowest: Int) -> Int? {
    var i = comma - 1
    while i > lowest, comma - i < 14 {
      if tokens[i].mark == .comma { return tokens[i - 1].isCapitalised ? i : nil }
      if tokens[i].kind == .mark, tokens[i].mark != .other { return nil }
      i -= 1
    }
    return nil
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
    if range.count == 1 { return isPronoun(range.lowerBound, in: text) || tokens[range.lowerBound].count > 3 }
    return range.count <= 10
  }

  func isPronoun(_ index: Int, in text: Swift.Span<UInt8>) -> Bool { pronoun(index, in: text) != nil }

  /// What a pronoun that can speak tells of whom it stands for.
  func pronoun(_ index: Int, in text: Swift.Span<UInt8>) -> Pronoun? {
    if isWord(index, "he", in: text) { return .person(.male) }
    if isWord(index, "she", in: text) { return .person(.female) }
    if isWord(index, "it", in: text) { return .person(.unknown) }
    if isWord(index, "they", in: text) { return .group }
    if isWord(index, "who", in: text) || isWord(index, "which", in: text) { return .relative }
    return isWord(index, "we", in: text) || isWord(index, "i", in: text) ? .speaker : nil
  }
}

/// What a pronoun tells of whom it stands for.
enum Pronoun: Equatable {
  /// `he`, `she`; `it`, of unknown gender, which is a body.
  case person(Gender)
  /// `they`
  case group
  /// `who`: the name right before it.
  case relative
  /// `I`, `we`: whoever speaks already.
  case speaker

  /// Whether it tells the gender of whom it stands for.
  var hasGender: Bool {
    if case .person(let gender) = self { gender != .unknown } else { false }
  }
}
