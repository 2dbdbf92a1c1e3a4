import Hearsay
import HearsayText

/// The rules, in the order in which they apply.
struct QuoteRules: Sendable {
  /// Rules of one shape.
  enum Step: Sendable {
    /// Once for a text.
    case text(any TextRule.Type)
    /// Sentence by sentence: for each kind of cue in turn, and each such cue, the first rule that matches.
    case cues([CueRules])
    /// For each quotation left, the first rule that matches.
    case uncued([any UncuedRule.Type])
    /// For each paragraph in quotation marks without a speaker, the first rule that matches.
    case blocks([any BlockRule.Type])
    /// For each other direct quote without a cue and a speaker, the first rule that finds one.
    case speakers([any SpeakerRule.Type])
  }

  /// The rules for one kind of cue.
  struct CueRules: Sendable {
    enum Kind: Sendable {
      /// Names a source: `according`.
      case source
      /// Reports speech or a thought: `said`.
      case report
      /// Judges, and reports what follows: `criticized`.
      case evaluation
    }

    let kind: Kind
    var rules: [any AttributionRule.Type]

    init(_ kind: Kind, _ rules: [any AttributionRule.Type]) {
      self.kind = kind
      self.rules = rules
    }
  }

  private(set) var steps: [Step]

  /// All rules. This list alone states their order.
  static let standard = QuoteRules(steps: [
    .text(TranscriptTurn.self),
    .text(CueInQuotation.self),
    .cues([
      CueRules(.source, [SourceAfterQuotation.self, AccordingTo.self]),
      CueRules(
        .report,
        [
          AnaphoricQuotation.self, AnaphoricSentence.self, QuotationBeforeCue.self, QuotationOfNullSubject.self,
          QuotationAfterCue.self, ClauseAroundCue.self, ClauseBeforeInvertedCue.self, ClauseOfNullSubject.self,
          ClauseAfterCue.self, ClauseBeforeCue.self, CueBeforeColon.self,
        ]),
      CueRules(.evaluation, [EvaluativeVerb.self]),
    ]),
    .text(NullSubject.self),
    .uncued([
      AttributionLine.self, MarkedWords.self, ContinuedQuotation.self, ParagraphInMarks.self, QuotationAfterQuote.self,
      WordsInClause.self, QuotationWithoutCue.self,
    ]),
    .blocks([BlockOfDanglingCue.self, BlockAfterQuote.self]),
    .speakers([NameBeforeColon.self, SubjectOfClause.self]),
    .text(NestedSingleMarks.self),
    .text(NestedMarkedWords.self),
  ])

  var all: [any QuoteRule.Type] {
    steps.flatMap { step -> [any QuoteRule.Type] in
      switch step {
      case .text(let rule): [rule]
      case .cues(let groups): groups.flatMap(\.rules)
      case .uncued(let rules): rules
      case .blocks(let rules): rules
      case .speakers(let rules): rules
      }
    }
  }

  /// The rules without one of them.
  func without(_ id: RuleID) -> QuoteRules {
    QuoteRules(
      steps: steps.compactMap { step in
        switch step {
        case .text(let rule): rule.id == id ? nil : step
        case .cues(let groups):
          .cues(groups.map { group in CueRules(group.kind, group.rules.filter { $0.id != id }) })
        case .uncued(let rules): .uncued(rules.filter { $0.id != id })
        case .blocks(let rules): .blocks(rules.filter { $0.id != id })
        case .speakers(let rules): .speakers(rules.filter { $0.id != id })
        }
      })
  }
}

extension RuleID: CustomStringConvertible {
  /// What the rule finds, in a line.
  var description: String { QuoteRules.standard.all.first { $0.id == self }?.summary ?? rawValue }
}
