/// What the lists tell of a word: its part of speech, and what it does around a quote.
public struct KnownWord: Sendable {
  /// `nil` where the word's form tells.
  public var wordClass: WordClass?
  /// What it does around a quote.
  public var role = Article.Role.none
  /// Whom it stands for, if it is a pronoun: of `nobody` and `you` nothing is told.
  public var pronoun: Pronoun?
  /// Whether it is the definite article.
  public var isDefinite = false
  /// Whether a sentence that begins with it may speak of what was said before: `Das sagte Lee.`
  public var pointsBack = false

  /// The words of a list: a word a line, its class, its role, whom it stands for, `definite` and `back`; a cue verb's
  /// class is its role.
  static func lexicon(_ list: [UInt8]) -> Lexicon<Self> {
    Lexicon(list) { columns in
      guard let first = columns.first else { return nil }
      let notes = columns.dropFirst(2)
      return Self(
        wordClass: WordClass.named[first], role: Article.Role(named: columns.count > 1 ? columns[1] : first),
        pronoun: notes.first.flatMap(Pronoun.init), isDefinite: notes.contains("definite"),
        pointsBack: notes.contains("back"))
    }
  }
}

extension Article.Role {
  fileprivate init(named name: Substring) {
    self =
      switch name {
      case "speech": .speech
      case "thought": .thought
      case "judgement": .judgement
      case "according": .according
      case "per": .per
      case "boundary": .boundary
      case "auxiliary": .auxiliary
      default: .none
      }
  }
}
