import Hearsay
import HearsayText

/// Applies the rules to a text.
extension QuoteRules {
  func apply(to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    for step in steps {
      switch step {
      case .text(let rule): rule.apply(to: &assembler, in: text)
      case .cues(let groups): apply(groups, to: &assembler, in: text)
      case .uncued(let rules): apply(rules, to: &assembler, in: text)
      case .blocks(let rules): apply(rules, to: &assembler)
      case .speakers(let rules): apply(rules, to: &assembler, in: text)
      }
    }
  }

  private func apply(_ groups: [CueRules], to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>) {
    var context = RuleContext(assembler, text: text)
    var nextCue = 0
    var previous: Range<Int>?
    for whole in assembler.analysis.sentences {
      let sentence = assembler.analysis.withoutDateline(whole)
      context.enter(sentence, after: assembler.analysis.tokens[whole.lowerBound].gap < .paragraph ? previous : nil)
      previous = sentence
      let cues = assembler.analysis.cues
      while nextCue < cues.count, cues[nextCue] < sentence.lowerBound { nextCue += 1 }
      let first = nextCue
      while nextCue < cues.count, cues[nextCue] < sentence.upperBound { nextCue += 1 }
      guard first < nextCue else { continue }
      for group in groups {
        for number in first..<nextCue where group.kind.includes(cues[number], in: context) {
          if group.kind == .report { context.enterClause(of: cues[number]) }
          Self.apply(group.rules, cues[number], in: context, to: &assembler)
        }
      }
    }
  }

  private static func apply(
    _ rules: [any AttributionRule.Type], _ cue: Int, in context: borrowing RuleContext,
    to assembler: inout QuoteAssembler
  ) {
    for rule in rules {
      guard let match = rule.match(cue, in: context) else { continue }
      if assembler.add(match, cue: cue, rule: rule.id) || rule.isFinal { return }
    }
  }

  private func apply(
    _ rules: [any UncuedRule.Type], to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>
  ) {
    // Where each direct quote ends, for finding the one before a quotation.
    var ends: [(end: Int, candidate: Int)] = []
    for index in assembler.candidates.indices where assembler.candidates[index].kind == .direct {
      ends.append((assembler.candidates[index].end ?? 0, index))
    }
    ends.sort { $0 < $1 }
    var next = 0
    let context = RuleContext(assembler, text: text)
    for index in assembler.quotations.indices where !assembler.occupancy.isConsumed(index) {
      let start = assembler.quotations[index].content.lowerBound
      while next < ends.count, ends[next].end <= start { next += 1 }
      let previous = next > 0 ? assembler.previousQuote(ends[next - 1].candidate) : nil
      guard let quotation = UncuedQuotation(index, previous: previous, assembler) else { continue }
      for rule in rules {
        guard let match = rule.match(quotation, in: context) else { continue }
        assembler.add(match, quotation: index, rule: rule.id)
        break
      }
    }
    assembler.sort()
  }

  private func apply(_ rules: [any BlockRule.Type], to assembler: inout QuoteAssembler) {
    let blocks = assembler.candidates.indices.filter {
      assembler.candidates[$0].isBlock && assembler.candidates[$0].speaker == nil
    }
    for (number, index) in blocks.enumerated() {
      for rule in rules {
        guard let match = rule.match(BlockQuotation(index: index, number: number), in: assembler) else { continue }
        assembler.candidates[index].cue = match.cue
        assembler.candidates[index].speaker = match.speaker
        assembler.candidates[index].confidence = match.confidence
        assembler.candidates[index].origin = .rule(rule.id)
        break
      }
    }
  }

  private func apply(
    _ rules: [any SpeakerRule.Type], to assembler: inout QuoteAssembler, in text: Swift.Span<UInt8>
  ) {
    var context = RuleContext(assembler, text: text)
    var sentence = 0
    for index in assembler.candidates.indices {
      let candidate = assembler.candidates[index]
      guard candidate.speaker == nil, candidate.cue == nil, candidate.kind == .direct, !candidate.isBlock,
        let content = candidate.pieces.first
      else { continue }
      let first = content.lowerBound
      let sentences = assembler.analysis.sentences
      while sentence + 1 < sentences.count, sentences[sentence].upperBound <= first { sentence += 1 }
      while sentence > 0, sentences[sentence].lowerBound > first { sentence -= 1 }
      let quotation = assembler.quotations.firstIndex(endingFrom: first)
      guard sentences.indices.contains(sentence), sentences[sentence].contains(first),
        quotation < assembler.quotations.count
      else { continue }
      context.enter(sentences[sentence])
      for rule in rules {
        guard let speaker = rule.speaker(of: assembler.quotations[quotation], content: content, in: context) else {
          continue
        }
        assembler.candidates[index].speaker = speaker
        assembler.candidates[index].origin = .rule(rule.id)
        break
      }
    }
  }
}

extension QuoteRules.CueRules.Kind {
  /// Whether a cue is of the kind, and whether the rules may look at it: outside quotations, and found by nothing before.
  fileprivate func includes(_ cue: Int, in context: borrowing RuleContext) -> Bool {
    let role = context.analysis.roles[cue]
    switch self {
    case .source: return role.namesSource && !context.isInsideQuotation(cue)
    case .report: return role.isCue && !context.isCovered(cue..<cue + 1) && !context.isInsideQuotation(cue)
    case .evaluation:
      return role == .evaluativeVerb && !context.isCovered(cue..<cue + 1) && !context.isInsideQuotation(cue)
    }
  }
}

extension QuoteAssembler {
  fileprivate func previousQuote(_ number: Int) -> UncuedQuotation.PreviousQuote {
    let candidate = candidates[number]
    return UncuedQuotation.PreviousQuote(
      number: number, cue: candidate.cue, speaker: candidate.speaker, end: candidate.end)
  }

  /// Adds what a rule makes of a quotation without a cue.
  fileprivate mutating func add(_ match: UncuedMatch, quotation index: Int, rule: RuleID) {
    switch match {
    case .quote(let kind, let speaker, let confidence, let isBlock):
      addQuotation(index, cue: nil, speaker: speaker, confidence: confidence, rule: rule)
      candidates[candidates.count - 1].kind = kind
      candidates[candidates.count - 1].isBlock = isBlock
    case .markedWords(let words, let confidence):
      occupancy.consume(index)
      candidates.append(
        QuoteCandidate(pieces: [words], kind: .scare, confidence: confidence, origin: .rule(rule)))
    case .continuation(let candidate):
      candidates[candidate].pieces += consumeRun(from: index)
    }
  }
}
