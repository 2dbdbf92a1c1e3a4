/// What a word says of the name that it stands in or beside.
public enum NameHint: Sendable {
  /// A first name: `Ann`.
  case first(Gender)
  /// A title or a noun before a name that may have a gender: `Sen`, `Mrs`.
  case title(Gender)
  /// A noun for a person that stands before no name, and may have a gender: `woman`, `driver`.
  case noun(Gender)
  /// A role that stands before a name: `chancellor`.
  case role
  /// No name, though a sentence begins with it: `Officers`, `Good`.
  case opener
  /// A pronoun and a verb: `they'll`.
  case contraction
  /// Within the name of a person: `von`.
  case particle
  /// Makes a place another: `West Virginia`.
  case direction
  /// In the name of a body, which may go on after it: `Bank of England`.
  case organizationWord
  /// Owns what a name ends with: `People's Daily`.
  case possessor

  @usableFromInline static let lexicon = Lexicon(PackageResources.names_txt) { columns -> Self? in
    columns.first.flatMap(Self.init(named:))
  }

  /// The hint that the list of names calls so; `nil` where it is none.
  init?(named name: Substring) {
    switch name {
    case "female": self = .first(.female)
    case "male": self = .first(.male)
    case "title-female": self = .title(.female)
    case "title-male": self = .title(.male)
    case "title": self = .title(.unknown)
    case "noun": self = .noun(.unknown)
    case "noun-female": self = .noun(.female)
    case "noun-male": self = .noun(.male)
    case "role": self = .role
    case "opener": self = .opener
    case "contraction": self = .contraction
    case "owner": self = .possessor
    case "particle": self = .particle
    case "direction": self = .direction
    case "body": self = .organizationWord
    default: return nil
    }
  }

  /// What a token of `text` says, if it is a word of the list.
  @inlinable
  public static func of(_ token: Token, in text: Swift.Span<UInt8>) -> Self? { lexicon.value(of: token, in: text) }
}
