public import Hearsay

/// The people and bodies that a text names: the runs of capitalised words, those that may be one and the same as one.
public struct EntityIndex: Sendable {
  /// Who or what is named.
  public struct Entity: Sendable {
    /// The fullest name in the text, titles left out.
    public internal(set) var name: Range<Int>
    /// What a first name, a title or the pronouns after its names say.
    public internal(set) var gender = Gender.unknown
    /// Whether a first name, a title or a role shows that it is a person.
    public internal(set) var isPerson = false
    /// Whether it is a person, or is named in full first and by the last word later on, as people are: `Mehmet Oz`, `Oz`.
    public fileprivate(set) var isNamedAsPersons = false
    /// Whether its last word shows that it is none: a body, a group, letters alone.
    public internal(set) var isBody = false
    /// Whether the text has it as a word in small letters, too, and as a name where a sentence begins alone: `Images`.
    public fileprivate(set) var isWord = false
    /// Whether it is named where a sentence begins alone, by one word.
    fileprivate var isOpening = true
    /// Whether a name of it began with a word of direction, even if it is named in another way later: `West Virginia`.
    fileprivate var isDirection = false
    /// Whether its name is of two words, the first of which only begins a sentence, maybe: `Make Selby`.
    fileprivate var mayOpenWithWord = false
    /// How often its last word alone names it, without an article.
    fileprivate var alone = 0
    /// How much the name looks like one in full.
    fileprivate var rank = 0
    /// How often it is named.
    fileprivate var mentions = 0
    /// The entity with the same last word that was named before it, or -1.
    fileprivate var previous = -1

    /// How often `his` stands after its name, less how often `her` does.
    fileprivate var maleBalance = 0

    /// Tells from all its mentions what no single one does.
    fileprivate mutating func conclude() {
      let isInFull = !isBody && (2...4).contains(name.count)
      if isInFull, gender == .unknown, maleBalance != 0, isPerson || alone > 0 {
        gender = maleBalance > 0 ? .male : .female
        isPerson = true
      }
      isNamedAsPersons = isPerson || isInFull && alone > 1
    }
  }

  /// A place where an entity is named.
  public struct Mention: Sendable {
    /// The tokens of the name, or of the pronoun that stands for it.
    public var name: Range<Int>
    /// The number of the entity in `entities`.
    public var entity: Int

    /// A mention by these tokens of the entity of this number.
    public init(name: Range<Int>, entity: Int) {
      self.name = name
      self.entity = entity
    }
  }

  /// Who and what is named, in the order of their first names.
  public private(set) var entities: [Entity] = []
  /// In the order of the text.
  public private(set) var mentions: [Mention] = []
  /// The last words of names, and for each the entity with it that was named first most lately.
  private var lastWords = InternTable()
  private var latest: [Int] = []

  /// Who has which title or role.
  public private(set) var roles = RoleIndex()

  /// Of those with the same last word no more are looked at.
  private static let mostNamesakes = 8

  /// Reads all names of an article, whose text is `text`.
  public init(_ analysis: AnalyzedText, in text: Swift.Span<UInt8>) {
    // About as many as capitalised words in news.
    mentions.reserveCapacity(analysis.tokens.count / 16)
    entities.reserveCapacity(analysis.tokens.count / 32)
    let words = NameWords(analysis, in: text)
    var runs = NameRuns(words)
    while let run = runs.nextRun() { add(run, words) }
    findWords(words)
    for index in entities.indices { entities[index].conclude() }
  }

  private mutating func add(_ run: Range<Int>, _ words: borrowing NameWords) {
    let reading = NameReading(run, words)
    let name = reading.name
    guard let last = name.last else { return }
    let known = lastWords.index(of: UInt64(words.tokens[last].hash))
    if name.count == 1 ? known == nil && words.isNoun(last) : !reading.beginsWithFirstName && isOffice(last, words) {
      return
    }
    let index = entity(of: reading, key: known, words)
    var entity = entities[index]
    var length = 0
    var isInCapitals = name.count > 1
    for k in name where words.tokens[k].kind != .mark {
      length += 1
      if words.tokens[k].shape != .upper { isInCapitals = false }
    }
    let endsNoPerson = words.classes[last].endsNoPerson
    let isBody = endsNoPerson && !reading.beginsWithFirstName
    // A first name and what follows is whole; of others long ones are headlines, or two names side by side.
    // Before a noun it may be two names, too: `VOA Pentagon correspondent`.
    let isLikely = (length <= 3 || isBody && length <= 6) && !isInCapitals
    let rank =
      reading.beginsWithFirstName ? 8 + min(length, 4) : isLikely && !words.isBeforeNoun(run) ? length : 1
    if rank > entity.rank {
      entity.name = name
      entity.rank = rank
      entity.mayOpenWithWord = name.count == 2 && mayBeWord(name.lowerBound, words)
      if name.count > 1, words.isDirection(name.lowerBound) { entity.isDirection = true }
    }
    // "Justice" alone does not make Jim Justice a body.
    if endsNoPerson, name.count >= entity.name.count { entity.isBody = isBody }
    if entity.gender == .unknown { entity.gender = reading.gender }
    if entity.gender == .unknown, entity.name.count > 1, !entity.isBody, !words.isBehindDeterminer(run) {
      switch words.genderBehind(run) {
      case .male: entity.maleBalance += 1
      case .female: entity.maleBalance -= 1
      case .unknown: break
      }
    }
    entity.isPerson = entity.isPerson || reading.isPerson
    entity.mentions += 1
    if name.count == 1, entity.name.count > 1, isLastName(last, words) { entity.alone += 1 }
    entity.isOpening = entity.isOpening && name.count == 1 && words.tokens.beginsSentence(last)
    if let role = reading.roleBefore(words) { roles.note(role, of: index, words.tokens) }
    if length > 1, !isBody {
      let after = NameReading.FollowingWords(run, words)
      entity.isPerson = entity.isPerson || after.isPerson
      if let role = after.role { roles.note(role, of: index, words.tokens) }
    }
    entities[index] = entity
    mentions.append(Mention(name: name, entity: index))
  }

  /// Whether a name that ends with the word is that of an office or a role: `Prime Minister`, but not `Ervin King`.
  private func isOffice(_ last: Int, _ words: borrowing NameWords) -> Bool {
    words.classes[last].isRole && !words.isTitle(last)
  }

  /// Whether a word that names somebody alone may be a last name: not `the Post`, `Republican`, `Latinos`.
  private func isLastName(_ word: Int, _ words: borrowing NameWords) -> Bool {
    !words.isBehindDeterminer(word..<word + 1) && !words.isRole(word)
      && words.text[words.tokens[word].end - 1] != UInt8(ascii: "s")
  }

  /// Whether a capitalised word may be one that its sentence begins with.
  private func mayBeWord(_ word: Int, _ words: borrowing NameWords) -> Bool {
    words.classes[word] == .name && words.tokens.beginsSentence(word) && words.hint(word) == nil
  }

  /// Marks what is named where a sentence begins alone, and stands in small letters elsewhere, and leaves out of names what
  /// only begins a sentence.
  private mutating func findWords(_ words: borrowing NameWords) {
    var opening = BloomFilter()
    var openers: [UInt32: Int] = [:]
    for index in entities.indices {
      let hash = words.tokens[entities[index].name.lowerBound].hash
      if entities[index].isOpening { opening.insert(hash) }
      if entities[index].mayOpenWithWord, entities[index].isPerson, entities[index].alone > 0 {
        opening.insert(hash)
        openers[hash] = index
      }
    }
    if opening.isEmpty { return }
    let tokens = words.tokens
    for i in tokens.indices {
      let hash = tokens[i].hash
      // The rare case first: nothing else is looked at of most words.
      guard opening.mayContain(hash), tokens[i].shape == .lower else { continue }
      if let key = lastWords.index(of: UInt64(hash)), entities[latest[key]].isOpening {
        entities[latest[key]].isWord = true
      }
      if let index = openers.removeValue(forKey: hash) { entities[index].name = entities[index].name.dropFirst() }
    }
  }

  // MARK: Namesakes

  /// The entity that a name speaks of: of those with the same last word that it may be, the one named most; else a new one.
  ///
  /// - Parameter key: The number of the last word, if it was seen before.
  private mutating func entity(of reading: NameReading, key: Int?, _ words: borrowing NameWords) -> Int {
    let key = key ?? lastWords.insert(UInt64(words.tokens[reading.name.upperBound - 1].hash))
    if key == latest.count { latest.append(-1) }
    if let known = Self.namesake(latest[key], entities.span, reading, words) { return known }
    entities.append(Entity(name: reading.name, previous: latest[key]))
    latest[key] = entities.count - 1
    return entities.count - 1
  }

  /// Of an entity and those with the same last word before it, the one named most that a name may speak of.
  private static func namesake(
    _ latest: Int, _ entities: Swift.Span<Entity>, _ reading: NameReading, _ words: borrowing NameWords
  ) -> Int? {
    var best: Int?
    var most = 0
    var candidate = latest
    var looked = 0
    while candidate >= 0, looked < mostNamesakes {
      if entities[candidate].mentions > most, mayBe(entities[candidate], reading, words) {
        best = candidate
        most = entities[candidate].mentions
      }
      candidate = entities[candidate].previous
      looked += 1
    }
    return best
  }

  /// Whether a name with the same last word may be the entity's: one is the end of the other (`Security Council`), or both
  /// begin alike (`John F. Kerry`).
  private static func mayBe(_ entity: Entity, _ reading: NameReading, _ words: borrowing NameWords) -> Bool {
    if reading.gender != .unknown, entity.gender != .unknown, reading.gender != entity.gender { return false }
    let tokens = words.tokens
    let (known, name) = (entity.name, reading.name)
    let shared = min(known.count, name.count)
    var isEnd = true
    for k in 1...shared where tokens[known.upperBound - k].hash != tokens[name.upperBound - k].hash { isEnd = false }
    if isEnd {
      // "Virginia" is not "West Virginia".
      if known.count > name.count { return !entity.isDirection }
      return known.count == name.count || !words.isDirection(name.lowerBound)
    }
    let (first, other) = (tokens[known.lowerBound], tokens[name.lowerBound])
    if first.hash == other.hash { return true }
    // "J. Kerry"
    guard first.shape == .initial || other.shape == .initial else { return false }
    return words.text[first.start] == words.text[other.start]
  }

  /// The index of the first mention at or after the token.
  @inlinable public func firstMention(from token: Int) -> Int {
    mentions.partitioningIndex { $0.name.lowerBound >= token }
  }
}
