import HearsayText

/// A rule that finds quotes or their speakers. One file holds all of it: what it is called, what it does in one line,
/// texts with what it makes of them, and the code. `QuoteRules.standard` lists the rules in the order in which they apply.
protocol QuoteRule: SendableMetatype {
  static var id: RuleID { get }
  /// What it finds, without a verb and a full stop; `hearsay explain --why` prints it.
  static var summary: String { get }
  /// Texts with what the rules alone find in them. Each is a test, and so is that the first one fails without the rule.
  static var examples: [RuleExample] { get }
}

/// A rule about a cue, its sentence and the quotations there.
protocol AttributionRule: QuoteRule {
  /// Whether no further rule is tried for a cue where this one matches, but something else occupies what it needs.
  static var isFinal: Bool { get }
  /// - Parameter cue: The token of a cue outside quotations.
  static func match(_ cue: Int, in context: borrowing RuleContext) -> AttributionMatch?
}

extension AttributionRule {
  static var isFinal: Bool { true }
}

/// A rule about a quotation that no attribution rule took.
protocol UncuedRule: QuoteRule {
  static func match(_ quotation: UncuedQuotation, in context: borrowing RuleContext) -> UncuedMatch?
}

/// A rule about who speaks in a paragraph in quotation marks that has no cue beside it.
protocol BlockRule: QuoteRule {
  static func match(_ block: BlockQuotation, in assembler: borrowing QuoteAssembler) -> BlockMatch?
}

/// A rule about who speaks in a quotation that has no cue.
protocol SpeakerRule: QuoteRule {
  /// - Parameter content: What the marks hold of the quotation's first paragraph.
  static func speaker(
    of quotation: QuotationSpan, content: Range<Int>, in context: borrowing RuleContext
  ) -> Range<Int>?
}

/// A rule about a whole text and what was found in it so far.
protocol TextRule: QuoteRule {
  static func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>)
}

/// A text and what the rules alone find in it.
struct RuleExample: Sendable {
  let text: String
  /// Each quote as `kind|text|speaker`, the speaker `-` where there is none.
  let quotes: [String]
  /// `meta.language` of the text.
  let language: String
  /// Whether the model finds what the rule is about.
  let usesModel: Bool
  let line: Int
  let fileID: String
  let filePath: String

  init(
    _ text: String, _ quotes: String..., language: String = "en", usesModel: Bool = false, fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line
  ) {
    self.text = text
    self.quotes = quotes
    self.language = language
    self.usesModel = usesModel
    self.fileID = fileID
    self.filePath = filePath
    self.line = line
  }
}

/// The name of a rule.
enum RuleID: String, CaseIterable, Sendable {
  case transcriptTurn = "transcript-turn"
  case cueInQuotation = "cue-in-quotation"
  case sourceAfterQuotation = "source-after-quotation"
  case accordingTo = "according-to"
  case anaphoricQuotation = "anaphoric-quotation"
  case anaphoricSentence = "anaphoric-sentence"
  case quotationBeforeCue = "quotation-before-cue"
  case quotationOfNullSubject = "quotation-of-null-subject"
  case quotationAfterCue = "quotation-after-cue"
  case clauseAroundCue = "clause-around-cue"
  case clauseBeforeInvertedCue = "clause-before-inverted-cue"
  case clauseOfNullSubject = "clause-of-null-subject"
  case clauseAfterCue = "clause-after-cue"
  case clauseBeforeCue = "clause-before-cue"
  case cueBeforeColon = "cue-before-colon"
  case evaluativeVerb = "evaluative-verb"
  case nullSubject = "null-subject"
  case attributionLine = "attribution-line"
  case markedWords = "marked-words"
  case continuedQuotation = "continued-quotation"
  case paragraphInMarks = "paragraph-in-marks"
  case quotationAfterQuote = "quotation-after-quote"
  case wordsInClause = "words-in-clause"
  case quotationWithoutCue = "quotation-without-cue"
  case blockOfDanglingCue = "block-of-dangling-cue"
  case blockAfterQuote = "block-after-quote"
  case nameBeforeColon = "name-before-colon"
  case subjectOfClause = "subject-of-clause"
  case nestedSingleMarks = "nested-single-marks"
  case nestedMarkedWords = "nested-marked-words"
}
