import Hearsay

/// What the lists say of a word: its part of speech, and what it does around a quote.
public struct LexiconEntry: Sendable {
  /// `nil` where the word's form determines it.
  public var partOfSpeech: PartOfSpeech?
  /// What it does around a quote.
  public var role = AttributionRole.none
  /// Whom it stands for, if it is a pronoun: `nobody` and `you` stand for none that is known.
  public var pronoun: Pronoun?
  /// Whether it is the definite article.
  public var isDefinite = false
  /// Whether a sentence that begins with it may refer to what was said before: `Das sagte Lee.`
  public var isAnaphoric = false

  /// A verb that reports; its part of speech is its role.
  init(verb role: AttributionRole) {
    self.role = role
    partOfSpeech =
      switch role {
      case .speech: .speech
      case .thought: .thought
      case .evaluativeVerb: .evaluativeVerb
      default: nil
      }
  }

  /// The columns of a line of `words.txt` after the word: its class, its role, whom it stands for, `definite` and `back`.
  /// A verb's class is its role; `-` stands for nothing.
  init(columns: [Substring]) throws(Mistake) {
    guard let first = columns.first else { throw Mistake("no class stands after the word") }
    partOfSpeech = PartOfSpeech.named[first]
    guard partOfSpeech != nil || first == "-" else {
      throw Mistake("no class is named '\(first)'", first, PartOfSpeech.named.keys.map(String.init))
    }
    if columns.count > 1 {
      guard let known = columns[1] == "-" ? AttributionRole.none : AttributionRole(named: columns[1]) else {
        throw Mistake("no role is named '\(columns[1])'", columns[1], AttributionRole.named.keys.map(String.init))
      }
      role = known
    } else {
      role = AttributionRole(named: first) ?? .none
    }
    for note in columns.dropFirst(2) {
      switch note {
      case "definite": isDefinite = true
      case "back": isAnaphoric = true
      default:
        guard pronoun == nil, let known = Pronoun(named: note) else {
          throw Mistake("nothing is named '\(note)'", note, Pronoun.named.keys.map(String.init) + ["definite", "back"])
        }
        pronoun = known
      }
    }
  }

  /// What is wrong with the columns of a line.
  struct Mistake: Error {
    let message: String

    init(_ message: String) { self.message = message }
    init(_ message: String, _ word: Substring, _ words: [String]) {
      self.message = message + hint(String(word), words.sorted())
    }
  }
}

extension Lexicon<LexiconEntry> {
  /// What is known of a language's words: its cue verbs, then its other words, which count where both list one.
  ///
  /// Lines with mistakes are left out: `LanguageDefinition.check()` finds them.
  init(words: LanguageFile?, cueVerbs: LanguageFile?) {
    var lexicon = Self()
    if let cueVerbs {
      lexicon.add(linesOf: cueVerbs.bytes, splitsWords: true) { columns in
        guard let name = columns.first, let role = AttributionRole(named: name), role.isVerb else { return nil }
        return LexiconEntry(verb: role)
      }
    }
    if let words { lexicon.add(linesOf: words.bytes) { try? LexiconEntry(columns: $0) } }
    lexicon.index()
    self = lexicon
  }

  /// Finds the first mistake of a list of words.
  static func check(_ file: LanguageFile) throws(LanguageError) {
    var seen: Set<Substring> = []
    for line in file.lines() {
      let columns = file.columns(line)
      guard let word = columns.first, !word.isEmpty else { throw file.error(line, "the line begins with no word") }
      guard seen.insert(word).inserted else { throw file.error(line, "'\(word)' is listed twice") }
      do {
        _ = try LexiconEntry(columns: Array(columns.dropFirst()))
      } catch { throw file.error(line, error.message) }
    }
  }
}
