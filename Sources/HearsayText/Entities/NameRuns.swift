/// The runs of capitalised words in a text that may be names.
///
/// A run goes on over the stop of an initial or a title, over particles (`Ursula von der Leyen`), after a noun for a body
/// over `of`, `for` and `on` (`Federal Bureau of Prisons`), and over the possessive of `People's Daily`.
struct NameRuns: ~Escapable {
  /// No name is longer, in tokens.
  private static let longest = 10

  private let words: NameWords
  private var next = 0

  @_lifetime(copy words)
  init(_ words: NameWords) { self.words = words }

  /// The next run, in tokens; `nil` after the last.
  mutating func nextRun() -> Range<Int>? {
    let tokens = words.tokens
    var start = next
    // Most words are not capitalised.
    while start < tokens.count, !tokens[start].isCapitalised || !begins(start) { start += 1 }
    guard start < tokens.count else { return nil }
    next = end(ofRunFrom: start)
    var last = next - 1
    while last > start, tokens[last].kind == .mark { last -= 1 }
    return start..<last + 1
  }

  private func end(ofRunFrom start: Int) -> Int {
    let tokens = words.tokens
    var end = start + 1
    var isOfPurpose = false
    while end < tokens.count, end - start < Self.longest {
      if tokens[end].isCapitalised ? tokens[end].gap == .space && isNameWord(end) : isStop(end) {
        end += 1
      } else if let joined = joined(at: end, isOfPurpose: &isOfPurpose) {
        end = joined + 1
      } else {
        break
      }
    }
    return end
  }

  /// Whether a name may begin with the word. Sentences begin with participles and adverbs, too.
  private func begins(_ i: Int) -> Bool {
    switch words.classes[i] {
    case .name, .acronym, .title, .person, .organizationNoun, .noun:
      return words.roles[i] != .auxiliary && !isParticipleWithObject(i) && !words.isContraction(i)
    // "the State Department", "Josh Earnest"
    case .speech, .thought, .evaluativeVerb:
      return isNameWord(i + 1) && words.tokens[i + 1].gap == .space
        && (i > 0 && words.classes[i - 1] == .determiner || words.isFirstName(i))
    default: return isNameWord(i) || isParticleInCapitals(i) && (isNameWord(i + 1) || isParticle(i + 1))
    }
  }

  /// Whether a name in Dutch begins with the word: `zei Van der Berg`.
  private func isParticleInCapitals(_ i: Int) -> Bool {
    guard words.traits.contains(.capitalisedParticles), words.tokens[i].isCapitalised, !words.tokens.beginsSentence(i)
    else { return false }
    return if case .particle = words.hint(i) { true } else { false }
  }

  /// Whether the word ends as a participle does, with what may be its object after it: `Following the vote`.
  private func isParticipleWithObject(_ i: Int) -> Bool {
    guard words.tokens[i].endsInIng(in: words.text), i + 1 < words.tokens.count else { return false }
    return switch words.classes[i + 1] {
    case .determiner, .possessive, .objectPronoun, .time, .that, .interrogative: true
    default: false
    }
  }

  private func isNameWord(_ i: Int) -> Bool {
    guard words.tokens.indices.contains(i), case let token = words.tokens[i], token.kind == .word,
      token.isCapitalised
    else { return false }
    switch words.classes[i] {
    case .name, .acronym, .title, .person, .organizationNoun, .endingS, .endingEd, .endingLy, .endingIng, .noun:
      return true
    case .modal: return isNameWill(i)
    // "Josh Earnest", "United States", "USA Today"
    case .speech, .thought, .evaluativeVerb, .time: return words.isFirstName(i) || words.isBody(i)
    default: return false
    }
  }

  /// Whether a word that looks like a verb is a name: `Mayor Will Moy`, `George Will`, `Theresa May`, but not `Will Moy win?`
  /// and `How Will Moy Win`.
  private func isNameWill(_ i: Int) -> Bool {
    guard i > 0, words.tokens[i].gap == .space, !words.tokens[i - 1].mark.endsSentence else { return false }
    if words.tokens[i - 1].isCapitalised { return words.isRole(i - 1) || words.isFirstName(i - 1) }
    return words.isFirstName(i) && words.classes[i - 1] != .interrogative
  }

  /// Whether the token is the stop after `J` or `Sen`.
  private func isStop(_ i: Int) -> Bool {
    let tokens = words.tokens
    return tokens[i].mark == .stop && tokens[i].gap == .none
      && (tokens[i - 1].shape == .initial || words.classes[i - 1] == .title || words.isTitle(i - 1))
  }

  /// The name word that small words at the token join to those before it.
  ///
  /// - Parameter isOfPurpose: Whether the run has a `for`, after which `and` may stand, too: `Centers for Disease Control
  ///   and Prevention`.
  private func joined(at i: Int, isOfPurpose: inout Bool) -> Int? {
    let tokens = words.tokens
    // "People's Daily"
    if tokens[i].kind == .possessive {
      guard case .possessor = words.hint(i - 1), isNameWord(i + 1), tokens[i + 1].gap == .space else { return nil }
      return i + 1
    }
    guard tokens[i].gap == .space, tokens[i].shape == .lower || isAmpersand(i) else { return nil }
    var after = i + 1
    // "Ursula von der Leyen" in its own language, where these are words like others.
    if !words.traits.contains(.foreignParticles), isParticle(i), words.isFirstName(i - 1) || isParticleInCapitals(i - 1)
    {
      if isParticle(after) { after += 1 }
      return isNameWord(after) && tokens[after].gap == .space ? after : nil
    }
    switch words.classes[i] {
    case .of, .for:
      guard words.isBody(i - 1) else { return nil }
      if words.classes.indices.contains(after), words.classes[after] == .determiner { after += 1 }
    // "Committee on Foreign Affairs"
    case .preposition:
      guard words.isWord(i, "on"), words.isBody(i - 1) else { return nil }
    case .conjunction:
      guard isOfPurpose, words.isWord(i, "and") else { return nil }
    case .mark: break
    case .noun:
      guard isParticle(i) else { return nil }
      while after < i + 3, isParticle(after) { after += 1 }
    default: return nil
    }
    guard isNameWord(after), tokens[after].gap == .space else { return nil }
    if words.classes[i] == .for { isOfPurpose = true }
    return after
  }

  private func isAmpersand(_ i: Int) -> Bool {
    words.tokens[i].mark == .other && words.text[words.tokens[i].start] == UInt8(ascii: "&")
  }

  private func isParticle(_ i: Int) -> Bool {
    guard i < words.tokens.count, words.tokens[i].shape == .lower, words.tokens[i].count <= 5 else { return false }
    return if case .particle = words.hint(i) { true } else { false }
  }
}
