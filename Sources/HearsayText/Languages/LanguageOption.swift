public import Hearsay

/// An option that names one of the languages that a stage knows, by their codes (ISO 639-1).
public protocol LanguageOption: OptionEnum, Equatable {
  /// The language that the document's `meta.language` or its words tell, else English.
  static var auto: Self { get }
  static var en: Self { get }
  /// Any language that is not on the list.
  static var other: Self { get }
}

extension LanguageOption {
  /// The language that the option names; with `auto` the one that the document is in.
  public func resolved(for document: inout Document) -> Self {
    guard self == .auto else { return self }
    guard let code = document.languageCode() else { return .en }
    guard let known = Self(rawValue: code), known != .auto else { return .other }
    return known
  }
}
