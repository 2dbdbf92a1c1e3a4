import Hearsay
import HearsayText

/// The people and bodies that a text names: every run of capitalised words, those with the same last word as one.
struct NameIndex {
  /// Who or what is named.
  struct Entity {
    /// The fullest name in the text, titles left out.
    var name: Range<Int>
    var gender = Gender.unknown
    /// Whether a first name, a title or a role shows that it is a person.
    var isPerson = false
    /// Whether its last word shows that it is none: a body, a group, letters alone.
    var isBody = false
    /// How much the name looks like one in full.
    fileprivate var rank = 0
  }

  /// A place where an entity is named.
  struct Mention {
    var name: Range<Int>
    var entity: Int
  }

  private(set) var entities: [Entity] = []
  /// In the order of the text.
  private(set) var mentions: [Mention] = []
  /// By the hash of its last word, the entity that is named in full.
  private var lastWords = KeyIndex()

  /// By the hash of a title or role, the one entity that has it, or -1 where several do.
  private var roles = KeyIndex()
  private var bearers: [Int] = []

  private enum Hint: Sendable { case first(Gender), title(Gender) }

  private static let hints = Lexicon(PackageResources.first_names_txt) { columns -> Hint? in
    switch columns.first {
    case "female": .first(.female)
    case "male": .first(.male)
    case "title-female": .title(.female)
    case "title-male": .title(.male)
    default: nil
    }
  }

  init(_ article: Article, in text: Swift.Span<UInt8>) {
    let tokens = article.tokens.span
    // About as many as capitalised words in news.
    mentions.reserveCapacity(tokens.count / 16)
    entities.reserveCapacity(tokens.count / 32)
    var i = 0
    while i < tokens.count {
      // Most words are not capitalised.
      guard tokens[i].isCapitalised, Self.isNameWord(i, article, in: text), !Self.isEnding(article.classes[i]) else {
        i += 1
        continue
      }
      var end = i + 1
      while end < tokens.count, end - i < 8,
        tokens[end].gap == .space || Self.isStop(behind: end - 1, article),
        Self.isNameWord(end, article, in: text) || Self.isStop(behind: end - 1, article)
      { end += 1 }
      while end - 1 > i, tokens[end - 1].kind == .mark { end -= 1 }
      add(i..<end, article, in: text)
      i = end
    }
  }

  /// `J.` and `Sen.` go on behind their stop.
  private static func isStop(behind i: Int, _ article: Article) -> Bool {
    let tokens = article.tokens
    return i + 1 < tokens.count && tokens[i + 1].mark == .stop && tokens[i + 1].gap == .none
      && (tokens[i].shape == .initial || article.classes[i] == .title)
  }

  private static func isNameWord(_ i: Int, _ article: Article, in text: Swift.Span<UInt8>) -> Bool {
    let token = article.tokens[i]
    guard token.kind == .word, token.isCapitalised else { return false }
    switch article.classes[i] {
    case .name, .acronym, .title, .person, .body, .endingS, .endingEd, .endingLy, .endingIng, .noun: return true
    case .modal: return token.count == 4 && token.shape == .capitalised && hints.value(of: token, in: text) != nil
    default: return false
    }
  }

  /// Whether the word is a capitalised verb or adverb, as sentences and headlines begin.
  private static func isEnding(_ kind: WordClass) -> Bool { kind == .endingIng || kind == .endingLy }

  private mutating func add(_ run: Range<Int>, _ article: Article, in text: Swift.Span<UInt8>) {
    let tokens = article.tokens
    var gender = Gender.unknown
    var isPerson = false
    var role: UInt32 = 0
    var start = run.lowerBound
    var beginsWithFirstName = false
    // Titles and roles stand before a name; a first name begins it.
    var k = run.lowerBound
    if k > 0, let title = Self.hints.value(of: tokens[k - 1], in: text), case .title(let told) = title {
      gender = told
      isPerson = true
    }
    while k < run.upperBound {
      let kind = tokens[k].kind == .word ? article.classes[k] : .mark
      switch Self.hints.value(of: tokens[k], in: text) {
      case .title(let told) where k + 1 < run.upperBound:
        gender = told
        isPerson = true
        role = tokens[k].hash
        start = k + 1
      case .first(let told) where k + 1 < run.upperBound && k >= start && tokens[k].shape == .capitalised:
        if gender == .unknown { gender = told }
        isPerson = true
        beginsWithFirstName = true
        start = k
        k = run.upperBound
      default:
        if kind == .title || kind == .person, k + 1 < run.upperBound {
          isPerson = true
          role = tokens[k].hash
          start = k + 1
        } else if kind == .mark, k == start {
          start = k + 1
        }
      }
      k += 1
    }
    // "Harbour Authority director" and "Mayor" stand before names in small letters too.
    if role == 0, run.lowerBound > 0, tokens[run.lowerBound - 1].kind == .word, tokens[run.lowerBound].gap == .space {
      let before = article.classes[run.lowerBound - 1]
      if before == .title || before == .person {
        role = tokens[run.lowerBound - 1].hash
        isPerson = isPerson || run.count > 1
      }
    }
    guard start < run.upperBound else { return }
    let name = start..<run.upperBound
    let last = UInt64(tokens[name.upperBound - 1].hash)
    let entity = lastWords.insert(last)
    if entity == entities.count { entities.append(Entity(name: name)) }
    let words = name.count { tokens[$0].kind != .mark }
    // A first name and what follows is whole; of others long ones are headlines, or two names side by side.
    let rank = beginsWithFirstName ? 8 + min(words, 4) : words <= 3 ? words : 1
    if rank > entities[entity].rank {
      entities[entity].name = name
      entities[entity].rank = rank
    }
    switch article.classes[name.upperBound - 1] {
    case .person, .body, .acronym, .title: entities[entity].isBody = !beginsWithFirstName
    default: break
    }
    if entities[entity].gender == .unknown { entities[entity].gender = gender }
    entities[entity].isPerson = entities[entity].isPerson || isPerson
    if role != 0 {
      let index = roles.insert(UInt64(role))
      if index == bearers.count { bearers.append(entity) } else if bearers[index] != entity { bearers[index] = -1 }
    }
    mentions.append(Mention(name: name, entity: entity))
  }

  /// The one entity that has the word for its title or role: `mayor` for `Mayor Ann Lee`.
  func bearer(of role: Token) -> Int? {
    roles.index(of: UInt64(role.hash)).flatMap { bearers.indices.contains($0) && bearers[$0] >= 0 ? bearers[$0] : nil }
  }

  /// The index of the first mention at or behind the token.
  func firstMention(from token: Int) -> Int {
    var low = 0
    var high = mentions.count
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].name.lowerBound >= token { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
