public import Hearsay

/// A full stop ends a sentence unless an abbreviation, an initial or a number owns it.
public struct SplitSentences: Stage {
  public struct Options: StageOptions {
    public var language = Language.auto
    public var splitInsideQuotes = true
    public var longest = 20_000
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "language", \.language, "Whose abbreviations to trust; `auto` is the document's `meta.language`, else English."),
      Field("split_inside_quotes", \.splitInsideQuotes, "Whether sentences inside quotation marks are parted."),
      Field("longest", \.longest, in: 40...10_000_000, "Cut a longer sentence at a space; in bytes."),
    ]
  }

  public static let name = "split-sentences"
  public static let summary = "Marks where each sentence begins and ends."
  public static let reads: [any Layer.Type] = []
  public static let writes: [any Layer.Type] = [Sentences.self]
  public static let examples = [
    Example("two plain sentences", "⟦It rained.⟧ ⟦She left!⟧"),
    Example("a title does not end one", "⟦Mr. Lee left.⟧ ⟦He ran.⟧"),
    Example("initials and numbers", "⟦J. K. Lee paid 3.5 million to No. 5.⟧ ⟦It was late.⟧"),
    Example("an abbreviation at the end", "⟦He lives in the U.S.⟧ ⟦The house is old.⟧"),
    Example("closing marks belong to the sentence", "⟦“We won.”⟧ ⟦(They lost.)⟧ ⟦So it goes.⟧"),
    Example("a cue behind a quotation goes on", "⟦“Did we win?” she asked.⟧ ⟦“We won!” he cried.⟧"),
    Example("a blank line ends a heading", "⟦Rain stops play⟧\n\n⟦It rained all day.⟧"),
  ]

  private let options: Options

  public init(_ options: Options) { self.options = options }

  public func process(_ document: inout Document) {
    let language = options.language == .auto ? Language(of: document) : options.language
    let scanner = SentenceScanner(
      abbreviations: .of(language), splitsInsideQuotes: options.splitInsideQuotes, longest: options.longest)
    document[Sentences.self] = scanner.sentences(in: document.bytes)
  }
}

/// A language whose abbreviations are known.
public enum Language: String, OptionEnum {
  case auto, en, de, fr, es, it, nl, pt, ru, pl

  /// The language that the document's metadata names, else English.
  init(of document: Document) {
    let tag = document.metadata["language"]?.stringValue ?? "en"
    self = Language(rawValue: String(tag.prefix(2)).lowercased()) ?? .en
  }
}
