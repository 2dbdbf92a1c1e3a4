import Hearsay
import HearsayText

/// The entity that a mention names: the head of its noun phrase, not another name in the phrase.
extension SpeakerResolver {
  /// The one named by a mention; `nil` where its head is no name: `Lee` of `Bo Ray's friend, Ann Lee`, nobody of `the Trump
  /// campaign`, `a reporter for the Post` and `Ann Lee and Bo Ray`.
  func named(in mention: Range<Int>, _ words: borrowing NameWords) -> Int? {
    let tokens = words.tokens
    let end = headEnd(of: mention, words)
    if let entity = head(in: mention.lowerBound..<end, words) {
      return isOfSeveral(end, in: mention, words) ? nil : entity
    }
    guard end < mention.upperBound else { return nil }
    if let bearer = bearer(ofOffice: end, in: mention, words) { return bearer }
    // "a report by the World Bank", "a statement from Ann Lee"
    if words.isWord(end, "by") || words.isWord(end, "from") && words.classes[end - 1] == .organizationNoun {
      var start = end + 1
      if start < mention.upperBound, words.classes[start] == .determiner { start += 1 }
      return name(at: start, within: mention, words) == nil ? nil : named(in: start..<mention.upperBound, words)
    }
    // "the council's leader, Ann Lee"
    var comma = end
    while comma < mention.upperBound, tokens[comma].mark != .comma { comma += 1 }
    guard comma < mention.upperBound, name(at: comma + 1, within: mention, words) != nil else { return nil }
    let nameEnd = headEnd(of: comma + 1..<mention.upperBound, words)
    return isOfSeveral(nameEnd, in: mention, words) ? nil : head(in: comma + 1..<nameEnd, words)
  }

  /// Whether the name before the token is one of several: `Ann Lee and Bo Ray`, `Ann Lee, Bo Ray and Tom Hill`.
  private func isOfSeveral(_ end: Int, in mention: Range<Int>, _ words: borrowing NameWords) -> Bool {
    guard end < mention.upperBound else { return false }
    if words.classes[end] == .conjunction { return true }
    // "Ann Lee, Bo Ray's friend and successor" is one.
    guard words.tokens[end].mark == .comma, let next = name(at: end + 1, within: mention, words)?.upperBound,
      next < mention.upperBound, words.tokens[next].kind != .possessive
    else { return false }
    for i in next..<mention.upperBound where words.isWord(i, "and") { return true }
    return false
  }

  /// The end of a phrase's head, before what modifies it: commas, brackets, prepositions, relative clauses.
  private func headEnd(of phrase: Range<Int>, _ words: borrowing NameWords) -> Int {
    var i = phrase.lowerBound
    var index = names.firstMention(from: i)
    while i < phrase.upperBound {
      while index < names.mentions.count, names.mentions[index].name.lowerBound < i { index += 1 }
      // What joins the words of a name ends nothing.
      if index < names.mentions.count, names.mentions[index].name.lowerBound == i {
        i = names.mentions[index].name.upperBound
        continue
      }
      if i > phrase.lowerBound {
        let mark = words.tokens[i].mark
        if words.tokens[i].kind == .mark, mark != .stop, mark != .other, !mark.isSingleQuote, !mark.isDoubleQuote {
          return i
        }
        if words.roles[i] == .boundary, words.classes[i] != .determiner { return i }
        if words.classes[i] == .conjunction { return i }
      }
      i += 1
    }
    return min(i, phrase.upperBound)
  }

  /// The name that a phrase without modifiers ends with, adverbs and participles after it aside.
  private func head(in phrase: Range<Int>, _ words: borrowing NameWords) -> Int? {
    var index = names.firstMention(from: phrase.lowerBound)
    while index < names.mentions.count, names.mentions[index].name.upperBound <= phrase.upperBound {
      let mention = names.mentions[index]
      let next = mention.name.upperBound
      if next == phrase.upperBound { return mention.entity }
      if words.tokens[next].kind != .possessive, !words.classes[next].isNominal { return mention.entity }
      index += 1
    }
    return nil
  }

  /// The entity named directly after an office with `of` or `to`: `Secretary of State John Kerry`, `la porte-parole du
  /// gouvernement Anne Dubois`.
  private func bearer(ofOffice of: Int, in mention: Range<Int>, _ words: borrowing NameWords) -> Int? {
    let index = names.firstMention(from: of + 1)
    guard words.classes[of] == .of || words.isWord(of, "to"), index < names.mentions.count,
      case let named = names.mentions[index], named.name.upperBound <= mention.upperBound,
      named.name.lowerBound > of + 1
    else { return nil }
    // "the head of the council Ann Lee" is no English.
    let namesFollowOffices = !words.traits.contains(.officesBeforeNames)
    guard names.entities[named.entity].isPerson || namesFollowOffices && named.name.count > 1 else { return nil }
    for i in of + 1..<named.name.lowerBound {
      if namesFollowOffices ? words.isRole(i) : !words.tokens[i].isCapitalised || words.classes[i] == .title {
        return nil
      }
    }
    return named.entity
  }

  /// The name that begins at the token, or after a title there.
  private func name(at token: Int, within mention: Range<Int>, _ words: borrowing NameWords) -> Range<Int>? {
    let index = names.firstMention(from: token)
    guard mention.contains(token), index < names.mentions.count, case let name = names.mentions[index].name,
      name.upperBound <= mention.upperBound
    else { return nil }
    for i in token..<name.lowerBound where !words.tokens[i].isCapitalised && words.tokens[i].mark != .stop {
      return nil
    }
    return name
  }
}
