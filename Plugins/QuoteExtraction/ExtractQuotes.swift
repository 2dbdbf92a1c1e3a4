public import Hearsay
public import HearsayText

/// Finds who said what: quotation marks, cues and a trained model propose quotes, the words around them name the speaker.
///
/// A document goes through four steps. `QuotationPairing` finds what stands in quotation marks; single ones that quote were
/// made double ones before (see `SingleQuoteNormalizer`). `AttributionModel` finds what the trained model takes for
/// reported speech. `QuoteRules` add what marks and cues decide by rule; `QuoteAssembler` collects the candidates of both.
/// `SpeakerResolver` resolves mentions of speakers to names.
public struct ExtractQuotes: Stage {
  public struct Options: StageOptions {
    public var kinds = Quote.Kind.allCases
    public var resolve = true
    public var resolveAbove = 0.4
    public var minimumConfidence = 0.0
    public var model = QuoteSource.trained
    public var language = LanguageChoice<AnalysisLanguages>.auto
    public var cueVerbs: [CueVerb] = []
    public var conventions = AnnotationGuideline.reader
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("kinds", \.kinds, "Kinds to find."),
      Field("resolve", \.resolve, "Whether speakers are resolved to their fullest name in the document."),
      Field(
        "resolve_above", \.resolveAbove, in: 0...1,
        "A pronoun whose likeliest name is less likely than this has no name."),
      Field("minimum_confidence", \.minimumConfidence, in: 0...1, "Leave out quotes that are less certain."),
      Field(
        "model", \.model,
        "What decides where marks and cues cannot: `trained` is a small model of English, `none` the rules alone; a path is a file of weights that `train-quotes` wrote."
      ),
      Field(
        "language", \.language,
        "Whose cues to look for; `auto` is what `meta.language` or the text's words show, else English."),
      Field("cue_verbs", \.cueVerbs, "Forms of verbs that report speech, besides those of the language: `carped`."),
      Field(
        "conventions", \.conventions,
        "To a `reader` a quote is what was said; in a `corpus` `that` before it too, and `\'\'` is no quotation mark."
      ),
    ]
  }

  public static let name = "extract-quotes"
  public static let summary = "Finds quotes and reports of speech, with their cue and speaker."
  public static let layers = LayerUse(reads: [Sentences.self], writes: [Quotes.self])
  public static let examples = [
    Example(
      "a speaker after the quote", "“We won,” Ann Lee said.",
      expect: ["quotes": [["text": "We won,", "kind": "direct", "speaker": "Ann Lee", "cue": "said"]]]),
    Example(
      "a speaker before it", "Mayor Ann Lee told reporters: \"We won.\"",
      expect: ["quotes": [["text": "We won.", "kind": "direct", "speaker": "Ann Lee"]]]),
    Example(
      "in single marks, as British papers write", "'It's over,' said Ann Lee.",
      expect: ["quotes": [["text": "It's over,", "kind": "direct", "speaker": "Ann Lee"]]]),
    Example(
      "one quote in two pieces", "\"We won,\" he said, \"twice.\"",
      expect: ["quotes": [["kind": "direct", "speaker": "he", "text": "We won, twice."]]]),
    Example(
      "reported speech", "The bridge will open in May, the mayor has said.",
      expect: ["quotes": [["kind": "indirect", "text": "The bridge will open in May", "speaker": "the mayor"]]]),
    Example(
      "reported speech, partly marked", "Bo Ray insisted that the plan was \"well made.\"",
      expect: ["quotes": [["kind": "mixed", "speaker": "Bo Ray"]]]),
    Example(
      "marked words are nobody's speech", "The so-called \"plan\" failed.",
      expect: ["quotes": [["kind": "scare", "text": "plan", "speaker": nil]]]),
    Example(
      "a later short name is the same person", "Ann Lee won. \"It was close,\" said Lee.",
      expect: ["quotes": [["kind": "direct", "speaker": ["text": "Lee", "name": "Ann Lee"]]]]),
    Example(
      "in German, detected by its words", "„Das ist ein guter Tag für die Stadt“, hat Anna Berg gesagt.",
      expect: ["quotes": [["kind": "direct", "speaker": "Anna Berg", "cue": "gesagt"]]]),
    Example(
      "in French, the cue within the marks",
      "« C’est une bonne nouvelle pour la ville, a dit Paul Durand, et pour nous. »",
      expect: [
        "quotes": [
          [
            "text": "C’est une bonne nouvelle pour la ville et pour nous.", "kind": "direct", "speaker": "Paul Durand",
            "cue": "dit",
          ]
        ]
      ]),
  ]

  private let options: Options
  private let model: QuoteModel?
  private let rules: QuoteRules

  /// - Throws: A `WeightsError` where the weights of the model cannot be used.
  public init(_ options: Options) throws {
    self.init(options, model: try options.model.model())
  }

  /// The stage with a model of its own; `nil` is the rules alone.
  package init(_ options: Options, model: QuoteModel?) {
    self.init(options, model: model, rules: .standard)
  }

  init(_ options: Options, model: QuoteModel?, rules: QuoteRules) {
    self.options = options
    self.model = model
    self.rules = rules
  }

  /// Attributions of the model that are less certain are left out.
  package static let leastConfidence: Float = 0.35

  @discardableResult
  public func process(_ document: inout Document) throws -> Disposition {
    guard document.has(Sentences.self) else {
      throw StageError("the document has no sentences; run 'split-sentences' before it")
    }
    let language = options.language.resolved(for: &document)
    let analysis = document.analysis(in: language, cueVerbs: options.cueVerbs)
    let text = document.utf8
    var assembler = assembler(of: analysis, in: text.span)
    rules.apply(to: &assembler, in: text.span)
    var reasons: [QuoteReason]? = document.has(Reasons.self) ? [] : nil
    let resolver =
      options.resolve && !assembler.isEmpty
      ? SpeakerResolver(document.pronounResolver(in: language, cueVerbs: options.cueVerbs), least: options.resolveAbove)
      : nil
    var quotes = assembler.quotes(
      in: text.span, resolver: resolver, guideline: options.conventions, reasons: &reasons)
    quotes.removeAll { !options.kinds.contains($0.kind) || $0.confidence < options.minimumConfidence }
    quotes.sort { ($0.spans.first ?? Span(0, 0)) < ($1.spans.first ?? Span(0, 0)) }
    if let found = reasons {
      reasons = quotes.enumerated().compactMap { number, quote in
        guard found.indices.contains(quote.id) else { return nil }
        var reason = found[quote.id]
        reason.quote = number
        return reason
      }
    }
    for index in quotes.indices { quotes[index].id = index }
    document[Quotes.self] = quotes
    if let reasons { document[Reasons.self] += reasons.map { $0.reason(in: document) } }
    return .keep
  }

  /// The candidates before the rules: those of the model, where it knows the language.
  private func assembler(of analysis: AnalyzedText, in text: Swift.Span<UInt8>) -> QuoteAssembler {
    guard let model, analysis.language.hasTrainedModel else { return QuoteAssembler(analysis: analysis) }
    let input = ModelInput(analysis, in: text)
    let attributions = AttributionModel(model).attributions(in: input, least: Self.leastConfidence)
    return QuoteAssembler(
      analysis: analysis, quotations: input.quotations, found: input.candidates(of: attributions))
  }
}
