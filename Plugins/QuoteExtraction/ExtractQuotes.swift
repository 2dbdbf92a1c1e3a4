public import Hearsay
public import HearsayText

/// Finds who said what: quotation marks, cues and a trained model propose quotes, the words around them name the speaker.
///
/// A document goes through four steps: `QuotationPairing` finds what stands in quotation marks (single ones that quote are read as
/// double ones before, see `SingleQuoteNormalizer`), `AttributionModel` what the model takes for a report of speech, `QuoteBuilder` adds
/// what marks and cues settle by rule and makes one quote of what belongs together, `SpeakerResolver` resolves mentions to names.
public struct ExtractQuotes: Stage {
  public struct Options: StageOptions {
    public var kinds = Quote.Kind.allCases
    public var resolve = true
    public var resolveAbove = 0.4
    public var minimumConfidence = 0.0
    public var model = QuoteSource.trained
    public var language = AnalysisLanguage.auto
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
        "What settles where marks and cues cannot: `trained` is a small model of English, `none` the rules alone."),
      Field(
        "language", \.language,
        "Whose cues to look for; `auto` is what `meta.language` or the text's words tell, else English."),
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
      "a speaker behind the quote", "“We won,” Ann Lee said.",
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
      "in German, told by its words", "„Das ist ein guter Tag für die Stadt“, hat Anna Berg gesagt.",
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

  public init(_ options: Options) {
    self.init(options, model: options.model == .trained ? .shipped : nil)
  }

  /// The stage with a model of its own; `nil` is the rules alone.
  package init(_ options: Options, model: QuoteModel?) {
    self.options = options
    self.model = model
  }

  /// Reports of the model that are less certain are none.
  package static let leastConfidence: Float = 0.35

  @discardableResult
  public func process(_ document: inout Document) throws -> Disposition {
    guard document.has(Sentences.self) else {
      throw StageError("the document has no sentences; run 'split-sentences' before it")
    }
    let language = options.language.resolved(for: &document)
    let analysis = document.analysis(in: language)
    let text = document.utf8
    var builder: QuoteBuilder
    if let model, language.hasModel {
      let input = ModelInput(analysis, in: text.span)
      let attributions = AttributionModel(model).attributions(in: input, least: Self.leastConfidence)
      builder = QuoteBuilder(analysis: analysis, quotations: input.quotations)
      var isReported = [Bool](repeating: false, count: input.quotations.count)
      for attribution in attributions {
        for piece in attribution.pieces {
          for i in piece where input.tokens.all[i].isQuotation {
            isReported[Int(input.tokens.all[i].quotation)] = true
          }
        }
      }
      builder.add(attributions.compactMap { QuoteBuilder.Draft($0, in: input, isReported: isReported) })
    } else {
      builder = QuoteBuilder(analysis: analysis)
    }
    builder.run(in: text.span)
    var reasons: [QuoteReason]? = document.has(Reasons.self) ? [] : nil
    var quotes = builder.quotes(
      in: text.span, speakers: options.resolve && builder.hasDrafts ? document.pronounResolver(in: language) : nil,
      least: options.resolveAbove, conventions: options.conventions,
      reasons: &reasons)
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
}

/// What settles where marks and cues cannot who said what.
public enum QuoteSource: String, OptionEnum {
  case trained, none
}

/// What counts as the words of a quote.
public enum AnnotationGuideline: String, OptionEnum {
  case reader, corpus
}
