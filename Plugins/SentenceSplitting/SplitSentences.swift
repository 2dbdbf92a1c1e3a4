public import Hearsay
public import HearsayText

/// A full stop ends a sentence unless an abbreviation, an initial or a number owns it.
public struct SplitSentences: Stage {
  public struct Options: StageOptions {
    public var language = LanguageChoice<SentenceLanguages>.auto
    public var splitInsideQuotes = true
    public var longest = 20_000
    public var model = SentenceModel.trained
    public var cueVerbs: [CueVerb] = []
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "language", \.language,
        "Whose words and marks to trust; `auto` is what `meta.language` or the text's words show, else English."),
      Field(
        "split_inside_quotes", \.splitInsideQuotes,
        "Whether a quotation of several sentences is split; else it stays with the sentence around it."),
      Field(
        "model", \.model,
        "What decides where rules cannot: `trained` is a small model of English, `none` lists of words, a path a file of "
          + "other weights for the model."),
      Field(
        "cue_verbs", \.cueVerbs, "Forms of verbs that credit a quotation, besides those of the language: `carped`."),
      Field("longest", \.longest, in: 40...10_000_000, "Cut a longer sentence at a space; in bytes."),
    ]
  }

  public static let name = "split-sentences"
  public static let summary = "Marks where each sentence begins and ends."
  public static let layers = LayerUse(optionalReads: [Warnings.self], writes: [Sentences.self])
  public static let examples = [
    Example("two plain sentences", "⟦It rained.⟧ ⟦She left!⟧"),
    Example("a title does not end one", "⟦Mr. Lee left.⟧ ⟦He ran.⟧"),
    Example("initials and numbers", "⟦J. K. Lee paid 3.5 million to No. 5.⟧ ⟦It was late.⟧"),
    Example("an abbreviation at the end", "⟦He lives in the U.S.⟧ ⟦The house is old.⟧"),
    Example("closing marks belong to the sentence", "⟦“We won.”⟧ ⟦(They lost.)⟧ ⟦So it goes.⟧"),
    Example("a cue after a quotation goes on", "⟦“Did we win?” she asked.⟧ ⟦“We won!” he cried.⟧"),
    Example("a name's own mark does not", "⟦She worked at Yahoo! in its prime.⟧ ⟦It is gone.⟧"),
    Example("an ellipsis within a sentence", "⟦Wait... what was that?⟧ ⟦I never said it....⟧ ⟦She did.⟧"),
    Example("a list within a line", "⟦1) Peel the pears⟧ ⟦2) Boil them⟧"),
    Example("no mark at the end", "⟦we saw him for the last time in the year he died⟧ ⟦He also had a dog⟧"),
    Example("writers who care little for capitals", "⟦do you know her?⟧ ⟦i think she is right.⟧ ⟦she always is.⟧"),
    Example("a footnote belongs to what stands before it", "⟦It was built in 1805. [2]⟧ ⟦It burned.⟧"),
    Example("a blank line ends a heading", "⟦Rain stops play⟧\n\n⟦It rained all day.⟧"),
  ]

  private let options: Options
  private let model: BeginningModel?
  /// The rules of the languages that the option names, or that differ from those that ship.
  private let rules: RulesOfStage

  public init(_ options: Options) throws {
    self.options = options
    model = try options.model.model()
    rules = RulesOfStage(options)
  }

  @discardableResult
  public func process(_ document: inout Document) -> Disposition {
    let language = options.language.resolved(for: &document)
    let scanner = SentenceScanner(
      rules: rules.of(language), longest: options.longest, splitsInsideQuotes: options.splitInsideQuotes,
      model: language.hasTrainedModel ? model : nil)
    let sentences = scanner.sentences(in: document.bytes)
    let breaks = document[Warnings.self].flatMap { MissingText.breaks(at: $0, in: document.bytes) }
    document[Sentences.self] =
      breaks.isEmpty ? sentences : MissingText.split(sentences, at: breaks, in: document.bytes)
    return .keep
  }
}
