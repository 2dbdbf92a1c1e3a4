import Hearsay

/// What `language.txt` says of a language.
struct LanguageProfile: Sendable {
  /// In English: `Swedish`.
  var name = ""
  /// What metadata call the language, besides its code: `swe`, `svenska`.
  var otherNames: [String] = []
  /// The code of the language whose files stand for those that this one lacks.
  var sameAs: String?
  /// Whether the models that ship were trained on the language.
  var hasTrainedModel = false
  var traits: GrammarTraits = []
  /// Endings of a past tense that mark a capitalised word at a sentence's beginning as a verb: `Cerró`.
  var verbEndings: [[UInt8]] = []
  /// Pronouns that a hyphen joins to their verb: `dit-il`.
  var hyphenatedPronouns: [[UInt8]] = []
  /// The commonest words, by which the language of a text is detected: see `ShortWords`.
  var commonWords: [UInt64] = []

  init() {}

  init(_ file: LanguageFile) throws(LanguageError) {
    for line in file.lines() {
      let (key, words) = try file.keyAndWords(line)
      switch key {
      case "name": name = words.joined(separator: " ")
      case "also": otherNames += words
      case "same-as":
        guard words.count == 1 else { throw file.error(line, "'same-as' takes one code") }
        sameAs = words.first
      case "trained-model":
        guard words == ["yes"] || words == ["no"] else { throw file.error(line, "'trained-model' is yes or no") }
        hasTrainedModel = words == ["yes"]
      case "traits":
        for word in words {
          guard let trait = GrammarTraits(named: word) else {
            throw file.error(line, "no trait is named '\(word)'\(hint(word, GrammarTraits.named.map(\.name)))")
          }
          guard !traits.contains(trait) else { throw file.error(line, "'\(word)' is listed twice") }
          traits.insert(trait)
        }
      case "verb-endings": verbEndings += words.map { Array($0.utf8) }
      case "hyphenated-pronouns": hyphenatedPronouns += words.map { Array($0.utf8) }
      case "common": try add(common: words, line, file)
      default: throw file.error(line, "no key is named '\(key)'\(hint(key, Self.keys))")
      }
    }
    guard !name.isEmpty else { throw LanguageError(file: file.path, line: 0, message: "the key 'name' is missing") }
  }

  private static let keys = [
    "name", "also", "same-as", "trained-model", "traits", "verb-endings", "hyphenated-pronouns", "common",
  ]

  private mutating func add(common words: [String], _ line: LanguageFile.Line, _ file: LanguageFile)
    throws(LanguageError)
  {
    for word in words {
      guard let short = ShortWords.only(in: word) else {
        throw file.error(line, "'\(word)' is not one word of at most eight bytes")
      }
      guard !commonWords.contains(short) else { throw file.error(line, "'\(word)' is listed twice") }
      commonWords.append(short)
    }
  }
}

/// The end of a message: the nearest right spelling, if one is near.
func hint(_ word: String, _ words: [String]) -> String {
  words.nearest(to: word).map { "; did you mean '\($0)'?" } ?? ""
}
