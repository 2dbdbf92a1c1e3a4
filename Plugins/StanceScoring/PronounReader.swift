import Hearsay
import HearsayText

/// Tells in the order of the text whom its pronouns stand for, those that tell a gender; most of `it` and `they` speak of
/// something that has no name.
struct PronounReader {
  private let pronounResolver: PronounResolver
  private let analysis: AnalyzedText
  private let names: EntityIndex
  private let quotes: [Quote]
  private var quoteIndex: QuoteIndex
  /// Where speakers are mentioned, in order, with the quote.
  private let speakers: [(span: Span, quote: Int)]
  private var nextSpeaker = 0
  private var token = 0
  /// Those that the last one may stand for.
  private var candidates: [PronounResolver.Candidate] = []
  /// Those that are resolved, which later ones may stand for as well.
  private var known: [EntityIndex.Mention] = []

  /// A pronoun whose likeliest name is less likely than this stands for none.
  private static let leastLikelihood = 0.5
  /// In what a speaker is reported to say `he` is mostly the speaker.
  private static let speakerBias = 1.5
  /// No more tokens are looked through for marks.
  private static let farthest = 200
  /// No clause is looked through further.
  private static let longestClause = 30
  /// No more names are looked at in what tells of a speaker.
  private static let mostNames = 60

  init(_ pronounResolver: PronounResolver, _ quotes: [Quote]) {
    self.pronounResolver = pronounResolver
    analysis = pronounResolver.analysis
    names = pronounResolver.names
    self.quotes = quotes
    quoteIndex = QuoteIndex(quotes)
    speakers = quotes.indices.compactMap { index in quotes[index].speaker?.spans.first.map { ($0, index) } }
      .sorted { $0.span.start < $1.span.start }
  }

  /// The next pronoun whose name is known, a speaker's own aside, and the number of the entity.
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
      known.append(EntityIndex.Mention(name: token..<token + 1, entity: entity))
      if let quote, isSpeaker(entity, of: quote, text) { continue }
      return (token, entity)
    }
    return nil
  }

  /// The next pronoun of any kind, at the token or behind it.
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
    pronounResolver.candidates(for: .person(gender), at: token, excluding: [], known: known, into: &candidates)
    if let quote, let speaker = candidates.firstIndex(where: { isSpeaker($0.entity, of: quote, text) }) {
      if isMarked { candidates.remove(at: speaker) } else { candidates[speaker].score += Self.speakerBias }
    }
    if isObject(text) { leaveOutClause() }
    PronounResolver.rank(&candidates)
    // What the pronoun stands for as a speaker is known.
    if let speaking = quoteSpoken() {
      return candidates.first { isSpeaker($0.entity, of: speaking, text) }?.entity
    }
    guard let best = candidates.first, best.likelihood >= Self.leastLikelihood else { return nil }
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

  /// Leaves out those who are spoken of in the clause before the token.
  private mutating func leaveOutClause() {
    let start = clauseStart
    var spoken: [Int] = []
    var index = names.firstMention(from: start)
    while index < names.mentions.count, names.mentions[index].name.lowerBound < token {
      spoken.append(names.mentions[index].entity)
      index += 1
    }
    for pronoun in known.reversed() {
      if pronoun.name.lowerBound < start { break }
      spoken.append(pronoun.entity)
    }
    candidates.removeAll { spoken.contains($0.entity) }
  }

  /// Where the clause of the token begins, as far as marks and small words tell.
  private var clauseStart: Int {
    var i = token
    while i > 0, token - i < Self.longestClause, analysis.tokens[i].gap < .paragraph {
      switch analysis.classes[i - 1] {
      case .conjunction, .subordinator, .that, .interrogative, .to, .endingIng: return i
      case let one where one.isMark: return i
      default: i -= 1
      }
    }
    return i
  }

  /// Whether whom the pronoun stands for may be named behind it: `In his state, Lee said`, `When he arrived, Lee was booed`.
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
    let end = min(token + Self.longestClause, tokens.count)
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

  /// The quote that the pronoun is the speaker of.
  private mutating func quoteSpoken() -> Quote? {
    let span = analysis.tokens[token].span
    while nextSpeaker < speakers.count, speakers[nextSpeaker].span.start < span.start { nextSpeaker += 1 }
    guard nextSpeaker < speakers.count, speakers[nextSpeaker].span == span else { return nil }
    return quotes[speakers[nextSpeaker].quote]
  }

  /// Whether an entity is the speaker of a quote, or is named where the speaker is told of.
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
    for mention in names.mentions[first...].prefix(Self.mostNames) {
      if analysis.span(mention.name).end > span.end { return false }
      if mention.entity == entity { return true }
    }
    return false
  }

  /// Whether the token stands in the quotation marks of a quote's part.
  private func isInMarks(_ part: QuoteIndex.Part, _ kind: Quote.Kind) -> Bool {
    guard kind == .mixed else { return kind == .direct }
    var isMarked = false
    var i = token - 1
    while i >= max(token - Self.farthest, 0), analysis.tokens[i].start >= part.span.start {
      if analysis.tokens[i].mark.isDoubleQuote { isMarked.toggle() }
      i -= 1
    }
    return isMarked
  }

  // MARK: Whoever has no name

  /// "his or her", "s/he": nobody's that is named.
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
