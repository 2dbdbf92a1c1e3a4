import Hearsay
import HearsayText

/// Resolves mentions of speakers to the fullest name that the document has for them.
struct Speakers {
  let article: Article
  let names: NameIndex
  /// The sentence that a token stands in, asked in any order.
  private let sentenceStarts: [Int]
  /// The entity of the speaker resolved last, and where it was.
  private var last: (entity: Int, token: Int)?
  /// A resolution that is less likely is left out.
  private let least: Double

  /// Those that the pronoun of the mention resolved last may stand for, and how much each weighs.
  private var candidates: [(entity: Int, weight: Double)] = []

  /// A pronoun is resolved by what is named in so many sentences before it.
  private static let sentencesBack = 5
  /// No more mentions than these are looked at.
  private static let mentionsBack = 24

  init(article: Article, text: Swift.Span<UInt8>, least: Double) {
    self.article = article
    self.least = least
    names = NameIndex(article, in: text)
    sentenceStarts = article.sentences.map(\.lowerBound)
  }

  /// The name of the one that `mention` speaks of.
  ///
  /// - Parameter content: The tokens of what is said, within which the speaker is hardly named.
  mutating func name(of mention: Range<Int>, content: [Range<Int>], in text: Swift.Span<UInt8>) -> String? {
    var entity: Int?
    candidates.removeAll(keepingCapacity: true)
    if mention.count == 1, let pronoun = article.pronoun(mention.lowerBound, in: text) {
      entity = antecedent(of: mention.lowerBound, pronoun, content, in: text)
    } else if let named = named(in: mention, NameWords(article, in: text)) {
      entity = named
    } else {
      entity = roleBearer(mention, in: text)
    }
    guard let entity, names.entities.indices.contains(entity), !names.entities[entity].isWord else { return nil }
    last = (entity, mention.lowerBound)
    let name = text.extracting(article.span(names.entities[entity].name).range)
    return unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Those that the pronoun of the mention resolved last may stand for, likeliest first.
  func considered(in text: Swift.Span<UInt8>) -> [QuoteReason.Candidate] {
    let sum = candidates.reduce(0) { $0 + $1.weight }
    return candidates.sorted { ($0.weight, $1.entity) > ($1.weight, $0.entity) }.map { entity, weight in
      let bytes = [UInt8](copying: text, article.span(names.entities[entity].name).range)
      return QuoteReason.Candidate(
        name: String(decoding: bytes, as: UTF8.self), likelihood: (weight / sum * 100).rounded() / 100)
    }
  }

  // MARK: Pronouns

  /// Whom a pronoun stands for: of those named before it the one that agrees in gender and stands out most.
  private mutating func antecedent(
    of token: Int, _ pronoun: Pronoun, _ content: [Range<Int>], in text: Swift.Span<UInt8>
  ) -> Int? {
    switch pronoun {
    case .relative:
      // "Lee, who said": the name right before it, but not "those behind Lee, who are".
      guard let mention = mention(before: token), token - mention.name.upperBound <= 2,
        (mention.name.upperBound..<token).allSatisfy({ article.tokens[$0].kind == .mark }),
        !isPlural(token + 1, in: text)
      else { return nil }
      return mention.entity
    case .speaker: return nil
    case .person, .group: break
    }
    let sentence = sentence(of: token)
    var scores: [(entity: Int, score: Double)] = []
    var index = names.firstMention(from: token) - 1
    let oldest = max(index - Self.mentionsBack, -1)
    var back = 0
    while index > oldest {
      let mention = names.mentions[index]
      index -= 1
      while back <= Self.sentencesBack, sentence - back > 0,
        sentenceStarts[sentence - back] > mention.name.lowerBound
      { back += 1 }
      if back > Self.sentencesBack { break }
      if content.contains(where: { $0.overlaps(mention.name) }) { continue }
      let entity = names.entities[mention.entity]
      if entity.isWord { continue }
      let isSubject = isSubject(mention.name, ofSentence: sentence - back)
      // "It" and "they" stand for a name only where that is what the text is about; else for what has none.
      if !pronoun.hasGender, back > 1 || !isSubject || !isHead(mention.name) || isBehindVerb(mention.name) { continue }
      guard var score = agreement(of: pronoun, with: entity) else { continue }
      score -= Double(back)
      // The subject of its sentence, and the speaker before.
      if isSubject { score += 1 }
      if last?.entity == mention.entity { score += 1.5 }
      if let known = scores.firstIndex(where: { $0.entity == mention.entity }) {
        scores[known].score = max(scores[known].score, score) + 0.3
      } else {
        scores.append((mention.entity, score))
      }
    }
    if pronoun.hasGender, let last, token - last.token < 400, !scores.contains(where: { $0.entity == last.entity }),
      let score = agreement(of: pronoun, with: names.entities[last.entity])
    {
      scores.append((last.entity, score - 1))
    }
    guard let best = scores.max(by: { $0.score < $1.score }) else { return nil }
    // How much of the weight of all is the best's.
    candidates = scores.map { ($0.entity, Self.weight($0.score - best.score)) }
    let sum = candidates.reduce(0) { $0 + $1.weight }
    return 1 / sum >= least ? best.entity : nil
  }

  /// e to the power of `x` for `x` at most 0, near enough to compare by.
  private static func weight(_ x: Double) -> Double {
    let y = 1 + x / 8
    guard y > 0 else { return 0 }
    return y * y * y * y * y * y * y * y
  }

  /// Whether a verb is one of several people.
  private func isPlural(_ verb: Int, in text: Swift.Span<UInt8>) -> Bool {
    article.isWord(verb, "are", in: text) || article.isWord(verb, "were", in: text)
      || article.isWord(verb, "have", in: text)
  }

  /// How well an entity agrees with a pronoun; `nil` where it cannot be meant.
  private func agreement(of pronoun: Pronoun, with entity: NameIndex.Entity) -> Double? {
    guard case .person(let gender) = pronoun, gender != .unknown else { return entity.isPerson ? nil : 1 }
    if entity.isBody { return nil }
    if entity.gender == .unknown { return entity.isPerson ? 0.5 : -1.5 }
    return entity.gender == gender ? 1.5 : nil
  }

  /// Whether the name stands first in its sentence, but for titles, or right before a verb of speech.
  private func isSubject(_ name: Range<Int>, ofSentence sentence: Int) -> Bool {
    if article.sentences.indices.contains(sentence), case let start = article.sentences[sentence].lowerBound,
      name.lowerBound - start <= 4
    {
      // "In Virginia, they voted"
      return (name.lowerBound == start || !article.classes[name.lowerBound - 1].isPreposition)
        && !(article.dash(ofDatelineFrom: start).map { $0 >= name.upperBound } ?? false)
    }
    return article.roles.indices.contains(name.upperBound) && article.roles[name.upperBound].isCue
  }

  /// Whether a verb stands right before the name or the word before it: `criticised the United Nations`.
  private func isBehindVerb(_ name: Range<Int>) -> Bool {
    (max(name.lowerBound - 2, 0)..<name.lowerBound).contains { article.classes[$0].isVerbal }
  }

  private func mention(before token: Int) -> NameIndex.Mention? {
    let index = names.firstMention(from: token) - 1
    return names.mentions.indices.contains(index) ? names.mentions[index] : nil
  }

  private func sentence(of token: Int) -> Int {
    var low = 0
    var high = sentenceStarts.count
    while low < high {
      let middle = (low + high) / 2
      if sentenceStarts[middle] > token { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }

  // MARK: Roles

  private func isDefinite(_ token: Int, in text: Swift.Span<UInt8>) -> Bool {
    article.known(token, in: text)?.isDefinite ?? false
  }

  /// "the mayor", "the Republican nominee": the one named with that title or role, if it was one only.
  private func roleBearer(_ mention: Range<Int>, in text: Swift.Span<UInt8>) -> Int? {
    guard (2...5).contains(mention.count), isDefinite(mention.lowerBound, in: text) else { return nil }
    guard let only = names.roles.bearer(of: mention.dropFirst(), article.tokens.span),
      names.entities[only].name.lowerBound < mention.lowerBound
    else { return nil }
    return only
  }
}
