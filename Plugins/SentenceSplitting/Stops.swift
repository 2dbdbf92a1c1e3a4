import HearsayText

/// The marks that end a sentence, as they stand together: `.`, `?!`, `...`, `. . .`
struct MarkRun {
  let start: Int
  /// After the last mark, before what closes.
  var end: Int
  /// Full stops; an ellipsis mark counts three.
  var stops = 0
  /// Whether `!` or `?` is among them.
  var isStrong = false
  var questions = 0
  var exclamations = 0
  /// Stops that stand after a space each.
  var spacedStops = 0
  /// Whether closing marks follow.
  var closes = false
  /// Whether a quotation mark is among what closes.
  var closesQuote = false

  var isEllipsis: Bool { !isStrong && stops > 1 }
}

extension SentencePass {
  /// A full stop, `!`, `?` or `…`, with those after it: returns where to go on.
  mutating func terminator(at i: Int) -> Int {
    let rules = scanner.rules
    if rules.stopPauses, text[i] == UInt8(ascii: ".") || text[i] == 0xE2 { return i + text.scalarLength(at: i) }
    if text[i] == UInt8(ascii: "."), itemLabel(endingAt: i) { return i + 1 }
    if text[i] == UInt8(ascii: "."), text.byte(i + 1) == 0x20, text.byte(i + 2).isUpper, !rules.isUnknown {
      return plainStop(at: i)
    }
    var run = markRun(at: i)
    let isDetached = i > start && text[i - 1] == 0x20
    var next = run.end
    while let length = text.closerLength(at: next) {
      run.closes = true
      if text[next] != UInt8(ascii: ")"), text[next] != UInt8(ascii: "]") { run.closesQuote = true }
      close(at: next)
      next += length
      // "nicht!)." and "!'."
      while let length = text.markLength(at: next) { next += length }
    }
    next = tailEnd(from: next)
    guard next < text.count else { return next }
    guard text.spaceLength(at: next) != nil else {
      if next == run.end, isGlued(run) { end(at: next) }
      return max(next, i + 1)
    }
    if run.spacedStops == 3, run.stops == 4, !isDetached, next == run.end {
      // "compounds. . . . The practice": the first stop ends the sentence, three stand for words left out.
      if following(from: next).kind == .upper { end(at: i + 1) }
      return next
    }
    if isBoundary(run, end: next), scanner.splitsInsideQuotes || !context.isQuoted { end(at: next) }
    return next
  }

  /// A single full stop, a space and a capital: most ends of all. What `terminator` finds in general, without its detours.
  private mutating func plainStop(at i: Int) -> Int {
    let run = MarkRun(start: i, end: i + 1, stops: 1)
    if isInsideBracket(at: i + 1) || !endsAtStop(run, Following(kind: .upper, start: i + 2)) { return i + 1 }
    if scanner.splitsInsideQuotes || !context.isQuoted { end(at: i + 1) }
    return i + 1
  }

  private func markRun(at i: Int) -> MarkRun {
    var run = MarkRun(start: i, end: i)
    while let length = text.markLength(at: run.end) {
      switch text[run.end] {
      case UInt8(ascii: "."): run.stops += 1
      case 0xE2 where text.byte(run.end + 2) == 0xA6: run.stops += 3
      case UInt8(ascii: "!"): (run.isStrong, run.exclamations) = (true, run.exclamations + 1)
      default: (run.isStrong, run.questions) = (true, run.questions + 1)
      }
      run.end += length
    }
    // ". . ." and "! !"
    while text.byte(run.end) == 0x20, text.byte(run.end + 1) == (run.isStrong ? text[i] : UInt8(ascii: ".")),
      text.byte(run.end + 2) <= 0x20 || text.closerLength(at: run.end + 2) != nil
    {
      if !run.isStrong { (run.stops, run.spacedStops) = (run.stops + 1, run.spacedStops + 1) }
      run.end += 2
    }
    return run
  }

  /// Where the sentence ends that its marks end at `offset`: after closing marks that stand free, emoticons and footnotes.
  private mutating func tailEnd(from offset: Int) -> Int {
    var end = offset
    if text.byte(end) == UInt8(ascii: "["), let note = footnoteEnd(at: end) { end = note }
    while text.byte(end) == 0x20 {
      let next = end + 1
      switch text.byte(next) {
      case UInt8(ascii: ")") where context.brackets > 0,
        UInt8(ascii: "\"") where context.inStraightDouble && text.byte(next + 1) <= 0x20,
        UInt8(ascii: "'") where context.inStraightSingle && text.byte(next + 1) <= 0x20:
        close(at: next)
        end = next + 1
      case UInt8(ascii: "["):
        guard let note = footnoteEnd(at: next) else { return end }
        end = note
      case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "<"):
        guard let smile = emoticonEnd(at: next) else { return end }
        end = smile
      case 0xC2 where text.byte(next + 1) == 0xBB,
        0xE2 where text.byte(next + 1) == 0x80 && text.byte(next + 2) == 0x9D:
        // "demandé ? »": what stands free on both sides closes.
        let length = text.scalarLength(at: next)
        guard text.byte(next + length) <= 0x20, context.quotes > 0 else { return end }
        close(at: next)
        end = next + length
      case 0x31...0x39:
        guard let note = bareFootnoteEnd(at: next) else { return end }
        end = note
      default: return end
      }
    }
    return end
  }

  /// "[3]", "[12]", "[a]"
  private func footnoteEnd(at i: Int) -> Int? {
    var end = i + 1
    while end - i < 5, text.byte(end).isDigit || text.byte(end).isLower && end == i + 1 { end += 1 }
    return end > i + 1 && text.byte(end) == UInt8(ascii: "]") ? end + 1 : nil
  }

  /// The `4` of "rights. 4 Even though": a number before a capitalised word that is no name.
  private func bareFootnoteEnd(at i: Int) -> Int? {
    var end = i
    while end - i < 3, text.byte(end).isDigit { end += 1 }
    guard text.byte(end) == 0x20, text.byte(end + 1).isUpper else { return nil }
    let word = text.word(startingAt: end + 1)
    return scanner.rules.traits(of: word).contains(.start) && text.byte(word.end) == 0x20 ? end : nil
  }

  // MARK: White space follows

  private func isBoundary(_ run: MarkRun, end: Int) -> Bool {
    let next = following(from: end)
    if next.isParagraph { return true }
    // UAX #29: a full stop before a word in lower case ends nothing, nor any mark before another one.
    if scanner.rules.isUnknown { return next.kind != .mark && (run.isStrong || next.kind != .lower) }
    if isInsideBracket(at: run.end), !run.closes { return false }
    if next.kind == .lower { return isBoundaryBeforeLowerCase(run, end: end, next) }
    if next.kind == .mark { return false }
    if run.isStrong { return !(run.closesQuote && attributes(next)) }
    if run.isEllipsis { return endsAtEllipsis(run, next) }
    return endsAtStop(run, next)
  }

  /// Whether what follows credits a quotation: “Why?” Lee asked.
  private func attributes(_ next: Following) -> Bool {
    guard next.kind == .upper, !next.hasQuote else { return false }
    var i = next.start
    for _ in 0..<5 {
      let word = text.word(startingAt: i)
      guard !word.isEmpty else { return false }
      let traits = scanner.rules.traits(of: word)
      if traits.contains(.cue) { return true }
      if i == next.start, traits.contains(.start) { return false }
      i = text.byte(word.end) == UInt8(ascii: ".") ? word.end + 1 : word.end
      guard text.byte(i) == 0x20 else { return false }
      i += 1
    }
    return false
  }

  private func endsAtEllipsis(_ run: MarkRun, _ next: Following) -> Bool {
    // "I" has its capital anywhere.
    let word = text.word(startingAt: next.start)
    if word.hash == Self.i, run.stops == 3 || run.stops == 2 { return false }
    if run.spacedStops > 0 { return run.stops > 3 && next.kind != .digit || starts(next) }
    return next.kind == .upper || next.kind == .other
  }

  private func endsAtStop(_ run: MarkRun, _ next: Following) -> Bool {
    let rules = scanner.rules
    let word = text.word(endingAt: run.start, notBefore: start)
    if run.closes || word.isEmpty { return true }
    let traits = rules.traits(of: word)
    if traits.isDisjoint(with: .abbreviation) {
      if word.letters > 1, word.stops == 0 {
        return !(rules.hasOrdinals && word.isRomanNumeral) || starts(next)
      }
    } else if traits.contains(.title) {
      return false
    } else if traits.contains(.number), next.kind == .digit {
      return false
    } else if traits.contains(.capital), !word.beginsUpper {
      return true
    } else {
      // "At 5 a.m. Mr. Lee left."
      if word.start - start < 10, traitsOfWord(at: next).contains(.title) { return false }
      // "No. Keys?": a word that is the whole sentence is no abbreviation.
      return begins(next) || word.start == start && next.kind == .upper && !word.isAcronym
    }
    if next.isSpanishOpening { return true }
    if word.isInitial {
      guard starts(next), !isInitial(next) else { return false }
      // "you and I. Did", "plan B. The", but "John F. The" is rare.
      return word.hash == Self.i || isLowerWord(before: word.start)
    }
    if word.isAcronym { return begins(next) }
    if rules.hasOrdinals, word.isNumber, word.digits <= 3 { return starts(next) }
    return true
  }

  private static let i: UInt64 = {
    let i = [UInt8(ascii: "i")]
    return BoundaryWord(i.span, 0..<1).hash
  }()

  /// Whether what follows is an initial: `И.` is no conjunction.
  private func isInitial(_ next: Following) -> Bool {
    let word = text.word(startingAt: next.start)
    return word.isInitial && text.byte(word.end) == UInt8(ascii: ".")
  }

  private func isLowerWord(before offset: Int) -> Bool {
    let end = text.skippingSpace(before: offset, notBefore: start)
    return end < offset && text.word(endingAt: end, notBefore: start).isLower
  }

  /// Whether what follows is a word that begins a sentence and is no name: `The`, `He`.
  private func starts(_ next: Following) -> Bool {
    next.kind == .upper && traitsOfWord(at: next).contains(.start)
  }

  /// Whether a sentence begins after an abbreviation that may end one.
  private func begins(_ next: Following) -> Bool {
    guard next.kind == .upper else { return false }
    if traitsOfWord(at: next).contains(.start) { return true }
    guard let model = scanner.model, text.byte(next.start) < 0x80 else { return false }
    let place = BeginningPlace(text, at: next.start, before: nil, start: start)
    return model.logit(place) > SentenceScanner.leastBehindStop
  }

  private func traitsOfWord(at next: Following) -> WordTraits {
    scanner.rules.traits(of: text.word(startingAt: next.start))
  }

  private func isBoundaryBeforeLowerCase(_ run: MarkRun, end: Int, _ next: Following) -> Bool {
    guard scanner.rules.isInformal, !run.closes else { return false }
    let word = text.word(endingAt: run.start, notBefore: start)
    if run.isStrong {
      // "Yahoo! in the news": a name's own mark.
      return run.questions > 0 || run.exclamations > 1 || !word.beginsUpper || word.start == start
    }
    if run.isEllipsis { return false }
    if word.isEmpty { return true }
    let traits = scanner.rules.traits(of: word)
    guard traits.isDisjoint(with: .abbreviation), !word.isInitial, !word.isAcronym, word.stops == 0 || word.isAddress
    else { return false }
    if word.uppers == 0, word.letters > 0 { return word.hasVowel && word.letters > 1 || word.scalars > 2 }
    return traitsOfWord(at: next).contains(.start)
  }

  // MARK: No white space follows

  /// Whether a sentence ends without white space: `end.Next`, `help!!they`.
  private func isGlued(_ run: MarkRun) -> Bool {
    let rules = scanner.rules
    let next = text.word(startingAt: run.end)
    guard !next.isEmpty else { return false }
    let after = text.byte(next.end)
    let traits = rules.traits(of: next)
    guard
      after == 0x20 || after == UInt8(ascii: ",") || after == UInt8(ascii: "'") || after == 0xE2
        || after == UInt8(ascii: ".") && traits.contains(.title)
    else { return false }
    let word = text.word(endingAt: run.start, notBefore: start)
    guard !traits.contains(.part), word.stops == 0, !word.isAddress else { return false }
    let isCapitalised =
      next.beginsUpper
      && (next.uppers == 1 && next.letters > 1 || next.isRomanNumeral && next.letters > 1 || traits.contains(.start))
    let isPlain = word.isLower && word.letters >= 3
    if run.isStrong || run.stops > 1 {
      return isPlain && isCapitalised || run.isStrong && isPlain && rules.isInformal && traits.contains(.start)
    }
    // "Tuesday.Hr. Smith"
    if traits.contains(.title), after == UInt8(ascii: ".") { return word.letters > 3 && word.letters == word.scalars }
    if isCapitalised { return isPlain || word.isNumber && traits.contains(.start) }
    return rules.isInformal && isPlain && traits.contains(.start) && text.byte(next.end + 1).isLower
  }
}
