import HearsayText

/// What a word is where a sentence may end: a set, as a word may be several things. See `SentenceWords.Kind`.
struct WordTraits: OptionSet, Sendable {
  let rawValue: UInt16

  /// Stands before a name or whatever it belongs to: its stop ends nothing.
  static let title = Self(rawValue: 1)
  /// Stands before a number.
  static let number = Self(rawValue: 2)
  /// An abbreviation that may end a sentence.
  static let any = Self(rawValue: 4)
  /// Begins sentences and hardly ever stands capitalised within one.
  static let start = Self(rawValue: 8)
  /// Begins a sentence even where no mark ended the one before.
  static let anew = Self(rawValue: 16)
  /// Needs a word after it: no sentence ends here without a mark.
  static let join = Self(rawValue: 32)
  /// Ends a letter before the writer's name, or greets.
  static let close = Self(rawValue: 64)
  /// Says who said it: `asked`.
  static let cue = Self(rawValue: 256)
  /// Stands after a stop within a domain or the name of a file.
  static let part = Self(rawValue: 512)
  /// The abbreviation has a capital; without one it is another word, except before a number.
  static let capital = Self(rawValue: 128)

  static let abbreviation: Self = [.title, .number, .any]

  init(rawValue: UInt16) { self.rawValue = rawValue }

  fileprivate init(_ kind: SentenceWords.Kind) {
    self =
      switch kind {
      case .title: .title
      case .number: .number
      case .any: .any
      case .start: .start
      case .anew: .anew
      case .join: .join
      case .close: .close
      case .cue: .cue
      case .part: .part
      }
  }
}

/// The words and the rules of a language, in the form in which the scanner looks them up.
struct LanguageRules: Sendable {
  let words: WordTable<UInt64, WordTraits>
  /// How words of trait `anew` begin: their first and second letters. It excludes most capitalised words.
  let anewBeginnings: LetterPairs
  /// The first and third letters of words of trait `close`.
  let closeBeginnings: LetterPairs
  /// A number before a stop counts (German `12. Juni`): it ends a sentence only where the next word begins one.
  let hasOrdinals: Bool
  /// A colon ends a sentence (Armenian).
  let colonEnds: Bool
  /// A semicolon is a question mark (Greek).
  let semicolonEnds: Bool
  /// A full stop of Latin shape is a lesser pause (Armenian).
  let stopPauses: Bool
  /// Writers of e-mails and the like begin sentences in lower case, and leave the last mark out.
  let isInformal: Bool
  /// Nothing is known of the language: the rules of UAX #29 decide.
  let isUnknown: Bool

  /// - Parameter cueVerbs: Verbs that credit a quotation besides those of the language: `carped`.
  init(_ language: Language, cueVerbs: [CueVerb] = []) {
    let known = language.sentenceWords
    var words: [UInt64: WordTraits] = [:]
    var anew: [[UInt8]] = []
    var close: [[UInt8]] = []
    for (kind, item) in known.words + cueVerbs.map({ (.cue, $0.form) }) {
      let bytes = Array(item.utf8)
      let word = BoundaryWord(bytes.span, 0..<bytes.count)
      let trait = WordTraits(kind)
      words[word.hash, default: []].formUnion(word.beginsUpper ? [trait, .capital] : trait)
      if kind == .anew { anew.append(bytes) }
      if kind == .close { close.append(bytes) }
    }
    self.words = WordTable(words, missing: [], any: 0)
    anewBeginnings = LetterPairs(anew, second: 1)
    closeBeginnings = LetterPairs(close, second: 2)
    hasOrdinals = known.rules.contains(.ordinals)
    colonEnds = known.rules.contains(.colonEnds)
    semicolonEnds = known.rules.contains(.semicolonEnds)
    stopPauses = known.rules.contains(.stopPauses)
    isInformal = known.rules.contains(.lowercaseStarts)
    isUnknown = !language.hasSentences
  }

  /// What is known of `word`, as the text has it.
  @inline(__always)
  func traits(of word: BoundaryWord) -> WordTraits {
    let traits = words[word.hash]
    if traits.contains(.capital), !word.beginsUpper { return traits.subtracting([.title, .any]) }
    return traits
  }

  private static let english = LanguageRules(.english)
  private static let unknown = LanguageRules(.unknown)
  /// Made when the first text of another language comes: most runs never see one.
  private static let others = Dictionary(
    uniqueKeysWithValues: Language.shipped.filter { $0 != .english }.map { ($0, LanguageRules($0)) })

  /// The rules of a language that ships; of any other those of an unknown one.
  static func of(_ language: Language) -> LanguageRules {
    language == .english ? english : others[language] ?? unknown
  }
}
