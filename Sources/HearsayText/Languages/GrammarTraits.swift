/// What a language's grammar lets the rules rely on: a set, named by the key `traits` of its `language.txt`.
///
/// A language without traits gets the rules that hold for most: what one language excludes is a trait of its own.
public struct GrammarTraits: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Some words are written as one with the next: `l’opposition`.
  public static let elision = Self(rawValue: 1 << 0)
  /// All nouns are capitalised, so that one alone is no name: `der Sprecher`, `die Regierung`.
  public static let capitalisedNouns = Self(rawValue: 1 << 1)
  /// A quotation may open with a low mark, which some type as two commas: `,,We gaan”, zei Lee.`
  public static let lowMarks = Self(rawValue: 1 << 2)
  /// The verb of a main clause stands second, whatever stands first: `Laut Lee kam er.`
  public static let verbSecond = Self(rawValue: 1 << 3)
  /// A verb may stand without its subject: `«Hemos ganado», dijo.`
  public static let droppedSubjects = Self(rawValue: 1 << 4)
  /// A cue may stand within the marks of its quotation: `« C’est fini, a dit Lee, pour nous. »`
  public static let medialCues = Self(rawValue: 1 << 5)
  /// A particle that begins a name is capitalised after a small word: `zei Van Dam`, but `Anna de Vries`.
  public static let capitalisedParticles = Self(rawValue: 1 << 6)
  /// A clause after a comma may be reported without a conjunction: `sagte, die Lage sei ernst`.
  public static let commaClauses = Self(rawValue: 1 << 7)
  /// A clause directly after the verb may be reported without a conjunction: `said the lake was full`.
  public static let bareClauses = Self(rawValue: 1 << 8)
  /// The subject stands before the verb and objects after it: no `il m’a dit`, no `Das sagte Lee`.
  public static let fixedWordOrder = Self(rawValue: 1 << 9)
  /// Participles report without an auxiliary: `…, saying that`.
  public static let reportingParticiples = Self(rawValue: 1 << 10)
  /// Any words may stand between a verb and the `that` of what it reports.
  public static let distantThat = Self(rawValue: 1 << 11)
  /// A word of time may belong to a subject: `this week` in `this week was good`.
  public static let timeInSubjects = Self(rawValue: 1 << 12)
  /// A determiner may end a noun phrase: `said many`. Elsewhere one there belongs to what follows.
  public static let determinersAsNouns = Self(rawValue: 1 << 13)
  /// A title in marks is a subject only after a noun: `the weekly “Mirror” wrote`, not `“Mirror” wrote`.
  public static let markedNamesNeedNoun = Self(rawValue: 1 << 14)
  /// No particle or preposition that begins a name is capitalised within a sentence.
  public static let lowerCaseParticles = Self(rawValue: 1 << 15)
  /// Who holds an office stands directly after it only where the office is capitalised too: `Secretary of State John Kerry`.
  public static let officesBeforeNames = Self(rawValue: 1 << 16)
  /// Particles of names (`von`, `de`) are not words of the language.
  public static let foreignParticles = Self(rawValue: 1 << 17)

  static let named: [(name: String, trait: Self)] = [
    ("elision", .elision), ("capitalised-nouns", .capitalisedNouns), ("low-marks", .lowMarks),
    ("verb-second", .verbSecond), ("dropped-subjects", .droppedSubjects), ("medial-cues", .medialCues),
    ("capitalised-particles", .capitalisedParticles), ("comma-clauses", .commaClauses),
    ("bare-clauses", .bareClauses), ("fixed-word-order", .fixedWordOrder),
    ("reporting-participles", .reportingParticiples), ("distant-that", .distantThat),
    ("time-in-subjects", .timeInSubjects), ("determiners-as-nouns", .determinersAsNouns),
    ("marked-names-need-noun", .markedNamesNeedNoun), ("lower-case-particles", .lowerCaseParticles),
    ("offices-before-names", .officesBeforeNames), ("particles-are-foreign", .foreignParticles),
  ]

  /// The trait of a name; `nil` where there is none.
  init?(named name: String) {
    guard let trait = Self.named.first(where: { $0.name == name })?.trait else { return nil }
    self = trait
  }
}
