import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Each rule finds what its examples show")
struct RulesTests {
  /// An example of a rule.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: RuleID
    let example: RuleExample
    var testDescription: String { "\(rule.rawValue): \(example.text)" }
    var location: SourceLocation {
      SourceLocation(fileID: example.fileID, filePath: example.filePath, line: example.line, column: 1)
    }
  }

  static let cases = QuoteRules.standard.all.flatMap { rule in
    rule.examples.map { Case(rule: rule.id, example: $0) }
  }
  static let first = QuoteRules.standard.all.compactMap { rule in
    rule.examples.first.map { Case(rule: rule.id, example: $0) }
  }

  /// Each quote of an example as `kind|text|speaker`.
  func quotes(_ example: RuleExample, _ rules: QuoteRules) throws -> [String] {
    var document = Document(id: "t", text: example.text)
    document.metadata["language"] = .string(example.language)
    try SplitSentences(.init()).process(&document)
    let model = example.usesModel ? try QuoteModel.shipped.get() : nil
    try ExtractQuotes(.init(), model: model, rules: rules).process(&document)
    return lines(of: document)
  }

  @Test(arguments: cases)
  func theExampleHolds(_ item: Case) throws {
    #expect(try quotes(item.example, .standard) == item.example.quotes, sourceLocation: item.location)
  }

  @Test("Without the rule the first one does not", arguments: first)
  func theRuleIsNeeded(_ item: Case) throws {
    let found = try quotes(item.example, QuoteRules.standard.without(item.rule))
    #expect(found != item.example.quotes, sourceLocation: item.location)
  }

  @Test("Every name is that of one rule with examples and a line about it")
  func everyRuleIsListed() {
    let all = QuoteRules.standard.all
    #expect(Set(all.map { $0.id }) == Set(RuleID.allCases) && all.count == RuleID.allCases.count)
    for rule in all {
      #expect(!rule.examples.isEmpty, "\(rule.id.rawValue)")
      #expect(!rule.summary.isEmpty && !rule.summary.contains("\n") && !rule.summary.hasSuffix("."))
    }
    #expect(Set(all.map { $0.summary }).count == all.count)
  }

  @Test("A rule names what it found", arguments: first)
  func theReasonIsTheRule(_ item: Case) throws {
    var document = Document(id: "t", text: item.example.text)
    document.metadata["language"] = .string(item.example.language)
    try SplitSentences(.init()).process(&document)
    document[Reasons.self] = []
    try ExtractQuotes(.init(), model: item.example.usesModel ? try QuoteModel.shipped.get() : nil, rules: .standard)
      .process(&document)
    let reasons = document[Reasons.self].flatMap(\.lines)
    switch item.rule {
    // These add to what another rule found.
    case .nullSubject, .continuedQuotation, .cueBeforeColon, .paragraphInMarks: break
    default:
      #expect(reasons.contains { $0.hasSuffix("rule: \(item.rule)") }, "\(reasons)", sourceLocation: item.location)
    }
  }
}
