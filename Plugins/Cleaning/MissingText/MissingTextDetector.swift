internal import Hearsay
import HearsayText

/// Finds the places where words of a text are evidently missing.
struct MissingTextDetector: Sendable {
  let lists: CleaningLists
  /// A text that is mostly replacement characters needs no warning for each.
  private static let mostEncodingWarnings = 20
  /// The least length, in bytes, of a last line that must end in a stop: a shorter one may be a heading or a name.
  private static let leastLastLine = 40

  /// - Parameter joins: What was taken apart; each offset is that of the space that was put in.
  func warnings(in text: Swift.Span<UInt8>, after joins: [MissingSpace]) -> [Warning] {
    var warnings: [Warning] = []
    for join in joins { warnings += warning(text, at: join) }
    var lastLine: TextLine?
    var endedInStop = false
    var colon = text.next(0x3A, from: 0, to: text.count)
    TextLine.forEach(in: text) { line in
      if endedInStop, beginsInMidSentence(text, line.range) {
        warnings.append(.beginsInMidSentence(firstWord(text, line.range.lowerBound)))
      }
      if let before = lastLine, let cue = openCue(text, before.range), !isQuoted(text, line.range) {
        warnings.append(.nothingBehindCue(text, cue))
      }
      while colon < line.range.upperBound {
        readColon(text, line.range, colon, &warnings)
        colon = text.next(0x3A, from: colon + 1, to: text.count)
      }
      endedInStop = [0x2E, 0x3F, 0x21].contains(text[line.range.upperBound - 1])
      lastLine = line
    }
    if let lastLine { readEnd(text, lastLine, &warnings) }
    readReplacementCharacters(text, &warnings)
    return unique(warnings)
  }

  private func warning(_ text: Swift.Span<UInt8>, at join: MissingSpace) -> [Warning] {
    switch join.kind {
    case .sentences:
      let last = lastWords(text, before: stopBefore(text, join.offset), 1)
      return lists.neverFinal.contains(text, last.range) && text.byte(last.start).isLower
        ? [.missing(text, after: last)] : []
    case .headless: return [.missing(text, before: firstWord(text, join.offset + 1))]
    case .function: return [.missing(text, after: lastWords(text, before: join.offset, 2))]
    case .cue: return [.nothingBehindCue(text, lastWords(text, before: join.offset, 2))]
    }
  }

  private func stopBefore(_ text: Swift.Span<UInt8>, _ offset: Int) -> Int {
    text.byte(offset - 1) == 0x2E ? offset - 1 : offset
  }

  /// The `count` words before `offset`, without going over a stop or a line's end.
  private func lastWords(_ text: Swift.Span<UInt8>, before offset: Int, _ count: Int) -> Span {
    var start = offset
    var left = count
    while start > 0, offset - start < 80 {
      let byte = text[start - 1]
      if byte == 0x20 {
        left -= 1
        if left == 0 { break }
        let edge = text.byte(start - 2)
        if [0x2E, 0x21, 0x3F, 0x2C, 0x22].contains(edge) { break }
      }
      if byte == 0x0A { break }
      start -= 1
    }
    while start < offset, text[start].isUTF8Continuation { start += 1 }
    return Span(start, offset)
  }

  private func firstWord(_ text: Swift.Span<UInt8>, _ start: Int) -> Span {
    var end = start
    while end < text.count, end - start < 60, text[end].isASCIILetter || text[end].isNonASCII { end += 1 }
    while end < text.count, text[end].isUTF8Continuation { end += 1 }
    return Span(start, end)
  }

  // MARK: Cues

  /// The cue that ends the line in a colon: `Smith said:`
  private func openCue(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Span? {
    let colon = line.upperBound - 1
    guard text[colon] == 0x3A else { return nil }
    let word = lastWords(text, before: colon, 1)
    guard lists.cueVerbs.contains(text, word.range) else { return nil }
    let cue = lastWords(text, before: colon, 2)
    return Span(cue.start, colon + 1)
  }

  /// Whether a line after a cue can be what was said: it begins with a mark of a quotation or of a list, or somebody
  /// speaks of himself in it.
  private func isQuoted(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    if !text[line.lowerBound].isASCIILetter { return true }
    var start = line.lowerBound
    var i = start
    while i <= line.upperBound {
      if i == line.upperBound || !text[i].isASCIILetter {
        if isFirstPerson(text, start..<i) { return true }
        start = i + 1
      }
      i += 1
    }
    return false
  }

  private func isFirstPerson(_ text: Swift.Span<UInt8>, _ word: Range<Int>) -> Bool {
    switch word.count {
    case 1: text[word.lowerBound] == 0x49
    case 2:
      text.has("we", at: word.lowerBound) || text.has("We", at: word.lowerBound) || text.has("my", at: word.lowerBound)
        || text.has("My", at: word.lowerBound)
    case 3:
      text.has("our", at: word.lowerBound) || text.has("Our", at: word.lowerBound)
        || text.has("you", at: word.lowerBound)
    default: false
    }
  }

  /// `Lee said: Lee was asked`: a cue whose quotation is gone and whose speaker begins the next sentence.
  private func readColon(
    _ text: Swift.Span<UInt8>, _ line: Range<Int>, _ colon: Int, _ warnings: inout [Warning]
  ) {
    guard text.byte(colon + 1) == 0x20, text.byte(colon + 2).isUpper else { return }
    let verb = lastWords(text, before: colon, 1)
    guard lists.cueVerbs.contains(text, verb.range), verb.start > line.lowerBound + 1 else { return }
    let name = lastWords(text, before: verb.start - 1, 1)
    let begin = firstWord(text, colon + 2)
    guard name.count == begin.count, name.count > 1, text[name.start].isUpper else { return }
    if (0..<name.count).allSatisfy({ text[name.start + $0] == text[begin.start + $0] }) {
      warnings.append(.nothingBehindCue(text, Span(name.start, colon + 1)))
    }
  }

  // MARK: Paragraphs

  private func beginsInMidSentence(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard text[line.lowerBound].isLower, line.count > 20 else { return false }
    let word = firstWord(text, line.lowerBound)
    // `iPhone`, `de Gaulle`, `a)` and addresses may begin a paragraph.
    guard text.byte(word.end) == 0x20 || text.byte(word.end) == 0x2C, word.count > 1 else { return false }
    for i in word.range where !text[i].isLower { return false }
    return text.byte(word.end) != 0x20 || !lists.nameParticles.contains(text, word.range)
  }

  /// A text that does not end with its last sentence.
  private func readEnd(_ text: Swift.Span<UInt8>, _ line: TextLine, _ warnings: inout [Warning]) {
    let end = line.range.upperBound
    let last = lastWords(text, before: end, 2)
    if openCue(text, line.range) != nil { return warnings.append(.truncated(text, last)) }
    let isMarked =
      text.has("…", at: end - 3) || text.has("[…]", at: end - 5) || text.has("...", at: end - 3)
      || text.has("[...]", at: end - 5) || text.has(" chars]", at: end - 7)
    if isMarked {
      if line.range.count >= Self.leastLastLine { warnings.append(.truncated(text, last)) }
      return
    }
    let byte = text[end - 1]
    guard byte.isASCIILetter || byte.isDigit || byte == 0x2C || byte == 0x2D || byte == 0x28 || isSmallLatin(text, end)
    else { return }
    let word = lastWords(text, before: byte == 0x2C ? end - 1 : end, 1)
    let words = wordsBehindLastStop(text, line.range)
    // A title alone may end in a preposition or in `official says`, but not in these.
    let isAlone = words == Int.max && line.range.lowerBound == 0
    let isFunction = lists.functionWords.contains(text, word.range) || lists.openEnds.contains(text, word.range)
    let isOpenWord =
      text.byte(word.start).isLower
      && (lists.neverFinal.contains(text, word.range)
        || (isFunction && (!isAlone || text.has("that", at: word.start))))
    if isOpenWord, words > 2 { return warnings.append(.truncated(text, last)) }
    // A line of several words with a sentence before it in the same paragraph, or under whole paragraphs.
    guard line.range.count >= Self.leastLastLine, words > 3, !isSignOff(text, line.range) else { return }
    let hasSentence = words < Int.max
    if hasSentence || followsParagraph(text, line) { warnings.append(.truncated(text, last)) }
  }

  private func isSmallLatin(_ text: Swift.Span<UInt8>, _ end: Int) -> Bool {
    let scalar = text.scalar(before: end)
    return (0xC0..<0x530).contains(scalar.value) && scalar.isLower
  }

  /// `Int.max` where the line has no stop inside.
  private func wordsBehindLastStop(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Int {
    var words = 1
    var i = line.upperBound - 1
    while i > line.lowerBound {
      if text[i] == 0x20 {
        let before = text[i - 1]
        let beforeMark = text.byte(i - 2)
        let isQuote = before == 0x22 || before == 0x9D
        if [0x2E, 0x21, 0x3F].contains(isQuote && before == 0x22 ? beforeMark : before),
          text.byte(i + 1).isUpper || text.byte(i + 1) == 0x22 || text.byte(i + 1).isNonASCII,
          beforeMark.isLower || isQuote
        {
          return words
        }
        words += 1
      }
      i -= 1
    }
    return Int.max
  }

  /// `Reporting by Ann Lee in London; editing by Bo Ray`
  private func isSignOff(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    lists.signOffs.contains { text.begins(with: $0, at: line.lowerBound) }
      || Self.signOffMarks.contains { text.has($0, at: line.lowerBound) }
  }

  private static let signOffMarks: [StaticString] = ["http", "-", "—", "–", "*", "•"]

  /// Whether the paragraph before is a long one that ends in a stop, and the line is long for a heading.
  private func followsParagraph(_ text: Swift.Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.range.count >= 80 else { return false }
    var end = line.range.lowerBound
    while end > 0, text[end - 1].isBlank { end -= 1 }
    guard end > 0 else { return false }
    return [0x2E, 0x21, 0x3F, 0x22, 0x9D].contains(text[end - 1])
  }

  // MARK: Characters

  private func readReplacementCharacters(_ text: Swift.Span<UInt8>, _ warnings: inout [Warning]) {
    var found = 0
    var i = 0
    while found < Self.mostEncodingWarnings {
      i = text.next(0xEF, from: i, to: text.count)
      guard i < text.count else { return }
      guard text.has("\u{FFFD}", at: i) else {
        i += 1
        continue
      }
      let start = i
      while text.has("\u{FFFD}", at: i) { i += 3 }
      found += 1
      warnings.append(.lostCharacter(Span(start, i)))
    }
  }

  /// In the text's order, each place and kind once.
  private func unique(_ warnings: [Warning]) -> [Warning] {
    guard warnings.count > 1 else { return warnings }
    var seen: Set<Warning> = []
    return warnings.filter { seen.insert($0).inserted }
      .sorted { ($0.spans.boundingSpan ?? Span(0, 0)) < ($1.spans.boundingSpan ?? Span(0, 0)) }
  }
}

extension Warning {
  fileprivate static func missing(_ text: Swift.Span<UInt8>, after words: Span) -> Warning {
    Warning(
      kind: "missing_text", message: "words seem to be missing behind '\(text.string(words.range))'",
      spans: SpanList(words))
  }
  fileprivate static func missing(_ text: Swift.Span<UInt8>, before word: Span) -> Warning {
    Warning(
      kind: "missing_text", message: "words seem to be missing before '\(text.string(word.range))'",
      spans: SpanList(word))
  }
  fileprivate static func nothingBehindCue(_ text: Swift.Span<UInt8>, _ cue: Span) -> Warning {
    Warning(
      kind: "missing_text", message: "what was said is missing behind the cue '\(text.string(cue.range))'",
      spans: SpanList(cue))
  }
  fileprivate static func beginsInMidSentence(_ word: Span) -> Warning {
    Warning(
      kind: "truncated", message: "the paragraph begins in the middle of a sentence", spans: SpanList(word))
  }
  fileprivate static func truncated(_ text: Swift.Span<UInt8>, _ words: Span) -> Warning {
    Warning(
      kind: "truncated", message: "the text is cut off at its end, behind '\(text.string(words.range))'",
      spans: SpanList(words))
  }
  fileprivate static func lostCharacter(_ span: Span) -> Warning {
    Warning(
      kind: "encoding", message: "a character was lost before the text came here", spans: SpanList(span))
  }
}
