public import Hearsay
import HearsayText

/// Which texts are judged.
public enum StanceLanguage: String, OptionEnum {
  /// Texts in English, and those that tell no language.
  case auto
  /// All, as if they were English.
  case en

  /// The language of a text that is not judged (ISO 639-1); `nil` where it is.
  func foreign(_ document: inout Document) -> String? {
    guard self == .auto, let code = document.languageCode(), code != "en" else { return nil }
    return code
  }
}
