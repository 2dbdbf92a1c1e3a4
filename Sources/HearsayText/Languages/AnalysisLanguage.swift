import Hearsay

/// A language whose words are known.
public enum AnalysisLanguage: String, LanguageOption {
  /// The language that the document's `meta.language` or its words tell, else English.
  case auto
  case en, de, fr, es, it, nl, pt
  /// Any other, none of whose words is known.
  case other

  /// What is known of its words.
  var words: Lexicon<LexiconEntry> {
    switch self {
    case .auto, .en: Self.english
    case .de: Self.german
    case .fr: Self.french
    case .es: Self.spanish
    case .it: Self.italian
    case .nl: Self.dutch
    case .pt: Self.portuguese
    case .other: Self.none
    }
  }

  /// Whether it is English, be it told or supposed.
  @inlinable public var isEnglish: Bool { self == .en || self == .auto }

  /// Whether words are written as one with the next: `l’opposition`.
  var elides: Bool { self == .fr || self == .it }

  /// Whether all nouns are capitalised, so that one alone is no name.
  @inlinable public var capitalisesNouns: Bool { self == .de }

  /// Whether a quotation may open with a low mark, which some type as two commas: `,,We gaan”, zei Lee.`
  var writesLowMarks: Bool { self == .de || self == .nl }

  private static let english = LexiconEntry.lexicon(
    PackageResources.cue_verbs_txt + [0x0A] + PackageResources.word_classes_txt)
  private static let german = LexiconEntry.lexicon(PackageResources.words_de_txt)
  private static let french = LexiconEntry.lexicon(PackageResources.words_fr_txt)
  private static let spanish = LexiconEntry.lexicon(PackageResources.words_es_txt)
  private static let italian = LexiconEntry.lexicon(PackageResources.words_it_txt)
  private static let dutch = LexiconEntry.lexicon(PackageResources.words_nl_txt)
  private static let portuguese = LexiconEntry.lexicon(PackageResources.words_pt_txt)
  private static let none = LexiconEntry.lexicon([])
}
