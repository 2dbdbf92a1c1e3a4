import Hearsay
import HearsayText

/// Adds indirect mentions of targets: shorter names, `Lee` for Ann Lee, and pronouns, `She is a liar`. Most of `it` and
/// `they` refer to something without a name, and are left out.
extension TargetMentions {
  /// Adds such mentions.
  ///
  /// - Parameters:
  ///   - pronounResolver: Resolves the names and pronouns of the text.
  ///   - quotes: In quotation marks, a pronoun does not refer to the speaker.
  mutating func addReferences(
    _ pronounResolver: PronounResolver, quotes: [Quote], _ tokens: [Token], _ text: Swift.Span<UInt8>
  ) {
    let (targets, others) = targets(of: pronounResolver, tokens)
    guard targets.contains(where: { $0 >= 0 }) else { return }
    var pronouns = PronounMentions(pronounResolver, quotes)
    var alignment = TokenAlignment(pronounResolver.analysis, tokens)
    var found: [Mention] = []
    while let (token, entity) = pronouns.next(in: text) {
      guard targets[entity] >= 0, let place = alignment.tokens(of: token..<token + 1) else { continue }
      found.append(Mention(tokens: place, target: targets[entity]))
    }
    add(others.filter { $0.target >= 0 })
    add(found)
  }

  /// The target of each named entity, -1 for none, and the mentions of entities that overlap no mention of a target.
  private func targets(of pronounResolver: PronounResolver, _ tokens: [Token]) -> (targets: [Int], others: [Mention]) {
    let names = pronounResolver.names
    var targets = [Int](repeating: -1, count: names.entities.count)
    // For each target the entities whose names contain it, `Ann Lee` for Lee, with the number of mentions.
    var longer: [Int: [Int: Int]] = [:]
    var others: [(tokens: Range<Int>, entity: Int)] = []
    var alignment = TokenAlignment(pronounResolver.analysis, tokens)
    var next = 0
    for name in names.mentions {
      guard let place = alignment.tokens(of: name.name) else { continue }
      while next < mentions.count, mentions[next].tokens.upperBound <= place.lowerBound { next += 1 }
      if next == mentions.count || mentions[next].tokens.lowerBound >= place.upperBound {
        others.append((place, name.entity))
      } else if case let mention = mentions[next], mention.tokens.upperBound == place.upperBound,
        targets[name.entity] < 0
      {
        if mention.tokens.lowerBound <= place.lowerBound {
          targets[name.entity] = mention.target
        } else {
          longer[mention.target, default: [:]][name.entity, default: 0] += 1
        }
      }
    }
    let assigned = Set(targets)
    for (target, entities) in longer.sorted(by: { $0.key < $1.key }) where !assigned.contains(target) {
      // A tie is decided by the entity's number, so that the result does not depend on the dictionary's order.
      let free = entities.filter { targets[$0.key] < 0 }
      if let most = free.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { targets[most.key] = target }
    }
    return (targets, others.map { Mention(tokens: $0.tokens, target: targets[$0.entity]) })
  }
}
