/// Whom a pronoun stands for, as far as the word itself determines it.
public enum Pronoun: Equatable, Sendable {
  /// `he`, `she`; `it`, of unknown gender, which is an organization.
  case person(Gender)
  /// `they`
  case group
  /// `who`: the name directly before it.
  case relative
  /// `I`, `we`: whoever speaks already.
  case speaker

  /// The gender of whom it stands for; `nil` where the word has none.
  public var gender: Gender? {
    if case .person(let gender) = self, gender != .unknown { gender } else { nil }
  }

  /// The pronouns that lists of words name.
  static let named: [Substring: Self] = [
    "male": .person(.male), "female": .person(.female), "thing": .person(.unknown), "group": .group,
    "relative": .relative, "speaker": .speaker,
  ]

  init?(named name: Substring) {
    guard let pronoun = Self.named[name] else { return nil }
    self = pronoun
  }
}

/// The gender that a pronoun, a title or a first name has.
public enum Gender: Sendable { case female, male, unknown }
