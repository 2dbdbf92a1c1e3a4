import Hearsay
import HearsayText

/// Resolves the pronouns of a text that have a gender, in order. Most of `it` and `they` refer to something without a name.
struct PronounMentions {
  private let pronounResolver: PronounResolver
  private let analysis: AnalyzedText
  private let names: EntityIndex
  private let quotes: [Quote]
  private var quoteIndex: QuoteIndex
  /// The mentions of speakers, in order, with their quotes.
  private let speakers: [(span: Span, quote: Int)]
  private var nextSpeaker = 0
  private var token = 0
  /// The candidates for the last pronoun. The buffer is reused.
  private var candidates: [PronounResolver.Candidate] = []
  /// The pronouns resolved so far: later ones may refer to the same entities.
  private var resolved: [EntityIndex.Mention] = []

  /// A pronoun is not resolved if its best candidate is less likely.
  private static let minimumLikelihood = 0.5
  /// Added to the score of the speaker: in reported speech, `he` is mostly the speaker.
  private static let speakerBias = 1.5
  /// The number of tokens that are searched for quotation marks.
  private static let maximumMarkDistance = 200
  /// The longest clause, in tokens.
  private static let maximumClause = 30
  /// The number of names that are compared in the mention of a speaker.
  private static let maximumNames = 60

  init(_ pronounResolver: PronounResolver, _ quotes: [Quote]) {
    self.pronounResolver = pronounResolver
    analysis = pronounResolver.analysis
    names = pronounResolver.names
    self.quotes = quotes
    quoteIndex = QuoteIndex(quotes)
    speakers = quotes.indices.compactMap { index in quotes[index].speaker?.spans.first.map { ($0, index) } }
      .sorted { $0.span.start < $1.span.start }
  }

  /// The next pronoun that refers to an entity other than the speaker, and the number of the entity.
  mutating func next(in text: Swift.Span<UInt8>) -> (token: Int, entity: Int)? {
    while let pronoun = nextPronoun(from: token) {
      token = pronoun
      defer { token += 1 }
      guard analysis.tokens[token].shape != .upper, !isAlternative(text),
        let gender = analysis.known(token, in: text)?.pronoun?.gender
      else { continue }
      let part = quoteIndex.part(at: analysis.tokens[token].start)
      let quote = part.map { quotes[$0.quote] }
      let isMarked = part.map { isInMarks($0, quotes[$0.quote].kind) } ?? false
      guard let entity = entity(of: gender, saidIn: quote, isMarked: isMarked, text) else { continue }
      resolved.append(EntityIndex.Mention(name: token..<token + 1, entity: entity))
      if let quote, isSpeaker(entity, of: quote, text) { continue }
      return (token, entity)
    }
    return nil
  }

  /// The next pronoun of any kind, at the token or after it.
  private func nextPronoun(from token: Int) -> Int? {
    let classes = analysis.classes.span
    var i = token
    while i < classes.count {
      if classes[i].isPronoun { return i }
      i += 1
    }
    return nil
  }

  private mutating func entity(of gender: Gender, saidIn quote: Quote?, isMarked: Bool, _ text: Swift.Span<UInt8>)
    -> Int?
  {
    pronounResolver.candidates(for: .person(gender), at: token, excluding: [], known: resolved, into: &candidates)
    if let quote, let speaker = candidates.firstIndex(where: { isSpeaker($0.entity, of: quote, text) }) {
      if isMarked { candidates.remove(at: speaker) } else { candidates[speaker].score += Self.speakerBias }
    }
    if isObject(text) { removeMentionedInClause() }
    PronounResolver.rank(&candidates)
    // The pronoun is the mention of a speaker, who is known.
    if let speaking = quoteSpoken() {
      return candidates.first { isSpeaker($0.entity, of: speaking, text) }?.entity
    }
    guard let best = candidates.first, best.likelihood >= Self.minimumLikelihood else { return nil }
    // A place is no person, and one without a first name or a title may be one.
    let entity = names.entities[best.entity]
    guard entity.isPerson || entity.gender != .unknown, !isBeforeName(best.entity, gender) else { return nil }
    return pronounResolver.refersToOther(token, gender, candidates, in: text) ? nil : best.entity
  }

  // MARK: Clauses

  /// Whether the pronoun is somebody else than the subject of its clause: `Ann Lee met her`, but not `lost her seat`.
  private func isObject(_ text: Swift.Span<UInt8>) -> Bool {
    guard analysis.classes[token] == .objectPronoun else { return false }
    return !(analysis.isWord(token, "her", in: text) && NameWords(analysis, in: text).isBeforeNoun(token..<token + 1))
  }

  /// Removes the candidates that are mentioned in the clause before the token.
  private mutating func removeMentionedInClause() {
    let start = clauseStart
    var mentioned: [Int] = []
    var index = names.firstMention(from: start)
    while index < names.mentions.count, names.mentions[index].name.lowerBound < token {
      mentioned.append(names.mentions[index].entity)
      index += 1
    }
    for pronoun in resolved.reversed() {
      if pronoun.name.lowerBound < start { break }
      mentioned.append(pronoun.entity)
    }
    candidates.removeAll { mentioned.contains($0.entity) }
  }

  /// The first token of the clause, determined from marks and function words.
  private var clauseStart: Int {
    var i = token
    while i > 0, token - i < Self.maximumClause, analysis.tokens[i].gap < .paragraph {
      switch analysis.classes[i - 1] {
      case .conjunction, .subordinator, .that, .interrogative, .to, .endingIng: return i
      case let one where one.isMark: return i
      default: i -= 1
      }
    }
    return i
  }

  /// Whether the name may follow the pronoun (cataphora): `In his state, Lee said`, `When he arrived, Lee was booed`.
  private func isBeforeName(_ entity: Int, _ gender: Gender) -> Bool {
    let (tokens, classes) = (analysis.tokens, analysis.classes)
    if classes[token] == .possessive, token > 0, classes[token - 1].isPreposition,
      tokens.span.beginsSentence(token - 1)
    {
      return true
    }
    let start = clauseStart
    guard start > 0, tokens.span.beginsSentence(start - 1) else { return false }
    switch classes[start - 1] {
    case .subordinator, .interrogative, .as: break
    default: return false
    }
    let end = min(token + Self.maximumClause, tokens.count)
    guard let comma = (token..<end).first(where: { tokens[$0].kind == .mark }), tokens[comma].mark == .comma else {
      return false
    }
    let index = names.firstMention(from: comma)
    guard index < names.mentions.count, case let mention = names.mentions[index], mention.entity != entity,
      mention.name.lowerBound <= comma + 3
    else { return false }
    return names.entities[mention.entity].gender == gender
  }

  // MARK: Speakers

  /// The quote whose speaker the pronoun is.
  private mutating func quoteSpoken() -> Quote? {
    let span = analysis.tokens[token].span
    while nextSpeaker < speakers.count, speakers[nextSpeaker].span.start < span.start { nextSpeaker += 1 }
    guard nextSpeaker < speakers.count, speakers[nextSpeaker].span == span else { return nil }
    return quotes[speakers[nextSpeaker].quote]
  }

  /// Whether an entity is the speaker of a quote, or is named in the mention of the speaker.
  private func isSpeaker(_ entity: Int, of quote: Quote, _ text: Swift.Span<UInt8>) -> Bool {
    guard let speaker = quote.speaker else { return false }
    guard var name = speaker.name else { return speaker.spans.contains { isNamed(entity, in: $0) } }
    let range = analysis.span(names.entities[entity].name).range
    return name.withUTF8 { bytes in
      guard bytes.count == range.count else { return false }
      return bytes.indices.allSatisfy { unsafe bytes[$0] == text[range.lowerBound + $0] }
    }
  }

  private func isNamed(_ entity: Int, in span: Span) -> Bool {
    let first = names.firstMention(from: analysis.firstToken(from: span.start))
    for mention in names.mentions[first...].prefix(Self.maximumNames) {
      if analysis.span(mention.name).end > span.end { return false }
      if mention.entity == entity { return true }
    }
    return false
  }

  /// Whether the token is in the quotation marks of a part of a quote.
  private func isInMarks(_ part: QuoteIndex.Part, _ kind: Quote.Kind) -> Bool {
    guard kind == .mixed else { return kind == .direct }
    var isMarked = false
    var i = token - 1
    while i >= max(token - Self.maximumMarkDistance, 0), analysis.tokens[i].start >= part.span.start {
      if analysis.tokens[i].mark.isDoubleQuote { isMarked.toggle() }
      i -= 1
    }
    return isMarked
  }

  // MARK: Entities without a name

  /// "his or her", "s/he": nobody who is named.
  private func isAlternative(_ text: Swift.Span<UInt8>) -> Bool {
    isAlternative(token + 1, token + 2, text) || isAlternative(token - 1, token - 2, text)
  }

  private func isAlternative(_ between: Int, _ other: Int, _ text: Swift.Span<UInt8>) -> Bool {
    guard analysis.tokens.indices.contains(other) else { return false }
    let token = analysis.tokens[between]
    if token.mark == .other, text[token.start] == UInt8(ascii: "/") { return true }
    return analysis.classes[other].isPronoun && (token.mark == .openBracket || analysis.isWord(between, "or", in: text))
  }
}
