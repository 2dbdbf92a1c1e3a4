/// What is known of a word where a sentence may end: a set, for a word may be several things.
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
  /// Calls for a word behind it: no sentence ends here without a mark.
  static let join = Self(rawValue: 32)
  /// Ends a letter before the writer's name, or greets.
  static let close = Self(rawValue: 64)
  /// Says who said it: `asked`.
  static let cue = Self(rawValue: 256)
  /// Stands behind a stop within a name of the net or of a file.
  static let part = Self(rawValue: 512)
  /// The abbreviation has a capital; without one it is another word, but for a number behind it.
  static let capital = Self(rawValue: 128)

  static let abbreviation: Self = [.title, .number, .any]

  init(rawValue: UInt16) { self.rawValue = rawValue }

  fileprivate init?(named name: Substring) {
    switch name {
    case "title": self = .title
    case "number": self = .number
    case "any": self = .any
    case "start": self = .start
    case "anew": self = .anew
    case "join": self = .join
    case "close": self = .close
    case "cue": self = .cue
    case "part": self = .part
    default: return nil
    }
  }
}

/// The words and the rules of a language, read from its file in `Data/`.
struct LanguageRules: Sendable {
  let words: WordTable
  /// How words of trait `anew` begin: their first and second letters. It settles most capitalised words.
  let anewBeginnings: LetterPairs
  /// The first and third letters of words of trait `close`.
  let closeBeginnings: LetterPairs
  /// A number before a stop counts (German `12. Juni`): it ends a sentence only where the next word begins one.
  var hasOrdinals = false
  /// A colon ends a sentence (Armenian).
  var colonEnds = false
  /// A semicolon is a question mark (Greek).
  var semicolonEnds = false
  /// A full stop of Latin shape is a lesser pause (Armenian).
  var stopPauses = false
  /// Writers of e-mails and the like begin sentences in lower case, and leave the last mark out.
  var isInformal = false
  /// Nothing is known of the language: the rules of UAX #29 decide.
  var isUnknown = false

  init(_ language: Language) {
    var words: [UInt64: WordTraits] = [:]
    var anew: [[UInt8]] = []
    var close: [[UInt8]] = []
    let lines = [PackageResources.common_txt, language.data].flatMap {
      String(decoding: $0, as: UTF8.self).split(separator: "\n")
    }
    for line in lines where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let name = parts.first, let list = parts.last?.split(separator: " ") else { continue }
      if name == "rules" {
        for rule in list {
          switch rule {
          case "ordinals": hasOrdinals = true
          case "colon-ends": colonEnds = true
          case "semicolon-ends": semicolonEnds = true
          case "stop-pauses": stopPauses = true
          case "lowercase-starts": isInformal = true
          default: break
          }
        }
      } else if let trait = WordTraits(named: name) {
        for item in list {
          let bytes = Array(item.utf8)
          let word = Word(bytes.span, 0..<bytes.count)
          words[word.hash, default: []].formUnion(word.beginsUpper ? [trait, .capital] : trait)
          if trait == .anew { anew.append(bytes) }
          if trait == .close { close.append(bytes) }
        }
      }
    }
    self.words = WordTable(words)
    anewBeginnings = LetterPairs(anew, second: 1)
    closeBeginnings = LetterPairs(close, second: 2)
    isUnknown = language == .other
  }

  /// What is known of `word`, as the text has it.
  @inline(__always)
  func traits(of word: Word) -> WordTraits {
    let traits = words[word.hash]
    if traits.contains(.capital), !word.beginsUpper { return traits.subtracting([.title, .any]) }
    return traits
  }

  private static let english = LanguageRules(.en)
  /// Made when the first text of another language comes: most runs never see one.
  private static let others = Dictionary(
    uniqueKeysWithValues: Language.allCases.filter { $0 != .en }.map { ($0, LanguageRules($0)) })

  static func of(_ language: Language) -> LanguageRules {
    language == .en ? english : others[language] ?? LanguageRules(language)
  }
}

/// Words by their hash, in one flat table.
///
/// It is made once for a language and kept for good: nothing is counted where the hot loop reads it.
@safe struct WordTable: @unchecked Sendable {
  private struct Slot {
    /// 0 marks a free slot.
    var hash: UInt64 = 0
    var traits: WordTraits = []
  }

  // Invariant: a power of two of slots, at least half of them free.
  private let slots: UnsafeMutableBufferPointer<Slot>

  /// The table of `words`; the traits of a word that occurs twice are joined.
  init(_ words: [UInt64: WordTraits]) {
    var size = 16
    while size < 2 * words.count { size *= 2 }
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot())
    for (hash, traits) in words { unsafe slots[index(of: hash)] = Slot(hash: hash, traits: traits) }
  }

  /// The traits of the word of this hash; none where it is not known.
  @inline(__always)
  subscript(hash: UInt64) -> WordTraits { unsafe slots[index(of: hash)].traits }

  /// Where the hash stands, or the free slot where it would.
  @inline(__always)
  private func index(of hash: UInt64) -> Int {
    let mask = unsafe slots.count - 1
    var index = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while unsafe slots[index].hash != 0, unsafe slots[index].hash != hash { index = (index + 1) & mask }
    return index
  }
}

/// Two letters of each of some words: settles most other words without a look-up. Kept for good, as `WordTable` is.
@safe struct LetterPairs: @unchecked Sendable {
  /// For each first letter the second ones, as bits.
  private let rows: UnsafeMutableBufferPointer<UInt32>

  /// The first letters of `words` and those at `second`, a comma where a word ends before.
  init(_ words: [[UInt8]], second: Int) {
    unsafe rows = .allocate(capacity: 32)
    unsafe rows.initialize(repeating: 0)
    for word in words where !word.isEmpty {
      let letter = second < word.count ? word[second] : UInt8(ascii: ",")
      unsafe rows[Int(word[0] & 31)] |= 1 << UInt32(letter & 31)
    }
  }

  @inline(__always)
  func contains(_ first: UInt8, _ second: UInt8) -> Bool {
    unsafe rows[Int(first & 31)] >> UInt32(second & 31) & 1 != 0
  }
}
