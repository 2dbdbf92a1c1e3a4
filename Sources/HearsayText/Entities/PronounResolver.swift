internal import Hearsay

/// Finds whom the pronouns of a text stand for.
///
/// It holds many buffers and never changes, so that a reference is all that stages hand on.
public final class PronounResolver: Sendable {
  /// The text that the pronouns are of.
  public let analysis: AnalyzedText
  /// Whom it names.
  public let names: EntityIndex
  /// The sentence that a token stands in, looked up in any order.
  private let sentenceStarts: [Int]

  /// A pronoun is resolved to what is named in this many sentences before it.
  private static let sentencesBack = 5
  /// No more mentions than these are looked at.
  private static let mentionsBack = 24
  /// A speaker is remembered for this many tokens.
  private static let speakerBack = 400

  /// - Parameter names: Those of the same article.
  public init(_ analysis: AnalyzedText, _ names: EntityIndex) {
    self.analysis = analysis
    self.names = names
    sentenceStarts = analysis.sentences.map(\.lowerBound)
  }

  /// One that a pronoun may stand for.
  public struct Candidate: Sendable {
    /// The number of the entity in `names`.
    public var entity: Int
    /// The tokens where it was mentioned last.
    public var mention: Range<Int>
    /// Whether it was the subject there.
    public var isSubject: Bool
    /// How well it fits; what the likelihoods of several are made of.
    public var score: Double
    /// Of all that the pronoun may stand for, how likely this one is meant.
    public fileprivate(set) var likelihood = 0.0
  }

  /// The name directly before a relative pronoun, `Lee, who said`, but not `those behind Lee, who are`.
  public func entity(ofRelative token: Int, in text: Swift.Span<UInt8>) -> Int? {
    let index = names.firstMention(from: token) - 1
    guard names.mentions.indices.contains(index), case let mention = names.mentions[index],
      token - mention.name.upperBound <= 2,
      (mention.name.upperBound..<token).allSatisfy({ analysis.tokens[$0].kind == .mark }),
      !isPlural(token + 1, in: text)
    else { return nil }
    return mention.entity
  }

  /// Finds those named before a pronoun that agree with it in gender, likeliest first; none for the first person.
  ///
  /// - Parameters:
  ///   - speaker: Who spoke last before the pronoun, and at which token.
  ///   - content: Tokens in which it names nobody: the words of the one that it stands for.
  ///   - known: The pronouns before it whose names are known, in order.
  public func candidates(
    for pronoun: Pronoun, at token: Int, after speaker: (entity: Int, token: Int)? = nil,
    excluding content: [Range<Int>],
    known: [EntityIndex.Mention] = [], into found: inout [Candidate]
  ) {
    found.removeAll(keepingCapacity: true)
    switch pronoun {
    case .relative, .speaker: return
    case .person, .group: break
    }
    let sentence = sentence(of: token)
    let mentions = names.mentions
    var index = names.firstMention(from: token) - 1
    var pronounIndex = known.count - 1
    var back = 0
    for _ in 0..<Self.mentionsBack {
      let mention: EntityIndex.Mention
      let isPronoun: Bool
      if pronounIndex >= 0, index < 0 || known[pronounIndex].name.lowerBound > mentions[index].name.lowerBound {
        mention = known[pronounIndex]
        isPronoun = true
        pronounIndex -= 1
      } else if index >= 0 {
        mention = mentions[index]
        isPronoun = false
        index -= 1
      } else {
        break
      }
      while back <= Self.sentencesBack, sentence - back > 0,
        sentenceStarts[sentence - back] > mention.name.lowerBound
      { back += 1 }
      if back > Self.sentencesBack { break }
      if content.contains(where: { $0.overlaps(mention.name) }) { continue }
      guard
        let candidate = candidate(
          mention, isPronoun: isPronoun, for: pronoun, inSentence: sentence - back, back: back, after: speaker?.entity)
      else { continue }
      if let known = found.firstIndex(where: { $0.entity == mention.entity }) {
        found[known].score = max(found[known].score, candidate.score) + (isPronoun ? 0 : 0.3)
      } else {
        found.append(candidate)
      }
    }
    if pronoun.gender != nil, let speaker, token - speaker.token < Self.speakerBack,
      !found.contains(where: { $0.entity == speaker.entity }),
      let score = agreement(of: pronoun, with: names.entities[speaker.entity])
    {
      found.append(
        Candidate(entity: speaker.entity, mention: speaker.token..<speaker.token + 1, isSubject: true, score: score - 1)
      )
    }
    Self.rank(&found)
  }

  /// A mention as a candidate, some sentences before the pronoun; `nil` where the pronoun cannot stand for it.
  private func candidate(
    _ mention: EntityIndex.Mention, isPronoun: Bool, for pronoun: Pronoun, inSentence sentence: Int, back: Int,
    after speaker: Int?
  ) -> Candidate? {
    let entity = names.entities[mention.entity]
    guard !entity.isWord, var score = agreement(of: pronoun, with: entity) else { return nil }
    let isSubject =
      isPronoun
      ? analysis.classes[mention.name.lowerBound] == .subjectPronoun
      : analysis.isSubject(mention.name, ofSentence: sentence)
        || pronoun.gender != nil && analysis.isSubjectOfVerb(mention.name)
    // "It" and "they" stand for a name only where that is what the text is about; else for what has none.
    if pronoun.gender == nil, back > 1 || !isSubject || !isHead(mention.name) || isBehindVerb(mention.name) {
      return nil
    }
    score -= Double(back)
    // The subject of its sentence, and the speaker before.
    if isSubject { score += 1 }
    if speaker == mention.entity { score += 1.5 }
    return Candidate(entity: mention.entity, mention: mention.name, isSubject: isSubject, score: score)
  }

  /// Turns the scores of candidates into likelihoods, and sorts them, the likeliest first.
  public static func rank(_ candidates: inout [Candidate]) {
    if candidates.count > 1 {
      candidates.sort { ($0.score, $0.mention.lowerBound) > ($1.score, $1.mention.lowerBound) }
    }
    guard let best = candidates.first?.score else { return }
    var sum = 0.0
    for k in candidates.indices {
      candidates[k].likelihood = weight(candidates[k].score - best)
      sum += candidates[k].likelihood
    }
    for k in candidates.indices { candidates[k].likelihood /= sum }
  }

  /// e to the power of `x` for `x` at most 0, near enough to compare by.
  private static func weight(_ x: Double) -> Double {
    let y = 1 + x / 8
    guard y > 0 else { return 0 }
    return y * y * y * y * y * y * y * y
  }

  /// How well an entity agrees with a pronoun; `nil` where it cannot be meant.
  private func agreement(of pronoun: Pronoun, with entity: EntityIndex.Entity) -> Double? {
    guard let gender = pronoun.gender else { return entity.isPerson ? nil : 1 }
    if entity.isBody { return nil }
    if entity.gender == .unknown { return entity.isNamedAsPersons ? 0.5 : -1.5 }
    return entity.gender == gender ? 1.5 : nil
  }

  private func sentence(of token: Int) -> Int { sentenceStarts.partitioningIndex { $0 > token } - 1 }

  // MARK: Where a name stands

  /// Whether a verb is one of several people.
  private func isPlural(_ verb: Int, in text: Swift.Span<UInt8>) -> Bool {
    analysis.isWord(verb, "are", in: text) || analysis.isWord(verb, "were", in: text)
      || analysis.isWord(verb, "have", in: text)
  }

  /// Whether a verb stands directly before the name or the word before it: `criticised the United Nations`.
  private func isBehindVerb(_ name: Range<Int>) -> Bool {
    (max(name.lowerBound - 2, 0)..<name.lowerBound).contains { analysis.classes[$0].isVerbal }
  }

  /// Whether a name is no part of what another word names: not `Lee` of `Lee's friend` and `the Lee campaign`.
  private func isHead(_ name: Range<Int>) -> Bool {
    guard analysis.tokens.indices.contains(name.upperBound) else { return true }
    let next = analysis.tokens[name.upperBound]
    let kind = analysis.classes[name.upperBound]
    return next.kind != .possessive && (next.kind == .mark || kind.isReporting || !kind.isNominal)
  }
}

extension AnalyzedText {
  /// Whether the name stands first in its sentence, but for titles, or directly before a verb of speech.
  fileprivate func isSubject(_ name: Range<Int>, ofSentence sentence: Int) -> Bool {
    if sentences.indices.contains(sentence), case let start = sentences[sentence].lowerBound,
      (0...4).contains(name.lowerBound - start)
    {
      // "In Virginia, they voted"
      return (name.lowerBound == start || !classes[name.lowerBound - 1].isPreposition)
        && !(dash(ofDatelineFrom: start).map { $0 >= name.upperBound } ?? false)
    }
    return roles.indices.contains(name.upperBound) && roles[name.upperBound].isCue
  }

  /// Whether the name is the subject of a verb directly after it: `Despite his doubts, Lee is`, but not `the day that Lee won`.
  fileprivate func isSubjectOfVerb(_ name: Range<Int>) -> Bool {
    let (before, after) = (name.lowerBound - 1, name.upperBound)
    guard classes.indices.contains(after), classes[after].isVerbal else { return false }
    return before >= 0 && tokens[before].mark == .comma
  }
}
