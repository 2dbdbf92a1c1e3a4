import Hearsay
public import HearsayText

/// The languages whose texts are scored: those that the model was trained on. `auto` leaves texts in others without
/// stances; a language that is named scores all texts, as if they were in it.
public enum StanceLanguages: LanguageScope {
  public static func includes(_ language: Language) -> Bool { language.hasTrainedModel }
  public static let acceptsOther = false
}

extension LanguageChoice<StanceLanguages> {
  /// The language of a text that is not scored (ISO 639-1); `nil` where it is.
  func foreign(_ document: inout Document) -> String? {
    guard self == .auto, let code = document.languageCode(), !StanceLanguages.includes(Language(code)) else {
      return nil
    }
    return code
  }
}
