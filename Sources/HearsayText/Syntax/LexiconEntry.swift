/// What the lists tell of a word: its part of speech, and what it does around a quote.
public struct LexiconEntry: Sendable {
  /// `nil` where the word's form tells.
  public var partOfSpeech: PartOfSpeech?
  /// What it does around a quote.
  public var role = AttributionRole.none
  /// Whom it stands for, if it is a pronoun: of `nobody` and `you` nothing is told.
  public var pronoun: Pronoun?
  /// Whether it is the definite article.
  public var isDefinite = false
  /// Whether a sentence that begins with it may speak of what was said before: `Das sagte Lee.`
  public var isAnaphoric = false

  /// The words of a list: a word a line, its class, its role, whom it stands for, `definite` and `back`; a cue verb's
  /// class is its role.
  static func lexicon(_ list: [UInt8]) -> Lexicon<Self> {
    Lexicon(list) { columns in
      guard let first = columns.first else { return nil }
      let notes = columns.dropFirst(2)
      return Self(
        partOfSpeech: PartOfSpeech.named[first], role: AttributionRole(named: columns.count > 1 ? columns[1] : first),
        pronoun: notes.first.flatMap(Pronoun.init), isDefinite: notes.contains("definite"),
        isAnaphoric: notes.contains("back"))
    }
  }
}

extension AttributionRole {
  fileprivate init(named name: Substring) {
    self =
      switch name {
      case "speech": .speech
      case "thought": .thought
      case "judgement": .evaluativeVerb
      case "according": .accordingTo
      case "per": .sourcePreposition
      case "boundary": .boundary
      case "auxiliary": .auxiliary
      default: .none
      }
  }
}
