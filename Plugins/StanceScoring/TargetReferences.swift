import Hearsay
import HearsayText

/// What else mentions targets than the names that were found: shorter names, `Lee` for Ann Lee, and pronouns, `She is a
/// liar`. Most of `it` and `they` speak of something that has no name, and are left out.
extension TargetMentions {
  /// Adds such mentions.
  ///
  /// - Parameters:
  ///   - antecedents: Whom the names and pronouns of the text may stand for.
  ///   - quotes: A speaker's `he` within quotation marks is somebody else.
  mutating func addReferences(
    _ pronounResolver: PronounResolver, quotes: [Quote], _ tokens: [Token], _ text: Swift.Span<UInt8>
  ) {
    let (targets, others) = targets(of: pronounResolver, tokens)
    guard targets.contains(where: { $0 >= 0 }) else { return }
    var pronouns = PronounReader(pronounResolver, quotes)
    var places = TokenPlaces(pronounResolver.analysis, tokens)
    var found: [Mention] = []
    while let (token, entity) = pronouns.next(in: text) {
      guard targets[entity] >= 0, let place = places.place(of: token..<token + 1) else { continue }
      found.append(Mention(tokens: place, target: targets[entity]))
    }
    add(others.filter { $0.target >= 0 })
    add(found)
  }

  /// For each of those named the target that mentions of it are, -1 where there is none, and those of their mentions that
  /// no mention of a target overlaps.
  private func targets(of pronounResolver: PronounResolver, _ tokens: [Token]) -> (targets: [Int], others: [Mention]) {
    let names = pronounResolver.names
    var targets = [Int](repeating: -1, count: names.entities.count)
    // Of each target who is named by more words, `Ann Lee` of Lee, and how often.
    var longer: [Int: [Int: Int]] = [:]
    var others: [(tokens: Range<Int>, entity: Int)] = []
    var places = TokenPlaces(pronounResolver.analysis, tokens)
    var next = 0
    for name in names.mentions {
      guard let place = places.place(of: name.name) else { continue }
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
    let told = Set(targets)
    for (target, entities) in longer.sorted(by: { $0.key < $1.key }) where !told.contains(target) {
      // The number decides where two are named as often, so that the order does not.
      let free = entities.filter { targets[$0.key] < 0 }
      if let most = free.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { targets[most.key] = target }
    }
    return (targets, others.map { Mention(tokens: $0.tokens, target: targets[$0.entity]) })
  }
}
