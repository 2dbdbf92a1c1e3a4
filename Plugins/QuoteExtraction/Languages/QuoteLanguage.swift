import Hearsay
public import HearsayText

/// A language whose cues are known.
public enum QuoteLanguage: String, LanguageOption {
  /// The language that the document's `meta.language` or its words tell, else English.
  case auto
  case en, de, fr, es, it, nl, pt
  /// Any other: marks alone tell what is quoted.
  case other

  /// What is known of its words.
  var words: Lexicon<KnownWord> {
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

  /// Whether a model settles what the rules leave; where none does, they go further.
  var hasModel: Bool { self == .en || self == .auto }

  /// Whether whom something is told may stand before the verb: `il m’a dit`, `sagte den Reportern`.
  var hasObjectsBesideVerb: Bool { !hasModel }

  /// Whether verbs have participles that report without an auxiliary: `…, saying that`.
  var hasReportingParticiples: Bool { hasModel }

  /// Whether words are written as one with the next: `l’opposition`.
  var elides: Bool { self == .fr || self == .it }

  /// Whether the verb of a main clause stands second, whatever stands first: `Laut Lee kam er.`
  var isVerbSecond: Bool { self == .de || self == .nl }

  /// Whether all nouns are capitalised, so that one alone is no name.
  var capitalisesNouns: Bool { self == .de }

  /// Whether a verb may stand without its subject: `«Hemos ganado», dijo.`
  var dropsSubjects: Bool { self == .es || self == .it || self == .pt }

  /// Whether a quotation may open with a low mark, which some type as two commas: `,,We gaan”, zei Lee.`
  var writesLowMarks: Bool { self == .de || self == .nl }

  /// Whether a cue may stand within the marks of its quotation: `« C’est fini, a dit Lee, pour nous. »`
  var hasIncises: Bool { self == .fr || self == .it }

  private static let english = KnownWord.lexicon(
    PackageResources.cue_verbs_txt + [0x0A] + PackageResources.word_classes_txt)
  private static let german = KnownWord.lexicon(PackageResources.de_txt)
  private static let french = KnownWord.lexicon(PackageResources.fr_txt)
  private static let spanish = KnownWord.lexicon(PackageResources.es_txt)
  private static let italian = KnownWord.lexicon(PackageResources.it_txt)
  private static let dutch = KnownWord.lexicon(PackageResources.nl_txt)
  private static let portuguese = KnownWord.lexicon(PackageResources.pt_txt)
  private static let none = KnownWord.lexicon([])
}
