public import HearsayText
import Synchronization

/// The languages where it is known how sentences end.
public enum SentenceLanguages: LanguageScope {
  public static func includes(_ language: Language) -> Bool { language.hasSentences }
}

/// The rules of each language that a stage meets, with the verbs that its options add.
final class RulesOfStage: Sendable {
  private let cueVerbs: [CueVerb]
  /// Of languages whose rules are not those that ship.
  private let own = Mutex<[Language: LanguageRules]>([:])

  init(_ options: SplitSentences.Options) { cueVerbs = options.cueVerbs }

  func of(_ language: Language) -> LanguageRules {
    if cueVerbs.isEmpty, Language(language.code) == language { return .of(language) }
    return own.withLock { own in
      if let rules = own[language] { return rules }
      let rules = LanguageRules(language, cueVerbs: cueVerbs)
      own[language] = rules
      return rules
    }
  }
}
