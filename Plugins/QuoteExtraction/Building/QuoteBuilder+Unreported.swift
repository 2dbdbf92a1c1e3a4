import Hearsay
import HearsayText

/// What stands in marks and no cue reports: it goes on with a quote, is a block that lost its cue, or marked words.
extension QuoteBuilder {
  mutating func rest(in text: Swift.Span<UInt8>) {
    // Where each direct quote ends, for finding the one before a quotation that goes on.
    for index in drafts.indices where drafts[index].kind == .direct {
      directEnds.append((drafts[index].pieces.last?.upperBound ?? 0, index))
    }
    directEnds.sort { $0 < $1 }
    for index in quotations.indices where !isTaken[index] {
      let content = quotations[index].content
      guard let first = content.first, let last = content.last else { continue }
      if let speaker = attribution(behind: quotations.run(from: index).upperBound - 1) {
        take(index, cue: nil, speaker: speaker, confidence: 0.9)
        drafts[drafts.count - 1].finder = .attribution
        continue
      }
      let isWhole = analysis.tokens[last].mark.endsSentence || analysis.tokens[last].mark == .comma && content.count > 8
      let atStart = analysis.tokens[quotations[index].open].gap >= .line
      let followsQuote = index > 0 && isTaken[index - 1] && analysis.tokens[quotations[index].open].gap != .paragraph
      let between =
        followsQuote ? analysis.tokens[..<quotations[index].open].dropFirst(quotations[index - 1].endToken) : []
      let isInSameParagraph = followsQuote && !between.contains { $0.gap == .paragraph }
      // "She has a plan: “We will wait.”"
      let isIntroduced = isIntroduced(index, isWhole: isWhole)
      if !isWhole || content.count <= 3 && !followsQuote || isTitle(index, in: text), content.count <= 8,
        !quotations[index].continues, !isIntroduced
      {
        isTaken[index] = true
        drafts.append(Draft(pieces: [trimmed(content)], kind: .scare, confidence: 0.8))
        continue
      }
      let isParagraph =
        atStart
        && (quotations[index].close + 1 >= analysis.tokens.count
          || analysis.tokens[quotations[index].close + 1].gap == .paragraph
          || quotations[index].continues)
      let before = lastDirect(endingBefore: first)
      if let before, goesOn(index, behind: drafts[before], isWhole: isWhole) {
        drafts[before].pieces += takeRun(from: index)
        continue
      }
      take(index, cue: nil, speaker: nil, confidence: 0.6)
      if isParagraph {
        drafts[drafts.count - 1].isBlock = true
      } else if isInSameParagraph, beginsSentence(index), let before,
        quotations[index].open - (drafts[before].pieces.last?.upperBound ?? 0) < 24
      {
        drafts[drafts.count - 1].speaker = drafts[before].speaker
        drafts[drafts.count - 1].confidence = 0.85
        drafts[drafts.count - 1].finder = .marksBehindQuote
      } else if !atStart, !isIntroduced, !(isWhole && beginsSentence(index)) {
        drafts[drafts.count - 1].kind = content.count < 12 ? .scare : .direct
      }
    }
    sortDrafts()
  }

  /// Whether a sentence in marks stands behind a colon, its stop before or behind the closing mark.
  private func isIntroduced(_ index: Int, isWhole: Bool) -> Bool {
    let (open, next) = (quotations[index].open, quotations[index].endToken)
    guard open > 0, analysis.tokens[open - 1].mark == .colon else { return false }
    return isWhole || analysis.tokens.indices.contains(next) && analysis.tokens[next].mark.endsSentence
  }

  /// Whether the marks hold the title of a work within a clause: `on “Meet the Press.”`
  func isTitle(_ index: Int, in text: Swift.Span<UInt8>) -> Bool {
    let open = quotations[index].open
    guard open > 0, analysis.tokens[open - 1].kind != .mark, !analysis.roles[open - 1].isCue else { return false }
    return quotations[index].content.allSatisfy { i in
      let token = analysis.tokens[i]
      return token.kind != .word || token.isCapitalised || analysis.roles[i].isFunction
        || analysis.isWord(i, "the", in: text)
        || analysis.isWord(i, "a", in: text)
    }
  }

  private mutating func lastDirect(endingBefore token: Int) -> Int? {
    while nextDirect < directEnds.count, directEnds[nextDirect].end <= token { nextDirect += 1 }
    return nextDirect > 0 ? directEnds[nextDirect - 1].draft : nil
  }

  /// Whether a quotation without a cue of its own goes on with one that has: whole sentences of the same paragraph, not
  /// far behind; or a paragraph of its own right behind the other's end.
  private func goesOn(_ index: Int, behind draft: Draft, isWhole: Bool) -> Bool {
    guard isWhole, draft.cue != nil, let last = draft.pieces.last?.upperBound, !hasOwnClause(index) else {
      return false
    }
    let open = quotations[index].open
    let from = min(max(last, (draft.cue ?? 0) + 1), open)
    guard open - from < 40 else { return false }
    if analysis.tokens[open].gap == .paragraph {
      return analysis.tokens[from..<open].allSatisfy { $0.gap < .paragraph }
    }
    return analysis.tokens[open - 1].kind == .mark && analysis.tokens[open - 1].mark != .openBracket
      && analysis.tokens[from...open].allSatisfy { $0.gap < .paragraph }
  }

  /// Whether a clause right behind the quotation tells who said it: its last mark is a comma, or what follows goes on with
  /// its sentence.
  private func hasOwnClause(_ index: Int) -> Bool {
    let end = quotations.run(from: index).upperBound - 1
    guard let last = quotations[end].content.last else { return false }
    let next = quotations[end].endToken
    guard analysis.tokens.indices.contains(next), analysis.tokens[next].gap < .line else { return false }
    return analysis.tokens[last].mark == .comma || analysis.tokens[next].shape == .lower
  }

  /// Whether a sentence ends right before the quotation, or before a conjunction that it begins with: `But “we won.”`
  private func beginsSentence(_ index: Int) -> Bool {
    var before = quotations[index].open - 1
    if before > 0, analysis.classes[before] == .conjunction { before -= 1 }
    guard before > 0 else { return true }
    let mark = analysis.tokens[before].mark
    return (mark.isDoubleQuote ? analysis.tokens[before - 1].mark : mark).endsSentence
  }

  private func trimmed(_ content: Range<Int>) -> Range<Int> {
    var content = content
    if let last = content.last, analysis.tokens[last].mark == .comma { content = content.dropLast() }
    return content
  }

  /// Gives paragraphs in marks to the cues that lost their quotation, in order; the last cue takes those left over.
  mutating func adoptBlocks() {
    let blocks = drafts.indices.filter { drafts[$0].isBlock && drafts[$0].speaker == nil }
    for (number, index) in blocks.enumerated() {
      if let lost = lostCues.isEmpty ? nil : lostCues[min(number, lostCues.count - 1)] {
        drafts[index].cue = lost.cue
        drafts[index].speaker = lost.speaker
        drafts[index].confidence = 0.6
        drafts[index].finder = .blockOfLostCue
      } else if let near = drafts[..<index].last(where: { $0.kind != .scare }), let speaker = near.speaker,
        near.kind != .indirect || near.cue.map({ analysis.roles[$0] != .thought }) ?? true,
        isInParagraphBefore(drafts[index], near, speaker)
      {
        drafts[index].speaker = speaker
        drafts[index].confidence = 0.4
        drafts[index].finder = .blockBehindQuote
      }
    }
  }

  /// Whether the paragraph before a block ends the other draft, or names its speaker again.
  private func isInParagraphBefore(_ block: Draft, _ other: Draft, _ speaker: Range<Int>) -> Bool {
    let tokens = analysis.tokens
    guard var i = block.pieces.first?.lowerBound, let last = speaker.last else { return false }
    let end = max(other.pieces.last?.upperBound ?? 0, other.cue ?? 0, last)
    let name = tokens[last].hash
    var breaks = 0
    while i > end, breaks < 3 {
      if breaks == 1, tokens[i].hash == name, tokens[i].isCapitalised { return true }
      if tokens[i].gap == .paragraph { breaks += 1 }
      i -= 1
    }
    return breaks <= 1
  }

  /// Words in single marks inside a quotation are marked words of their own, and so are a few words in marks of what
  /// was told by no verb of speech, or before a noun of what is no clause: "They discussed a “final” offer" says not that
  /// the word is theirs.
  mutating func nested(in text: Swift.Span<UInt8>) {
    var scares: [Draft] = []
    for index in drafts.indices {
      switch drafts[index].kind {
      case .direct: for piece in drafts[index].pieces { addSingleMarks(in: piece, to: &scares) }
      case .mixed:
        let draft = drafts[index]
        guard let cue = draft.cue, analysis.roles[cue] != .evaluativeVerb else { continue }
        let isSaid = analysis.roles[cue] != .none
        for index in draft.quotations
        where quotations[index].content.count <= 3 && isMarkedWord(index, quotations.indices) {
          let end = quotations[index].endToken
          if isSaid, !isBeforeNoun(end, in: draft) || isInClause(end, of: draft) { continue }
          scares.append(Draft(pieces: [quotations[index].content], kind: .scare, confidence: 0.7))
        }
      case .indirect, .scare: break
      }
    }
    guard !scares.isEmpty else { return }
    drafts += scares
    sortDrafts()
  }

  /// Whether there is a verb in what the draft holds up to the comma behind the token.
  private func isInClause(_ token: Int, of draft: Draft) -> Bool {
    for piece in draft.pieces {
      for i in piece {
        if analysis.classes[i].isVerbal { return true }
        if i > token, analysis.tokens[i].mark == .comma { return false }
      }
    }
    return false
  }

  /// Whether a noun of the draft stands at the token.
  private func isBeforeNoun(_ token: Int, in draft: Draft) -> Bool {
    draft.pieces.contains { $0.contains(token) } && analysis.tokens[token].shape == .lower
      && (analysis.classes[token] == .noun || analysis.classes[token] == .endingS)
  }

  /// Adds what stands within single marks in a quotation.
  private func addSingleMarks(in piece: Range<Int>, to scares: inout [Draft]) {
    var open: Int?
    let tokens = analysis.tokens.span
    for i in piece {
      guard tokens[i].mark.isSingleQuote else { continue }
      let opens = analysis.tokens[i].gap != .none || analysis.tokens[i].mark == .curlySingleLeft
      if opens {
        open = i
      } else if let start = open, i - start <= 12, i > start + 1 {
        scares.append(Draft(pieces: [trimmed(start + 1..<i)], kind: .scare, confidence: 0.7))
        open = nil
      }
    }
  }
}
