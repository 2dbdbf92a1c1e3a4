/// What a word is to the stage, beside its polarity.
struct WordFlags: OptionSet {
  var rawValue: UInt16
  /// A function word, which carries no stance: `the`.
  static let skipped = WordFlags(rawValue: 1)
  /// Negates the words after it: `not`.
  static let negation = WordFlags(rawValue: 2)
  /// Refers to what was said before: `this`.
  static let demonstrative = WordFlags(rawValue: 4)
  /// A verb by which its subject judges its object: `criticized`.
  static let evaluativeVerb = WordFlags(rawValue: 8)
  /// Neither a target nor evidence: `Monday`.
  static let notATarget = WordFlags(rawValue: 16)
  /// Negates positive words after it: `failed to protect`.
  static let polarityShifter = WordFlags(rawValue: 32)
  /// A content word: set for a word of a sentence, not by a list.
  static let content = WordFlags(rawValue: 64)
  /// In the scope of a negation: set for a word of a sentence, not by a list.
  static let negated = WordFlags(rawValue: 128)
  /// A verb that concerns its object: `praised`, `sued`.
  static let patientVerb = WordFlags(rawValue: 256)
  /// Makes a participle passive: `was`.
  static let passiveAuxiliary = WordFlags(rawValue: 512)
  /// Separates a verb from a subject or object that is not its own: `of`.
  static let clauseBoundary = WordFlags(rawValue: 1024)
  /// A verb that concerns its subject: `betrayed`, `rescued`.
  static let agentVerb = WordFlags(rawValue: 2048)
  /// Capitalised at the beginning of a sentence without being a name: `Meanwhile`.
  static let sentenceOpener = WordFlags(rawValue: 4096)

  /// Whether no name begins or ends with the word.
  var isNeverName: Bool { !isDisjoint(with: [.notATarget, .sentenceOpener]) }
}
