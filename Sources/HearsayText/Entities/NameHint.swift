/// What a word tells of the name that it stands in or beside.
public enum NameHint: Sendable {
  /// A first name: `Ann`.
  case first(Gender)
  /// A title or a noun before a name that may tell a gender: `Sen`, `Mrs`.
  case title(Gender)
  /// A noun for a person that stands before no name, and may tell a gender: `woman`, `driver`.
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
  /// In the name of a body, which may go on behind it: `Bank of England`.
  case organizationWord
  /// Owns what a name ends with: `People's Daily`.
  case possessor

  @usableFromInline static let lexicon = Lexicon(PackageResources.names_txt) { columns -> Self? in
    switch columns.first {
    case "female": .first(.female)
    case "male": .first(.male)
    case "title-female": .title(.female)
    case "title-male": .title(.male)
    case "title": .title(.unknown)
    case "noun": .noun(.unknown)
    case "noun-female": .noun(.female)
    case "noun-male": .noun(.male)
    case "role": .role
    case "opener": .opener
    case "contraction": .contraction
    case "owner": .possessor
    case "particle": .particle
    case "direction": .direction
    case "body": .organizationWord
    default: nil
    }
  }

  /// What a token of `text` tells, if it is a word of the list.
  @inlinable
  public static func of(_ token: Token, in text: Swift.Span<UInt8>) -> Self? { lexicon.value(of: token, in: text) }
}

/// What a pronoun, a title or a first name tells of a person.
public enum Gender: Sendable { case female, male, unknown }
