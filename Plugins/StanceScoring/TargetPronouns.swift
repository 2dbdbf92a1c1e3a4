import Hearsay
import HearsayText

/// The pronouns that stand for targets: `She is a liar` is said of Ann Lee. Most of `it` and `they` speak of something that
/// has no name, and are left out.
extension TargetMentions {
  /// Adds them to the names that were found.
  ///
  /// - Parameters:
  ///   - antecedents: Whom the pronouns of the text may stand for.
  ///   - quotes: A speaker's `he` within quotation marks is somebody else.
  mutating func addPronouns(
    _ antecedents: Antecedents, quotes: [Quote], _ tokens: [Token], _ text: Swift.Span<UInt8>
  ) {
    let targets = targets(of: antecedents, tokens)
    guard targets.contains(where: { $0 >= 0 }) else { return }
    var pronouns = PronounReader(antecedents, quotes)
    var found: [Mention] = []
    var at = 0
    while let (token, entity) = pronouns.next(in: text) {
      guard targets[entity] >= 0 else { continue }
      let start = antecedents.article.tokens[token].start
      // The article's tokens are not those of the text where marks are joined.
      while at < tokens.count, tokens[at].start < start { at += 1 }
      guard at < tokens.count, tokens[at].start == start else { continue }
      found.append(Mention(tokens: at..<at + 1, target: targets[entity]))
    }
    add(found)
  }

  /// For each of those named the target that a mention of it ends like; -1 where none does.
  private func targets(of antecedents: Antecedents, _ tokens: [Token]) -> [Int] {
    let names = antecedents.names
    var targets = [Int](repeating: -1, count: names.entities.count)
    var next = 0
    for name in names.mentions {
      let end = antecedents.article.tokens[name.name.upperBound - 1].end
      while next < mentions.count, tokens[mentions[next].tokens.upperBound - 1].end < end { next += 1 }
      guard next < mentions.count else { break }
      if tokens[mentions[next].tokens.upperBound - 1].end == end, targets[name.entity] < 0 {
        targets[name.entity] = mentions[next].target
      }
    }
    return targets
  }
}

/// Tells in the order of the text whom its pronouns stand for.
private struct PronounReader {
  private let antecedents: Antecedents
  private let quotes: [Quote]
  private var quoteIndex: QuoteIndex
  /// Where the mentions of speakers begin, in order, with the quote.
  private let speakers: [(start: Int, quote: Int)]
  private var nextSpeaker = 0
  private var token = 0
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
    self.quotes = quotes
    quoteIndex = QuoteIndex(quotes)
    speakers = quotes.indices.compactMap { index in quotes[index].speaker?.spans.first.map { ($0.start, index) } }
      .sorted { $0.start < $1.start }
  }

  /// The next pronoun whose name is known, a speaker's own aside, and the number of the entity.
  mutating func next(in text: Swift.Span<UInt8>) -> (token: Int, entity: Int)? {
    let article = antecedents.article
    while token < article.tokens.count {
      defer { token += 1 }
      switch article.classes[token] {
      case .subject, .object, .possessive: break
      default: continue
      }
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

  private mutating func entity(of pronoun: Pronoun, saidIn quote: Quote?, isMarked: Bool, _ text: Swift.Span<UInt8>)
    -> Int?
  {
    let names = antecedents.names
    // "Ann Lee met her": somebody else.
    let isObject = antecedents.article.classes[token] == .object
    var candidates = antecedents.candidates(
      for: pronoun, at: token, besides: isObject ? [clauseStart..<token] : [], known: known)
    if let quote, let speaker = candidates.firstIndex(where: { isSpeaker($0.entity, of: quote, text) }) {
      if isMarked { candidates.remove(at: speaker) } else { candidates[speaker].score += Self.speakerBias }
      candidates = Antecedents.ranked(candidates)
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
    let start = antecedents.article.tokens[token].start
    while nextSpeaker < speakers.count, speakers[nextSpeaker].start < start { nextSpeaker += 1 }
    guard nextSpeaker < speakers.count, speakers[nextSpeaker].start == start else { return nil }
    return quotes[speakers[nextSpeaker].quote]
  }

  /// Whether whom the pronoun stands for may be named behind it: `In his state, Lee said`.
  private var isBeforeName: Bool {
    let article = antecedents.article
    return article.classes[token] == .possessive && token > 0 && article.classes[token - 1].isPreposition
      && article.tokens.span.beginsSentence(token - 1)
  }

  /// "his or her": nobody's that is named.
  private func isAlternative(_ text: Swift.Span<UInt8>) -> Bool {
    let article = antecedents.article
    return article.isWord(token + 1, "or", in: text) && article.classes.indices.contains(token + 2)
      && article.classes[token + 2] == article.classes[token]
      || article.isWord(token - 1, "or", in: text) && token > 1 && article.classes[token - 2] == article.classes[token]
  }

  /// Whether an entity is the speaker of a quote, or is named where the speaker is told of.
  private func isSpeaker(_ entity: Int, of quote: Quote, _ text: Swift.Span<UInt8>) -> Bool {
    guard let speaker = quote.speaker else { return false }
    guard var name = speaker.name else { return speaker.spans.contains { isNamed(entity, in: $0) } }
    let range = antecedents.article.span(antecedents.names.entities[entity].name).range
    return name.withUTF8 { bytes in
      guard bytes.count == range.count else { return false }
      return unsafe bytes.indices.allSatisfy { unsafe bytes[$0] == text[range.lowerBound + $0] }
    }
  }

  private func isNamed(_ entity: Int, in span: Span) -> Bool {
    let (article, names) = (antecedents.article, antecedents.names)
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
    while i >= max(token - Self.farthest, 0), antecedents.article.tokens[i].start >= part.span.start {
      if antecedents.article.tokens[i].mark.isDoubleQuote { isMarked.toggle() }
      i -= 1
    }
    return isMarked
  }

  /// Whether a noun that the pronoun may stand for is between it and the name: `The woman says that she`, `if the president
  /// keeps his word`, and he is somebody else.
  private func isOfNoun(_ pronoun: Pronoun, _ name: Antecedents.Candidate, _ text: Swift.Span<UInt8>) -> Bool {
    guard case .person(let gender) = pronoun, gender != .unknown else { return false }
    let article = antecedents.article
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
      if antecedents.names.roles.bearer(of: i..<i + 1, article.tokens.span) != name.entity { return true }
    }
    return false
  }

  /// Where the clause of the token begins, as far as marks and small words tell.
  private var clauseStart: Int {
    let article = antecedents.article
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
