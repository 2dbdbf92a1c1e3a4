internal import Hearsay
import HearsayText

/// Decides at one place whether two sentences or words were glued there. It errs on the side of leaving the text alone:
/// domains, files, abbreviations, initials, versions and names in camel case stay whole.
struct MissingSpaceFinder {
  let lists: CleaningLists
  private var words = WordEvidence()
  private var marks = QuoteParity()
  /// How far around a place is looked: no token of prose is longer, and a text without spaces stays linear.
  private static let reach = 120
  private static let auxiliaries: [StaticString] = ["had", "has", "is", "was", "will"]

  init(lists: CleaningLists) { self.lists = lists }

  // MARK: Sentences

  /// `was sold.The`, `2019.Lee`, `fair."Then`, `(WHO).The`, `Spain.with`
  mutating func join(_ text: Swift.Span<UInt8>, behindStop stop: Int) -> MissingSpace? {
    // Right: closing marks belong to the sentence before, opening marks to the one after it.
    var gap = stop + 1
    while let count = closingMark(text, at: gap) { gap += count }
    if text.byte(gap).isBlank || gap >= text.count { return nil }
    let start = gap + (openingMark(text, at: gap) ?? 0)
    let right = LetterRun(text, from: start)
    guard let right, let left = LeftSide(text, before: stop), isProse(text, around: stop, gap) else { return nil }
    if text.byte(right.end) == 0x2E, text.byte(right.end + 1).isASCIILetter {
      // `said.U.S. officials` goes on with an abbreviation; `os.path.join` is none of ours.
      // `cost.Mr.Obama` with another join.
      let isAbbreviation = right.count == 1 || lists.abbreviations.contains(text, right.range)
      guard isAbbreviation, right.isUpper, left.kind == .lower, left.word.count > 2 else { return nil }
    }
    if [0x28, 0x5F, 0x40].contains(text.byte(right.end)) { return nil }
    if left.kind == .lower || left.kind == .capitalised, lists.abbreviations.contains(text, left.word) { return nil }
    let isMarked = start > stop + 1
    if right.isUpper {
      guard isMarked || isSentence(text, right, after: left, stop: text[stop]) else { return nil }
      return MissingSpace(offset: gap, kind: .sentences)
    }
    guard right.isLower, !isMarked, text[stop] == 0x2E, goesOn(text, right, after: left, stop: stop) else {
      return nil
    }
    return MissingSpace(offset: gap, kind: .headless)
  }

  /// Whether a capital after a stop begins a sentence.
  private mutating func isSentence(
    _ text: Swift.Span<UInt8>, _ right: LetterRun, after left: LeftSide, stop: UInt8
  ) -> Bool {
    let isTitle = text.byte(right.end) == 0x2E && lists.abbreviations.contains(text, right.range)
    let isCommon = isTitle || lists.commonWords.contains(text, right.range)
    if !isCommon, lists.suffixes.contains(text, right.range) { return false }
    // `I` and `A` are the words of one letter that begin a sentence; another is an initial.
    if right.count == 1, text[right.start] != 0x49, text[right.start] != 0x41 { return left.kind == .lower }
    if right.count == 1 {
      let goesOn = text.byte(right.end).isBlank && text.byte(right.end + 1).isLower
      return left.kind == .lower || left.kind == .closed || (left.kind == .capitalised && left.word.count > 3 && goesOn)
    }
    if right.isCamel, !isKnown(text, right.range) { return false }
    if stop != 0x2E, left.kind != .lower, left.kind != .closed { return isCommon }
    switch left.kind {
    case .lower: return left.word.count > 1
    case .closed: return true
    case .capitalised: return !right.isAllUpper || isKnown(text, right.range)
    case .acronym: return right.isAllUpper ? isKnown(text, right.range) : right.count > 1
    case .dotted: return right.count > 1 && (isCommon || left.isTime(text))
    case .number: return right.count > 1 && (!right.isAllUpper || isKnown(text, right.range))
    case .other: return false
    }
  }

  /// Whether a small word after a full stop is the rest of a sentence that lost its beginning.
  private mutating func goesOn(
    _ text: Swift.Span<UInt8>, _ right: LetterRun, after left: LeftSide, stop: Int
  ) -> Bool {
    switch left.kind {
    case .lower, .capitalised: guard left.word.count > 2 else { return false }
    case .acronym, .number: guard left.word.count > 1 else { return false }
    case .closed: break
    case .dotted, .other: return false
    }
    guard right.count > 2, !lists.suffixes.contains(text, right.range) else { return false }
    let next = text.byte(right.end)
    guard next.isBlank || (next == 0x2C && text.byte(right.end + 1).isBlank) else { return false }
    if lists.commonWords.contains(text, right.range) { return words.isEnglish(text) || left.kind == .lower }
    return right.count > 4 && left.kind == .lower && left.word.count > 3 && isKnown(text, right.range)
      && isKnown(text, left.word)
  }

  // MARK: Cues and quotation marks

  /// `Smith said:Jones was`, `said:"We won"`
  mutating func join(_ text: Swift.Span<UInt8>, behindColon colon: Int) -> MissingSpace? {
    guard let left = LeftSide(text, before: colon), left.kind == .lower, left.startsToken(text) else { return nil }
    let opening = openingMark(text, at: colon + 1)
    let start = colon + 1 + (opening ?? 0)
    guard let right = LetterRun(text, from: start), isProse(text, around: colon, colon + 1) else { return nil }
    if opening != nil { return left.word.count > 1 ? MissingSpace(offset: colon + 1, kind: .sentences) : nil }
    let isCue = lists.cueVerbs.contains(text, left.word)
    guard right.isUpper, isCue || left.word.count > 3 else { return nil }
    guard text.byte(right.end) != 0x3A, text.byte(right.end).isBlank || isCue else { return nil }
    guard isCue || lists.commonWords.contains(text, right.range) || isKnown(text, right.range) else { return nil }
    return MissingSpace(offset: colon + 1, kind: isCue ? .cue : .sentences)
  }

  /// A letter after a quotation mark that follows a stop or a comma and closes: `,"Smith said`. Where the mark opens and
  /// the word before stands against it, the gap is before the mark: `said“We won`.
  mutating func join(_ text: Swift.Span<UInt8>, behindQuote offset: Int) -> MissingSpace? {
    guard let mark = QuoteMark(text, before: offset) else { return nil }
    let before = text.byte(mark.start - 1)
    let isStop = [0x2C, 0x2E, 0x21, 0x3F].contains(before)
    switch mark.kind {
    case .opening:
      guard before.isLower || before == 0x2C, !hasLowOpening(text, before: mark.start) else { return nil }
      return MissingSpace(offset: mark.start, kind: .sentences)
    case .closing:
      return isStop ? MissingSpace(offset: offset, kind: .sentences) : nil
    case .straight:
      guard isStop else { return nil }
      if marks.isClosing(text, at: mark.start) { return MissingSpace(offset: offset, kind: .sentences) }
      return before == 0x2C ? MissingSpace(offset: mark.start, kind: .sentences) : nil
    }
  }

  // MARK: Words

  /// `talks of theLee left`: a capital after a function word.
  mutating func join(_ text: Swift.Span<UInt8>, beforeCapital offset: Int) -> MissingSpace? {
    var start = offset
    while start > 0, offset - start < 12, text[start - 1].isLower { start -= 1 }
    let edge = text.byte(start - 1)
    guard edge.isBlank || edge == 0x28 || edge == 0x22 || start == 0 else { return nil }
    guard lists.functionWords.contains(text, start..<offset), let right = LetterRun(text, from: offset) else {
      return nil
    }
    let next = text.byte(right.end)
    guard next.isBlank || [0x2C, 0x2E, 0x3A, 0x29, 0x22, 0x27].contains(next) || next.isNonASCII else { return nil }
    guard isProse(text, around: offset, offset), !right.isCamel else { return nil }
    guard !lists.joinExceptions.contains(text, start..<right.end) else { return nil }
    // A name in camel case has a short first half (`iPhone`, `onX`): there the second must be a word of this text, or long
    // where the first is a preposition.
    let least = offset - start > 2 ? 3 : offset - start == 2 ? 4 : Int.max
    let isSure = right.count >= least && !right.isAllUpper && start > 0
    guard isSure || isKnown(text, right.range) || (right.count > 2 && lists.commonWords.contains(text, right.range))
    else { return nil }
    let isGap =
      wantsMore(text, start..<offset) || lists.commonWords.contains(text, right.range) || isVerb(text, after: right)
    return MissingSpace(offset: offset, kind: isGap ? .function : .sentences)
  }

  /// Whether a name after the word is no likely end of what it begins: `at the Ortega`, but `at Nomura`.
  private func wantsMore(_ text: Swift.Span<UInt8>, _ word: Range<Int>) -> Bool {
    switch word.count {
    case 1: true
    case 2: text.has("an", at: word.lowerBound)
    case 3: text.has("the", at: word.lowerBound) || text.has("its", at: word.lowerBound)
    default: text.has("their", at: word.lowerBound) || text.has("whose", at: word.lowerBound)
    }
  }

  /// Whether the word after `name` looks like its verb, so that the name begins a sentence.
  private func isVerb(_ text: Swift.Span<UInt8>, after name: LetterRun) -> Bool {
    guard text.byte(name.end) == 0x20, let next = LetterRun(text, from: name.end + 1), next.isLower else {
      return false
    }
    return text.has("ed", at: next.end - 2)
      || Self.auxiliaries.contains { text.has($0, at: next.start) && $0.utf8CodeUnitCount == next.count }
      || lists.cueVerbs.contains(text, next.range)
  }

  /// `shown asduring`: a function word of `count` bytes that begins the word at `start`.
  mutating func join(_ text: Swift.Span<UInt8>, wordAt start: Int, after count: Int) -> MissingSpace? {
    var end = start + count
    while end < text.count, text[end].isLower { end += 1 }
    let rest = start + count..<end
    guard rest.count > 2 || (rest.count == 2 && (count > 3 || text.has("the", at: start))) else { return nil }
    let next = text.byte(end)
    let isWord = next.isBlank || ([0x2C, 0x3A, 0x3B].contains(next) && text.byte(end + 1).isBlank)
    guard isWord, !lists.joinExceptions.contains(text, start..<end) else { return nil }
    if !lists.joinFollowers.contains(text, rest) {
      // Only these begin no word of English that goes on with a longer one, but for the exceptions.
      let isOf = count == 2 && text.has("of", at: start) && text[rest.lowerBound] != 0x66
      guard rest.count > 4, isOf || (count > 2 && !text.has("for", at: start)), isKnown(text, rest) else { return nil }
    }
    return words.isEnglish(text) ? MissingSpace(offset: start + count, kind: .function) : nil
  }

  // MARK: Evidence

  private mutating func isKnown(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    words.contains(text, range)
  }

  /// Whether the token around a place is no address, path, handle, tag or code.
  private func isProse(_ text: Swift.Span<UInt8>, around offset: Int, _ gap: Int) -> Bool {
    var start = offset
    while start > 0, offset - start < Self.reach, !text[start - 1].isBlank { start -= 1 }
    if offset - start == Self.reach { return false }
    var end = gap
    while end < text.count, end - gap < Self.reach, !text[end].isBlank { end += 1 }
    if end - gap == Self.reach { return false }
    if [0x23, 0x40].contains(text.byte(start)) || text.has("www.", at: start) { return false }
    var slashes = 0
    var stops = 0
    for i in start..<end {
      switch text[i] {
      // @ _ = \\ ~ { } < > |
      case 0x40, 0x5F, 0x3D, 0x5C, 0x7E, 0x7B, 0x7D, 0x3C, 0x3E, 0x7C: return false
      case 0x2F:
        slashes += 1
        if i > offset || i == start { return false }
      case 0x2E where i < offset: stops += 1
      default: break
      }
    }
    // One slash between two words is prose: `and/or.The`
    return slashes == 0 || (slashes == 1 && stops == 0)
  }

  /// The length of a mark at `offset` that closes something.
  private mutating func closingMark(_ text: Swift.Span<UInt8>, at offset: Int) -> Int? {
    switch text.byte(offset) {
    case 0x29, 0x5D: return 1
    // Before a blank there is no join, closing or not.
    case 0x22: return text.byte(offset + 1).isBlank || marks.isClosing(text, at: offset) ? 1 : nil
    case 0xE2: return text.has("”", at: offset) || text.has("’", at: offset) ? 3 : nil
    case 0xC2: return text.has("»", at: offset) ? 2 : nil
    default: return nil
    }
  }

  /// The length of a mark at `offset` that opens something before a letter.
  private func openingMark(_ text: Swift.Span<UInt8>, at offset: Int) -> Int? {
    switch text.byte(offset) {
    case 0x28, 0x5B, 0x22: return 1
    case 0xE2:
      return text.has("“", at: offset) && !hasLowOpening(text, before: offset) || text.has("‘", at: offset) ? 3 : nil
    case 0xC2: return text.has("«", at: offset) ? 2 : nil
    default: return nil
    }
  }

  /// Whether a low mark opens a quotation shortly before: there `“` closes it, as in German.
  private func hasLowOpening(_ text: Swift.Span<UInt8>, before offset: Int) -> Bool {
    var i = offset - 1
    while i >= 0, offset - i < 400, text[i] != 0x0A {
      if text[i] == 0xE2, text.has("„", at: i) { return true }
      i -= 1
    }
    return false
  }
}
