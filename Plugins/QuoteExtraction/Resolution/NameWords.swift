import Hearsay
import HearsayText

/// The words of an article as names are read from them, without a reference to count.
struct NameWords: ~Escapable {
  let tokens: Swift.Span<Token>
  let classes: Swift.Span<WordClass>
  let roles: Swift.Span<Article.Role>
  let text: Swift.Span<UInt8>

  @_lifetime(borrow article, copy text)
  init(_ article: borrowing Article, in text: Swift.Span<UInt8>) {
    tokens = article.tokens.span
    classes = article.classes.span
    roles = article.roles.span
    self.text = text
  }

  /// What a word tells of the name that it stands in or beside.
  enum Hint: Sendable { case first(Gender), title(Gender), role, group, particle, direction, body, owner }

  private static let hints = Lexicon(PackageResources.names_txt) { columns -> Hint? in
    switch columns.first {
    case "female": .first(.female)
    case "male": .first(.male)
    case "title-female": .title(.female)
    case "title-male": .title(.male)
    case "title": .title(.unknown)
    case "role": .role
    case "group": .group
    case "owner": .owner
    case "particle": .particle
    case "direction": .direction
    case "body": .body
    default: nil
    }
  }

  func hint(_ i: Int) -> Hint? { Self.hints.value(of: tokens[i], in: text) }

  func isFirstName(_ i: Int) -> Bool { if case .first = hint(i) { true } else { false } }
  func isTitle(_ i: Int) -> Bool { if case .title = hint(i) { true } else { false } }
  func isBody(_ i: Int) -> Bool { if case .body = hint(i) { true } else { false } }
  func isDirection(_ i: Int) -> Bool { if case .direction = hint(i) { true } else { false } }

  /// Whether the word is a title or a role that stands before a name.
  func isRole(_ i: Int) -> Bool {
    if classes[i].isRole { return true }
    return if case .role = hint(i) { true } else { false }
  }

  /// Whether a noun in small letters stands right behind the tokens.
  func isBeforeNoun(_ name: Range<Int>) -> Bool {
    let next = name.upperBound
    guard next < tokens.count, tokens[next].kind == .word, tokens[next].shape == .lower else { return false }
    return classes[next].isNoun
  }

  /// Whether the word is a pronoun and a verb: `They’ll`, `I'm`.
  func isContraction(_ i: Int) -> Bool {
    let token = tokens[i]
    guard token.count > 2 else { return false }
    for back in 1...2 where token.count > back {
      let at = token.end - back - 1
      let byte = text[at]
      // The last of the three bytes of a curly one, or a straight one.
      guard byte == UInt8(ascii: "'") || byte == 0x99 && text[at - 1] == 0x80 else { continue }
      switch (back, text[token.end - 2], text[token.end - 1]) {
      case (1, _, UInt8(ascii: "d")), (1, _, UInt8(ascii: "m")), (1, _, UInt8(ascii: "t")): return true
      case (2, UInt8(ascii: "l"), UInt8(ascii: "l")), (2, UInt8(ascii: "r"), UInt8(ascii: "e")),
        (2, UInt8(ascii: "v"), UInt8(ascii: "e")):
        return true
      default: return false
      }
    }
    return false
  }

  /// Whether the token is this lower-case ASCII word.
  func isWord(_ i: Int, _ word: StaticString) -> Bool {
    tokens[i].isWord(word, in: text)
  }
}

extension WordClass {
  /// Whether the word is a title or a role that stands before a name.
  var isRole: Bool { self == .title || self == .person }

  /// Whether the class is one of nouns and names.
  var isNoun: Bool {
    switch self {
    case .noun, .name, .title, .person, .body, .endingS: true
    default: false
    }
  }
}
