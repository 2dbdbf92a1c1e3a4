import Hearsay
import HearsayText

/// Resolves mentions of speakers to the fullest name that the document has for them.
struct SpeakerResolver {
  let analysis: AnalyzedText
  let names: EntityIndex
  private let pronounResolver: PronounResolver
  /// The entity of the speaker resolved last, and where it was.
  private var last: (entity: Int, token: Int)?
  /// Less likely resolutions are left out.
  private let least: Double

  /// The possible antecedents of the pronoun resolved last.
  private var candidates: [PronounResolver.Candidate] = []

  init(_ pronounResolver: PronounResolver, least: Double) {
    self.pronounResolver = pronounResolver
    self.least = least
    analysis = pronounResolver.analysis
    names = pronounResolver.names
  }

  /// The name of the entity that `mention` refers to.
  ///
  /// - Parameter content: The tokens of what is said, within which the speaker is rarely named.
  mutating func name(of mention: Range<Int>, content: [Range<Int>], in text: Swift.Span<UInt8>) -> String? {
    var entity: Int?
    candidates.removeAll(keepingCapacity: true)
    if mention.count == 1, let pronoun = analysis.pronoun(mention.lowerBound, in: text) {
      entity = antecedent(of: mention.lowerBound, pronoun, content, in: text)
    } else if let named = named(in: mention, NameWords(analysis, in: text)) {
      entity = named
    } else {
      entity = roleBearer(mention, in: text)
    }
    guard let entity, names.entities.indices.contains(entity), !names.entities[entity].isWord else { return nil }
    last = (entity, mention.lowerBound)
    let name = text.extracting(analysis.span(names.entities[entity].name).range)
    return unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The possible antecedents of the pronoun resolved last, likeliest first.
  func considered(in text: Swift.Span<UInt8>) -> [QuoteReason.Candidate] {
    candidates.map { candidate in
      let bytes = [UInt8](copying: text, analysis.span(names.entities[candidate.entity].name).range)
      return QuoteReason.Candidate(
        name: String(decoding: bytes, as: UTF8.self), likelihood: (candidate.likelihood * 100).rounded() / 100)
    }
  }

  /// The antecedent of a pronoun: of the entities named before it the most salient one that agrees in gender.
  private mutating func antecedent(
    of token: Int, _ pronoun: Pronoun, _ content: [Range<Int>], in text: Swift.Span<UInt8>
  ) -> Int? {
    if pronoun == .relative { return pronounResolver.entity(ofRelative: token, in: text) }
    pronounResolver.candidates(for: pronoun, at: token, after: last, excluding: content, into: &candidates)
    guard let best = candidates.first, best.likelihood >= least else { return nil }
    guard let gender = pronoun.gender else { return best.entity }
    return isPerson(best) && !pronounResolver.refersToUnnamed(token, gender, best, excluding: content, in: text)
      ? best.entity : nil
  }

  /// Whether a possible antecedent can be a person: a first name, a title or the like shows it, or that it speaks. In "Lee
  /// was in Ohio. She said", "She" is not Ohio; neither are "the American" and "Progress Iowa" persons.
  private func isPerson(_ candidate: PronounResolver.Candidate) -> Bool {
    let entity = names.entities[candidate.entity]
    if entity.isNamedAsPersons || entity.gender != .unknown { return true }
    let (before, after) = (candidate.mention.lowerBound - 1, candidate.mention.upperBound)
    if before >= 0, analysis.classes[before] == .determiner { return false }
    let isSpeaking = [before, after].contains { analysis.roles.indices.contains($0) && analysis.roles[$0].isCue }
    if isSpeaking || last?.entity == candidate.entity { return true }
    return entity.name.count == 1 && (before < 0 || candidate.isSubject || !analysis.classes[before].isPreposition)
  }

  // MARK: Roles

  private func isDefinite(_ token: Int, in text: Swift.Span<UInt8>) -> Bool {
    analysis.known(token, in: text)?.isDefinite ?? false
  }

  /// "the mayor", "the Republican nominee": the one named with that title or role, if it was one only.
  private func roleBearer(_ mention: Range<Int>, in text: Swift.Span<UInt8>) -> Int? {
    guard (2...5).contains(mention.count), isDefinite(mention.lowerBound, in: text) else { return nil }
    guard let only = names.roles.bearer(of: mention.dropFirst(), analysis.tokens.span),
      names.entities[only].name.lowerBound < mention.lowerBound
    else { return nil }
    return only
  }
}
