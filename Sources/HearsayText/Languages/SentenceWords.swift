import Hearsay

/// What `sentences.txt` says of a language: the words beside which a sentence ends or does not, and its rules.
public struct SentenceWords: Sendable {
  /// What a word is where a sentence may end.
  public enum Kind: String, CaseIterable, Sendable {
    case title, number, any, start, anew, join, close, cue, part
  }

  /// What the marks of a language mean.
  public enum Rule: String, CaseIterable, Sendable {
    /// A number before a stop counts (German `12. Juni`): it ends a sentence only where the next word begins one.
    case ordinals
    /// A colon ends a sentence (Armenian).
    case colonEnds = "colon-ends"
    /// A semicolon is a question mark (Greek).
    case semicolonEnds = "semicolon-ends"
    /// A full stop of Latin shape is a lesser pause (Armenian).
    case stopPauses = "stop-pauses"
    /// Writers of e-mails and the like begin sentences in lower case, and leave the last mark out.
    case lowercaseStarts = "lowercase-starts"
  }

  public internal(set) var rules: Set<Rule> = []
  /// The words of each kind, in lower case; one with a capital counts only where the text has one.
  public internal(set) var words: [(kind: Kind, word: String)] = []

  init() {}

  /// The file of a language, with that of all languages before it.
  init(_ file: LanguageFile) throws(LanguageError) {
    var seen: [Kind: Set<String>] = [:]
    for line in file.lines() {
      let (key, items) = try file.keyAndWords(line)
      if key == "rules" {
        for item in items {
          guard let rule = Rule(rawValue: item) else {
            throw file.error(line, "no rule is named '\(item)'\(hint(item, Rule.allCases.map(\.rawValue)))")
          }
          guard rules.insert(rule).inserted else { throw file.error(line, "'\(item)' is listed twice") }
        }
        continue
      }
      guard let kind = Kind(rawValue: key) else {
        throw file.error(
          line, "no kind of word is named '\(key)'\(hint(key, Kind.allCases.map(\.rawValue) + ["rules"]))")
      }
      for item in items {
        guard seen[kind, default: []].insert(item).inserted else {
          throw file.error(line, "'\(item)' is listed twice as '\(key)'")
        }
        words.append((kind, item))
      }
    }
  }
}
