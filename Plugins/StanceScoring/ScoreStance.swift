public import Hearsay
public import HearsayText

/// Scores each quote and sentence toward each target that it mentions, by name or by pronoun.
///
/// A quote has one stance for each target: the logits of its sentences are averaged, and a sentence that refers to the
/// sentence before it, by `this process` or `these attempts`, gets the polarity of that one too. Outside quotes each
/// sentence is scored alone.
public struct ScoreStance: Stage {
  public struct Options: StageOptions {
    public var targets: [TargetRule] = []
    public var discover = true
    public var minimumMentions = 2
    public var articleVoice = true
    public var abstainBelow = 0.1
    public var articleAbstainBelow = 0.5
    public var neutral = false
    public var language = LanguageChoice<StanceLanguages>.auto
    public var model = StanceModelOption.fast
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("targets", \.targets, "The targets to score: names, or mentions with the name of their target."),
      Field(
        "discover", \.discover,
        "Where no targets are given, score the names and groups in the text, each under its full name."),
      Field("minimum_mentions", \.minimumMentions, in: 1...1000, "How often a discovered target must be mentioned."),
      Field("article_voice", \.articleVoice, "Whether sentences outside quotes are scored too."),
      Field("abstain_below", \.abstainBelow, in: 0...1, "A weaker score is neutral."),
      Field(
        "article_abstain_below", \.articleAbstainBelow, in: 0...1,
        "The same outside quotes, where articles report more than they judge; not for targets given with a document."
      ),
      Field(
        "neutral", \.neutral,
        "Whether neutral stances are written; those toward targets given with a document always are."),
      Field(
        "language", \.language,
        "`auto` gives texts in other languages than English a warning and no stances; `en` scores all texts."),
      Field(
        "model", \.model,
        "`fast` is the linear model that comes with Hearsay; a path names a file of other weights for it."),
    ]
  }

  public static let name = "score-stance"
  public static let summary = "Scores which way quotes and sentences lean toward their targets."
  public static let layers = LayerUse(
    optionalReads: [Sentences.self, Quotes.self, Targets.self], writes: [Stances.self, Warnings.self])
  public static let examples = [
    Example(
      "what somebody says against a target", "\"NATO has failed and lied to everybody,\" Ann Lee said.",
      expect: ["stances": [["target": "NATO", "holder": "Ann Lee", "quote": 0, "label": "against"]]],
      options: ["targets": ["NATO"]]),
    Example(
      "an alias counts for its target", "The European Union was praised as a great success.",
      expect: ["stances": [["target": "EU", "holder": nil, "label": "favor"]]],
      options: ["targets": ["European Union => EU"]]),
    Example(
      "a pronoun counts for the person that it refers to",
      "Mary Lee became mayor in May. \"She is a liar and a disgrace,\" John Park said.",
      expect: ["stances": [["target": "Mary Lee", "holder": "John Park", "label": "against"]]],
      options: ["targets": ["Mary Lee"]]),
    Example(
      "the subject of an attack is the holder", "Ann Lee attacked the corrupt EU, saying that the plan was a disgrace.",
      expect: ["stances": [["target": "EU", "holder": "Ann Lee", "label": "against"]]], options: ["targets": ["EU"]]),
  ]

  private let options: Options
  private let configured: ConfiguredTargets
  private let model: StanceModel

  public init(_ options: Options) throws {
    self.options = options
    configured = ConfiguredTargets(options.targets)
    model = try StanceModel(options.model)
  }

  @discardableResult
  public func process(_ document: inout Document) -> Disposition {
    if let language = options.language.foreign(&document) {
      document[Stances.self] = []
      document[Warnings.self].append(
        Warning(
          kind: "language",
          message:
            "no stance is scored: the text is not in English (\(language)); 'language: en' scores it all the same",
          spans: SpanList([Span(0, document.bytes.count)])))
      return .keep
    }
    let tokens = document.tokens()
    let text = document.utf8
    var scorer = StanceScorer(document: document, tokens: tokens, model: model, options: options)
    if document.has(Targets.self) {
      document[Stances.self] = scorer.stances(of: document[Targets.self])
    } else {
      document[Stances.self] = scorer.stances(toward: mentions(in: &document, tokens, text.span))
    }
    return .keep
  }

  private func mentions(in document: inout Document, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> TargetMentions {
    if options.targets.isEmpty, !options.discover { return TargetMentions() }
    let pronounResolver = document.pronounResolver(in: .english)
    var mentions =
      options.targets.isEmpty
      ? TargetMentions(discoveredIn: pronounResolver, tokens, text, minimumMentions: options.minimumMentions)
      : TargetMentions(of: configured, in: tokens, text)
    mentions.addReferences(pronounResolver, quotes: document[Quotes.self], tokens, text)
    return mentions
  }
}
