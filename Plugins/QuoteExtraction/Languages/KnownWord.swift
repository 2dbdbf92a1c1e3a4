import HearsayText

/// What the lists tell of a word: its part of speech, and what it does around a quote.
struct KnownWord {
  /// `nil` where the word's form tells.
  var wordClass: WordClass?
  var role = Article.Role.none
  var pronoun: Pronoun?
  /// Whether it is the definite article.
  var isDefinite = false

  /// The words of a list: a word a line, its class, its role, and whom it stands for, or `definite`; a cue verb's class is its role.
  static func lexicon(_ list: [UInt8]) -> Lexicon<Self> {
    Lexicon(list) { columns in
      guard let first = columns.first else { return nil }
      return Self(
        wordClass: WordClass.named[first], role: Article.Role(named: columns.count > 1 ? columns[1] : first),
        pronoun: columns.count > 2 ? Pronoun(named: columns[2]) : nil,
        isDefinite: columns.count > 2 && columns[2] == "definite")
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
