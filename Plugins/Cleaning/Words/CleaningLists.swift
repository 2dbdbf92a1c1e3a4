internal import HearsayText

/// The word lists of the stage, each read once: those of English, which texts in every language are read with. A class, so
/// that its users hold a reference, not a copy of each list.
final class CleaningLists: Sendable {
  let functionWords = WordList(english: "function-words")
  let joinFollowers = WordList(english: "join-followers")
  let joinExceptions = WordList(english: "join-exceptions")
  let commonWords = WordList(english: "common-words")
  let abbreviations = WordList(english: "abbreviations")
  let suffixes = WordList(PackageResources.suffixes_txt)
  let neverFinal = WordList(english: "never-final")
  let openEnds = WordList(english: "open-ends")
  let agencies = WordList(english: "agencies")
  let datelineLabels = WordList(english: "dateline-labels")
  let photoLabels = WordList(english: "photo-labels")
  let bylineLeads = WordList(english: "byline-leads")
  /// Particles of names that a paragraph may begin with in small letters.
  let nameParticles = WordList(english: "name-particles")
  /// Beginnings of a last line that need not end in a stop, as written.
  let signOffs: [[UInt8]] = dataLines(Language.english.cleaningList("sign-offs")).map { line in
    line.last == UInt8(ascii: "_") ? line.dropLast() + [0x20] : line
  }
  /// Forms of verbs before or after what somebody said.
  let cueVerbs: WordList

  /// - Parameter cueVerbs: Verbs besides those of the language.
  init(cueVerbs: [CueVerb] = []) {
    let forms = Language.english.cleaningCues + cueVerbs.map(\.form)
    self.cueVerbs = WordList(words: forms.map { Array($0.utf8) })
  }
}

extension WordList {
  fileprivate init(english name: String) { self.init(Language.english.cleaningList(name)) }
}
