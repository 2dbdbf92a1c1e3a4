public import Hearsay
import HearsayText

/// Identifies the language of each text, and drops texts in other languages than wanted.
///
/// The language is what `meta.language` names, unless the text's most frequent words show that it is another; else the
/// one that they show. It stands in `meta.language` for later stages and outputs: `out/{language}.jsonl`.
public struct IdentifyLanguage: Stage {
  public struct Options: StageOptions {
    public var keep: [String] = []
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "keep", \.keep,
        "Codes of languages (`en`, `de`); texts in others are left out, `und` stands for those that show none. None keeps all."
      )
    ]
  }

  public static let name = "identify-language"
  public static let summary = "Notes the language of a text, and leaves out those in others than wanted."
  public static let examples = [
    Example(
      "the most frequent words show it", "Die Stadt hat sich für die Brücke entschieden, und das ist auch gut so.",
      expect: ["meta": ["language": "de"]]),
    Example("too few show none", "Ann Lee, Selby.", expect: ["meta": ["language": nil]]),
    Example(
      "a text in another language than wanted is dropped",
      "The town has decided, and that is just as well for all of us.",
      drops: "language", options: ["keep": ["de"]]),
  ]

  /// What stands for a text that shows no language (ISO 639-2).
  private static let undetermined = "und"

  private let kept: Set<String>

  public init(_ options: Options) throws {
    for code in options.keep where !(2...3).contains(code.utf8.count) || !code.utf8.allSatisfy(Self.isLowerCase) {
      throw StageError("'\(code)' in 'keep' is no code of a language; they have two or three letters: en, de, und")
    }
    kept = Set(options.keep)
  }

  private static func isLowerCase(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

  @discardableResult
  public func process(_ document: inout Document) -> Disposition {
    let code = document.languageCode()
    // A tag that says more (`en-GB`) stays.
    if let code, document.namedLanguageCode != code { document.metadata["language"] = .string(code) }
    let found = code ?? Self.undetermined
    return kept.isEmpty || kept.contains(found) ? .keep : .drop(reason: "language", detail: found)
  }
}
