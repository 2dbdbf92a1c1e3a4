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
    _ antecedents: Antecedents, quotes: [Quote], _ tokens: [Token], _ text: Swift.Span<UInt8>
  ) {
    let (targets, others) = targets(of: antecedents, tokens)
    guard targets.contains(where: { $0 >= 0 }) else { return }
    var pronouns = PronounReader(antecedents, quotes)
    var places = TokenPlaces(antecedents.article, tokens)
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
  private func targets(of antecedents: Antecedents, _ tokens: [Token]) -> (targets: [Int], others: [Mention]) {
    let names = antecedents.names
    var targets = [Int](repeating: -1, count: names.entities.count)
    // Of each target who is named by more words, `Ann Lee` of Lee, and how often.
    var longer: [Int: [Int: Int]] = [:]
    var others: [(tokens: Range<Int>, entity: Int)] = []
    var places = TokenPlaces(antecedents.article, tokens)
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
      if let most = entities.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { targets[most.key] = target }
    }
    return (targets, others.map { Mention(tokens: $0.tokens, target: targets[$0.entity]) })
  }
}

/// Tells in the order of the text whom its pronouns stand for.
private struct PronounReader {
  private let antecedents: Antecedents
  private let article: Article
  private let names: NameIndex
  private let quotes: [Quote]
  private var quoteIndex: QuoteIndex
  /// Where the mentions of speakers begin, in order, with the quote.
  private let speakers: [(start: Int, quote: Int)]
  private var nextSpeaker = 0
  private var token = 0
  /// Those that the last one may stand for.
  private var candidates: [Antecedents.Candidate] = []
  /// Those that are resolved, which later ones may stand for as well.
  private var known: [NameIndex.Mention] = []

  /// A pronoun whose likeliest name is less likely than this stands for none.
  private static let leastLikelihood = 0.5
  /// In what a speaker is reported to say `he` is mostly the speaker.
  private static let speakerBias = 1.5
  /// No more tokens are looked through for marks and nouns.
  private static let farthest = 200
  /// No clause is looked through further.
  private static let longestClause = 30

  init(_ antecedents: Antecedents, _ quotes: [Quote]) {
    self.antecedents = antecedents
    article = antecedents.article
    names = antecedents.names
    self.quotes = quotes
    quoteIndex = QuoteIndex(quotes)
    speakers = quotes.indices.compactMap { index in quotes[index].speaker?.spans.first.map { ($0.start, index) } }
      .sorted { $0.start < $1.start }
  }

  /// The next pronoun whose name is known, a speaker's own aside, and the number of the entity.
  mutating func next(in text: Swift.Span<UInt8>) -> (token: Int, entity: Int)? {
    while let pronoun = nextPronoun(from: token) {
      token = pronoun
      defer { token += 1 }
      guard article.tokens[token].shape != .upper, !isAlternative(text),
        let pronoun = article.known(token, in: text)?.pronoun, pronoun.hasGender
      else { continue }
      let part = quoteIndex.part(at: article.tokens[token].start)
      let quote = part.map { quotes[$0.quote] }
      let isMarked = part.map { isInMarks($0, quotes[$0.quote].kind) } ?? false
      guard let entity = entity(of: pronoun, saidIn: quote, isMarked: isMarked, text) else { continue }
      known.append(NameIndex.Mention(name: token..<token + 1, entity: entity))
      if let quote, isSpeaker(entity, of: quote, text) { continue }
      return (token, entity)
    }
    return nil
  }

  /// The next pronoun of any kind, at the token or behind it.
  private func nextPronoun(from token: Int) -> Int? {
    let classes = article.classes.span
    var i = token
    while i < classes.count {
      switch classes[i] {
      case .subject, .object, .possessive: return i
      default: i += 1
      }
    }
    return nil
  }

  private func isPronoun(_ token: Int) -> Bool {
    guard article.classes.indices.contains(token) else { return false }
    return switch article.classes[token] {
    case .subject, .object, .possessive: true
    default: false
    }
  }

  private mutating func entity(of pronoun: Pronoun, saidIn quote: Quote?, isMarked: Bool, _ text: Swift.Span<UInt8>)
    -> Int?
  {
    // "Ann Lee met her": somebody else.
    let isObject = article.classes[token] == .object
    antecedents.candidates(
      for: pronoun, at: token, besides: isObject ? [clauseStart..<token] : [], known: known, into: &candidates)
    if let quote, let speaker = candidates.firstIndex(where: { isSpeaker($0.entity, of: quote, text) }) {
      if isMarked { candidates.remove(at: speaker) } else { candidates[speaker].score += Self.speakerBias }
      Antecedents.rank(&candidates)
    }
    // What the pronoun stands for as a speaker is known.
    if let speaking = quoteSpoken() {
      return candidates.first { isSpeaker($0.entity, of: speaking, text) }?.entity
    }
    guard !isBeforeName, let best = candidates.first, best.likelihood >= Self.leastLikelihood else { return nil }
    // A place is no person, and one without a first name or a title may be one.
    let entity = names.entities[best.entity]
    if !entity.isPerson, entity.gender == .unknown { return nil }
    return isOfNoun(pronoun, best, text) ? nil : best.entity
  }

  /// The quote that the pronoun is the speaker of.
  private mutating func quoteSpoken() -> Quote? {
    let start = article.tokens[token].start
    while nextSpeaker < speakers.count, speakers[nextSpeaker].start < start { nextSpeaker += 1 }
    guard nextSpeaker < speakers.count, speakers[nextSpeaker].start == start else { return nil }
    return quotes[speakers[nextSpeaker].quote]
  }

  /// Whether whom the pronoun stands for may be named behind it: `In his state, Lee said`.
  private var isBeforeName: Bool {
    article.classes[token] == .possessive && token > 0 && article.classes[token - 1].isPreposition
      && article.tokens.span.beginsSentence(token - 1)
  }

  /// "his or her": nobody's that is named.
  private func isAlternative(_ text: Swift.Span<UInt8>) -> Bool {
    return isPronoun(token + 2) && article.isWord(token + 1, "or", in: text)
      || isPronoun(token - 2) && article.isWord(token - 1, "or", in: text)
  }

  /// Whether an entity is the speaker of a quote, or is named where the speaker is told of.
  private func isSpeaker(_ entity: Int, of quote: Quote, _ text: Swift.Span<UInt8>) -> Bool {
    guard let speaker = quote.speaker else { return false }
    guard var name = speaker.name else { return speaker.spans.contains { isNamed(entity, in: $0) } }
    let range = article.span(names.entities[entity].name).range
    return name.withUTF8 { bytes in
      guard bytes.count == range.count else { return false }
      return bytes.indices.allSatisfy { unsafe bytes[$0] == text[range.lowerBound + $0] }
    }
  }

  private func isNamed(_ entity: Int, in span: Span) -> Bool {
    var index = names.firstMention(from: article.firstToken(from: span.start))
    while index < names.mentions.count, article.span(names.mentions[index].name).end <= span.end {
      if names.mentions[index].entity == entity { return true }
      index += 1
    }
    return false
  }

  /// Whether the token stands in the quotation marks of a quote's part.
  private func isInMarks(_ part: QuoteIndex.Part, _ kind: Quote.Kind) -> Bool {
    guard kind == .mixed else { return kind == .direct }
    var isMarked = false
    var i = token - 1
    while i >= max(token - Self.farthest, 0), article.tokens[i].start >= part.span.start {
      if article.tokens[i].mark.isDoubleQuote { isMarked.toggle() }
      i -= 1
    }
    return isMarked
  }

  /// Whether a noun that the pronoun may stand for is between it and the name: `The woman says that she`, `if the president
  /// keeps his word`, and he is somebody else.
  private func isOfNoun(_ pronoun: Pronoun, _ name: Antecedents.Candidate, _ text: Swift.Span<UInt8>) -> Bool {
    guard case .person(let gender) = pronoun, gender != .unknown else { return false }
    for i in max(name.mention.upperBound, token - Self.farthest)..<token where article.tokens[i].shape == .lower {
      switch article.classes[i] {
      case .noun, .person, .title, .endingS: break
      default: continue
      }
      switch NameHint.of(article.tokens[i], in: text) {
      case .noun(gender), .title(gender): return true
      default: break
      }
      // "the president does", but not "Lee told the reporter".
      guard article.classes[i] == .person || article.classes[i] == .title, i > 0, article.classes[i - 1] == .determiner,
        article.classes[i + 1].isVerbal
      else { continue }
      if names.roles.bearer(of: i..<i + 1, article.tokens.span) != name.entity { return true }
    }
    return false
  }

  /// Where the clause of the token begins, as far as marks and small words tell.
  private var clauseStart: Int {
    var i = token
    while i > 0, token - i < Self.longestClause, article.tokens[i].gap < .paragraph {
      switch article.classes[i - 1] {
      case .conjunction, .subordinator, .that, .asking, .to, .endingIng: return i
      case let one where one.isMark: return i
      default: i -= 1
      }
    }
    return i
  }
}
