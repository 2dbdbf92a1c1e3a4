import HearsayText

/// What the lists tell of a word: its part of speech, and what it does around a quote.
struct KnownWord {
  /// `nil` where the word's form tells.
  var wordClass: WordClass?
  var role = Article.Role.none

  /// Every word that is known.
  static let lexicon = Lexicon(PackageResources.cue_verbs_txt + [0x0A] + PackageResources.word_classes_txt) {
    columns -> Self? in
    guard let first = columns.first else { return nil }
    // A cue verb's class is what it does.
    let role = Article.Role(named: columns.count > 1 ? columns[1] : first)
    return Self(wordClass: WordClass.named[first], role: role)
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
      case "boundary": .boundary
      case "auxiliary": .auxiliary
      default: .none
      }
  }
}
