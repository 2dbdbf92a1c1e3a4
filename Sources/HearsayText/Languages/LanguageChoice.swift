public import Hearsay

/// The languages that an option accepts.
public protocol LanguageScope: Sendable {
  static func includes(_ language: Language) -> Bool
  /// Whether the option accepts `other`, any language besides.
  static var acceptsOther: Bool { get }
}

extension LanguageScope {
  public static var acceptsOther: Bool { true }
}

/// An option that names a language by its code (ISO 639-1), of those that a stage knows.
public enum LanguageChoice<Scope: LanguageScope>: OptionValue, Hashable {
  /// The language that the document's `meta.language` names or its words determine, else English.
  case auto
  case named(Language)
  /// Any language that is not on the list.
  case other

  /// The language that the option names; with `auto` the one that the document is in.
  public func resolved(for document: inout Document) -> Language {
    switch self {
    case .named(let language): return language
    case .other: return .unknown
    case .auto:
      guard let code = document.languageCode() else { return .english }
      let language = Language(code)
      return Scope.includes(language) ? language : .unknown
    }
  }

  /// All values, in the order in which they are listed.
  public static var all: [Self] {
    [.auto] + Language.shipped.filter(Scope.includes).map { .named($0) } + (Scope.acceptsOther ? [.other] : [])
  }

  /// How the value is spelled in a file.
  public var spelling: String {
    switch self {
    case .auto: "auto"
    case .named(let language): language.code
    case .other: "other"
    }
  }

  public static var typeName: String { all.map { "'\($0.spelling)'" }.joined(separator: ", ") }
  public static var schema: JSONValue { ["enum": .array(all.map { .string($0.spelling) })] }
  public var configValue: JSONValue { .string(spelling) }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    guard case .scalar(let text, _) = node.content else { return mismatch(node, &diagnostics) }
    if let value = all.first(where: { $0.spelling == text }) { return value }
    let suggestion = all.map(\.spelling).nearest(to: text)
    diagnostics.append(Diagnostic(.unknownLanguage(node, typeName), at: node.place, suggestion: suggestion))
    return nil
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownLanguage(_ node: ConfigNode, _ languages: String) -> Self {
    Self("expected one of \(languages), found \(node.kindName)")
  }
}

/// The languages of which words are known.
public enum AnalysisLanguages: LanguageScope {
  public static func includes(_ language: Language) -> Bool { language.hasWords }
}
