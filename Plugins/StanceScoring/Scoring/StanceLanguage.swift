public import Hearsay
import HearsayText

/// The languages of the texts that are scored.
public enum StanceLanguage: String, OptionEnum {
  /// English, and texts whose language is unknown.
  case auto
  /// All texts, as if they were English.
  case en

  /// The language (ISO 639-1) of a text that is not scored; `nil` for one that is.
  func foreign(_ document: inout Document) -> String? {
    guard self == .auto, let code = document.languageCode(), code != "en" else { return nil }
    return code
  }
}
