public import Hearsay
import HearsayText

/// Notes the language of each text, and leaves out those in other languages than wanted.
///
/// The language is what `meta.language` names, unless the text's commonest words tell that it is another; else what they
/// tell. It stands in `meta.language` for the stages and outputs behind: `out/{language}.jsonl`.
public struct IdentifyLanguage: OrderedStage {
  public struct Options: StageOptions {
    public var keep: [String] = []
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "keep", \.keep,
        "Codes of languages (`en`, `de`); texts in others are left out, `und` are those that tell none. None keeps all."
      )
    ]
  }

  public static let name = "identify-language"
  public static let summary = "Notes the language of a text, and leaves out those in others than wanted."
  public static let reads: [any Layer.Type] = []
  public static let writes: [any Layer.Type] = []
  public static let examples = [
    Example(
      "the commonest words tell it", "Die Stadt hat sich für die Brücke entschieden, und das ist auch gut so.",
      expect: ["meta": ["language": "de"]]),
    Example("too few tell none", "Ann Lee, Selby.", expect: ["meta": ["language": nil]]),
  ]

  /// What stands for a text that tells no language (ISO 639-2).
  private static let undetermined = "und"

  private let kept: Set<String>

  public init(_ options: Options) throws {
    for code in options.keep where !(2...3).contains(code.utf8.count) || !code.utf8.allSatisfy(Self.isLowerCase) {
      throw StageError("'\(code)' in 'keep' is no code of a language; they have two or three letters: en, de, und")
    }
    kept = Set(options.keep)
  }

  private static func isLowerCase(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

  public func prepare(_ document: Document) -> String? {
    var document = document
    return document.languageCode()
  }

  public func commit(_ code: String?, _ document: inout Document) -> Disposition {
    // A tag that says more (`en-GB`) stays.
    if let code, document.namedLanguageCode != code { document.metadata["language"] = .string(code) }
    let found = code ?? Self.undetermined
    return kept.isEmpty || kept.contains(found) ? .keep : .drop(reason: "language", detail: found)
  }
}
