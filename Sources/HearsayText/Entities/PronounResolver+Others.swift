/// Whether a pronoun is of somebody whom the text does not name.
extension PronounResolver {
  /// No more tokens are looked through for nouns.
  private static let farthest = 200
  /// No more tokens are taken for an article and what stands before its noun.
  private static let mostModifiers = 6

  /// Whether a pronoun is likelier of somebody else than the first of its candidates: of one whose gender is not known, or
  /// whom a noun refers to, and who stands nearer.
  public func refersToOther(_ token: Int, _ gender: Gender, _ candidates: [Candidate], in text: Swift.Span<UInt8>)
    -> Bool
  {
    guard let best = candidates.first else { return false }
    return candidates.contains { isNearer($0, than: best) } || isOfNoun(token, gender, best, text)
  }

  /// Whether a sentence between a name and a pronoun begins with somebody who has none: `Ann Lee left. A young woman
  /// shouted. She`.
  ///
  /// - Parameter content: Tokens in which nobody is looked for: the words of the one that the pronoun stands for.
  public func refersToUnnamed(
    _ token: Int, _ gender: Gender, _ name: Candidate, excluding content: [Range<Int>], in text: Swift.Span<UInt8>
  ) -> Bool {
    let tokens = analysis.tokens
    var i = max(name.mention.upperBound, token - Self.farthest)
    while i < token {
      defer { i += 1 }
      guard analysis.classes[i] == .determiner, tokens.span.beginsSentence(i),
        !content.contains(where: { $0.contains(i) })
      else { continue }
      let isAny = analysis.isWord(i, "a", in: text) || analysis.isWord(i, "an", in: text)
      for noun in i + 1..<min(i + Self.mostModifiers, token) where tokens[noun].shape == .lower {
        switch NameHint.of(tokens[noun], in: text) {
        case .noun(gender), .noun(.unknown): return true
        case .title(gender) where isAny: return true
        default: if isAny, analysis.classes[noun] == .person { return true }
        }
        // The noun of the phrase is after what stands before it.
        if analysis.classes[noun].isVerbal || analysis.classes[noun].isPreposition { break }
      }
    }
    return false
  }

  /// Whether somebody of unknown gender is mentioned after the last mention of another: `Ann Lee left. Smith stayed. She`.
  private func isNearer(_ other: Candidate, than best: Candidate) -> Bool {
    other.isSubject && other.mention.lowerBound > best.mention.lowerBound
      && names.entities[other.entity].gender == .unknown
  }

  /// Whether what the pronoun may stand for is between it and the name, and is somebody else: `The woman says that she`, `if
  /// the president keeps his word`, `nobody likes his boss`.
  private func isOfNoun(_ token: Int, _ gender: Gender, _ name: Candidate, _ text: Swift.Span<UInt8>) -> Bool {
    let from = max(name.mention.upperBound, token - Self.farthest)
    guard from < token else { return false }
    // Whether nobody in particular is spoken of, up to the sentence's end.
    var isAnybody = false
    for i in from..<token {
      if analysis.tokens[i].mark.endsSentence { isAnybody = false }
      guard analysis.tokens[i].shape != .upper else { continue }
      switch analysis.classes[i] {
      case .subjectPronoun:
        // "nobody", "everyone", but not "you"
        if analysis.tokens[i].count > 5, analysis.known(i, in: text)?.pronoun == nil { isAnybody = true }
      case .determiner:
        if ["every", "each", "no"].contains(where: { analysis.isWord(i, $0, in: text) }) { isAnybody = true }
      default:
        if analysis.tokens[i].shape == .lower, isOther(i, gender, than: name, text) { return true }
      }
    }
    return isAnybody
  }

  /// Whether a noun refers to somebody else: one of the gender, or one before a verb.
  private func isOther(_ noun: Int, _ gender: Gender, than name: Candidate, _ text: Swift.Span<UInt8>) -> Bool {
    let kind = analysis.classes[noun]
    // "the suspect", but not "they suspect"
    let isNoun = kind.isNoun || kind.isReporting && noun > 0 && analysis.classes[noun - 1] == .determiner
    guard isNoun, !isTold(noun, of: name) else { return false }
    var isPerson = kind.isRole
    switch NameHint.of(analysis.tokens[noun], in: text) {
    case .noun(gender), .title(gender): return true
    case .noun(.unknown), .role: isPerson = true
    default: break
    }
    // "the president does", "A young driver fled", but not "Lee told the reporter".
    let tokens = analysis.tokens
    guard isPerson, let start = determiner(before: noun),
      analysis.classes[noun + 1].isVerbal || tokens.span.beginsSentence(start)
    else { return false }
    return names.roles.bearer(of: noun..<noun + 1, tokens.span) != name.entity
  }

  /// The article or the like of a noun's phrase, words between them included.
  private func determiner(before noun: Int) -> Int? {
    (max(noun - Self.mostModifiers, 0)..<noun).last { analysis.classes[$0] == .determiner }
  }

  /// Whether a noun says what the one named is: `Lee, the mayor's daughter, said`, `Lee is a young man`.
  private func isTold(_ noun: Int, of name: Candidate) -> Bool {
    let start = determiner(before: noun) ?? noun
    if start > 0, analysis.classes[start - 1] == .be { return true }
    let after = name.mention.upperBound
    return after < noun && analysis.tokens[after].mark == .comma
      && !(after..<noun).contains { analysis.classes[$0].isVerbal || analysis.tokens[$0].mark.endsSentence }
  }
}
