/// What a pronoun tells of whom it stands for.
public enum Pronoun: Equatable, Sendable {
  /// `he`, `she`; `it`, of unknown gender, which is a body.
  case person(Gender)
  /// `they`
  case group
  /// `who`: the name right before it.
  case relative
  /// `I`, `we`: whoever speaks already.
  case speaker

  /// The gender of whom it stands for; `nil` where it tells none.
  public var gender: Gender? {
    if case .person(let gender) = self, gender != .unknown { gender } else { nil }
  }

  /// The pronoun that a list of words names so.
  init?(named name: Substring) {
    switch name {
    case "male": self = .person(.male)
    case "female": self = .person(.female)
    case "thing": self = .person(.unknown)
    case "group": self = .group
    case "relative": self = .relative
    case "speaker": self = .speaker
    default: return nil
    }
  }
}
