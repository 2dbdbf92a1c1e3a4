import Foundation

/// A language: its code, and what is known of it.
///
/// The set is open. A language is a folder of text files, which Documentation/AddingALanguage.md explains; of a code that no
/// folder has, nothing is known.
public struct Language: Sendable {
  /// The code of ISO 639-1: `de`.
  public let code: String
  /// What its grammar lets the rules rely on.
  public let traits: GrammarTraits
  let definition: LanguageDefinition

  init(_ code: String, _ definition: LanguageDefinition) {
    self.code = code
    self.definition = definition
    traits = definition.profile.traits
  }

  /// The language of a code, with all that ships for it, which may be nothing.
  public init(_ code: String) { self.init(code, LanguageRegistry.shipped[code] ?? .unknown) }

  /// A language whose files stand in a folder of their own.
  ///
  /// - Throws: The first mistake in its files.
  public init(code: String, folder: String) throws(LanguageError) {
    var files: [String: LanguageFile] = [:]
    for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
      guard name.hasSuffix(".txt"), let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        continue
      }
      files[name] = LanguageFile(path: "\(code)/\(name)", bytes: Array(data))
    }
    var definition = try LanguageDefinition(code: code, files: files)
    try definition.check()
    if let other = definition.profile.sameAs {
      guard let known = LanguageRegistry.shipped[other] else {
        throw LanguageError(file: "\(code)/language.txt", line: 0, message: "no language has the code '\(other)'")
      }
      definition = LanguageDefinition(definition, completedBy: known)
    }
    self.init(code, definition)
  }

  public static let english = Language("en")
  /// A language of which nothing is known.
  public static let unknown = Language("und")

  /// The languages that ship, in the order in which options list them.
  public static var shipped: [Language] { LanguageRegistry.languages }

  /// Whether words of it are known, as `extract-quotes` needs them.
  public var hasWords: Bool { definition.file("words.txt") != nil }
  /// Whether it is known where its sentences end.
  public var hasSentences: Bool { definition.file("sentences.txt") != nil }
  /// Whether the models that ship were trained on it.
  public var hasTrainedModel: Bool { definition.profile.hasTrainedModel }
  /// What is known of its words.
  public var lexicon: Lexicon<LexiconEntry> { definition.lexicon }
  /// The words and rules that determine where its sentences end.
  public var sentenceWords: SentenceWords { definition.sentenceWords }
  /// Endings of a past tense that mark a capitalised word at a sentence's beginning as a verb: `Cerró`.
  public var verbEndings: [[UInt8]] { definition.profile.verbEndings }
  /// Pronouns that a hyphen joins to their verb: `dit-il`.
  var hyphenatedPronouns: [[UInt8]] { definition.profile.hyphenatedPronouns }
  /// The forms of verbs that `clean` takes for the cue of a quote.
  public var cleaningCues: [String] { definition.cueVerbs.forms[.cleaning, default: []] }

  /// A list of its folder `cleaning/`, as the file has it; empty where there is none.
  public func cleaningList(_ name: String) -> [UInt8] { definition.file("cleaning/\(name).txt")?.bytes ?? [] }
}

extension Language: Hashable {
  public static func == (a: Self, b: Self) -> Bool { a.code == b.code && a.definition === b.definition }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
