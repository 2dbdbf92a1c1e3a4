import Hearsay

/// Finds sentences in one pass over the bytes: it looks for marks that can end one, and closer only there.
struct SentenceScanner {
  let abbreviations: Abbreviations
  let longest: Int

  /// The sentences of `text`: in order, not overlapping, without outer white space.
  func sentences(in text: Swift.Span<UInt8>) -> [Span] {
    var pass = Pass(self, text)
    return pass.run()
  }
}

/// One pass over a text.
private struct Pass: ~Escapable {
  let scanner: SentenceScanner
  let text: Swift.Span<UInt8>
  /// The sentence in hand begins here.
  var start = 0
  var spans: [Span] = []
  /// How many brackets were opened in the sentence in hand and are open still.
  var openBrackets = 0
  /// Whether the sentence in hand began with an opening bracket.
  var beganInBracket = false

  @_lifetime(copy text)
  init(_ scanner: SentenceScanner, _ text: Swift.Span<UInt8>) {
    self.scanner = scanner
    self.text = text
  }

  mutating func run() -> [Span] {
    spans.reserveCapacity(text.count / 100 + 4)
    var i = 0
    while i < text.count {
      let byte = text[i]
      // Letters, digits, commas and spaces: most of all bytes.
      if byte >= 0x30 && byte < 0x7F && byte != 0x3F && byte != 0x5B && byte != 0x5D || byte == 0x20 || byte == 0x2C {
        i += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): i = terminator(at: i)
      case 0x0A, 0x0D: i = lineBreak(at: i)
      case UInt8(ascii: "("), UInt8(ascii: "["):
        if i == firstByte(from: start) { beganInBracket = true }
        openBrackets += 1
        i += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        openBrackets = max(0, openBrackets - 1)
        i += 1
      case 0xD8...0xF0: i = wide(at: i)
      default: i += 1
      }
    }
    end(at: text.count)
    return spans
  }

  // MARK: Ending

  private mutating func end(at offset: Int) {
    let first = firstByte(from: start)
    var last = offset
    while last > first, let length = spaceLength(before: last) { last -= length }
    append(first, last)
    start = offset
    openBrackets = 0
    beganInBracket = false
  }

  /// Appends the sentence, in pieces where it is too long: cut at the last space, or between two scalars.
  private mutating func append(_ first: Int, _ last: Int) {
    var first = first
    while last - first > scanner.longest {
      var cut = first + scanner.longest
      while cut > first + scanner.longest / 2, spaceLength(before: cut) == nil { cut -= 1 }
      if cut <= first + scanner.longest / 2 {
        cut = first + scanner.longest
        while cut > first, text[cut].isUTF8Continuation { cut -= 1 }
      }
      var end = cut
      while end > first, let length = spaceLength(before: end) { end -= length }
      if end > first { spans.append(Span(first, end)) }
      first = firstByte(from: cut)
    }
    if last > first { spans.append(Span(first, last)) }
  }

  // MARK: Marks

  private mutating func wide(at i: Int) -> Int {
    let (a, b, c) = (text[i], byte(i + 1), byte(i + 2))
    switch (a, b, c) {
    case (0xE2, 0x80, 0xA6): return terminator(at: i)  // …
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xEF, 0xBD, 0xA1):  // 。！？｡
      var next = i + 3
      while let length = closerLength(at: next) ?? markLength(at: next) { next += length }
      end(at: next)
      return next
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
      end(at: i)
      return i + 3
    case (0xD8, 0x9F, _), (0xD6, 0x89, _), (0xDB, 0x94, _): return spaced(at: i, 2)  // ؟ ։ ۔
    case (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5): return spaced(at: i, 3)  // । ॥
    default: return i + (a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2)
    }
  }

  /// A mark that always ends a sentence where white space follows.
  private mutating func spaced(at i: Int, _ length: Int) -> Int {
    var next = i + length
    while let length = closerLength(at: next) { next += length }
    if next >= text.count || spaceLength(at: next) != nil { end(at: next) }
    return next
  }

  /// A full stop, `!`, `?` or `…`, with those behind it.
  private mutating func terminator(at i: Int) -> Int {
    var next = i
    var stops = 0
    var isStrong = false
    while let length = markLength(at: next) {
      if text[next] == UInt8(ascii: ".") {
        stops += 1
      } else if text[next] < 0x80 {
        isStrong = true
      } else {
        stops += 3
      }
      next += length
    }
    let afterMarks = next
    while let length = closerLength(at: next), next > i {
      // A straight mark behind a space opens; here it stands against the mark, and closes.
      next += length
    }
    // Footnote marks: "ended.[3] The"
    if text.count > next, text[next] == UInt8(ascii: "["), let end = footnoteEnd(at: next) { next = end }
    guard next < text.count else { return next }
    guard spaceLength(at: next) != nil else {
      if next == afterMarks, isGluedSentence(stopAt: i, next: next) { end(at: next) }
      return max(next, i + 1)
    }
    if isBoundary(stop: i, isStrong: isStrong, isEllipsis: stops > 1, afterMarks: afterMarks, end: next) {
      end(at: next)
    }
    return next
  }

  private mutating func isBoundary(stop: Int, isStrong: Bool, isEllipsis: Bool, afterMarks: Int, end: Int) -> Bool {
    let following = next(from: end)
    if following.isParagraph { return true }
    if following.kind == .lower { return false }
    if openBrackets > 0, end == afterMarks, !beganInBracket { return false }
    if isStrong { return following.kind != .mark }
    if isEllipsis { return following.kind == .upper || following.kind == .other }
    let word = wordBefore(stop)
    // "1. First point"
    if word.isNumber, word.start == firstByte(from: start), word.count <= 3 { return false }
    if end > afterMarks { return true }
    switch scanner.abbreviations.kind(of: word.folded) {
    case .title: return false
    case .number: return following.kind != .digit && following.startsSentence
    case .any: return following.startsSentence
    case nil: break
    }
    // "J. Lee", "U.S. officials", "in the U.S. The"
    if word.isInitial { return word.folded == [UInt8(ascii: "i")] && following.startsSentence }
    if word.isAcronym { return following.startsSentence }
    return following.kind != .mark
  }

  private mutating func lineBreak(at i: Int) -> Int {
    var next = i
    var breaks = 0
    while next < text.count {
      if text[next] == 0x0A {
        breaks += 1
        next += 1
      } else if let length = spaceLength(at: next) {
        next += length
      } else {
        break
      }
    }
    if breaks >= 2 || breaks == 1 && endsLine(at: i, next: next) { end(at: i) }
    return next
  }

  /// Whether a single line break ends a sentence: a short line without a final mark before a line that begins anew.
  private func endsLine(at i: Int, next: Int) -> Bool {
    guard next < text.count else { return false }
    let first = text[next]
    if first == UInt8(ascii: "*") || first == UInt8(ascii: "-")
      || first == 0xE2 && byte(next + 1) == 0x80 && byte(next + 2) == 0xA2
    {
      return true
    }
    var lineStart = i
    while lineStart > start, text[lineStart - 1] != 0x0A, i - lineStart < 80 { lineStart -= 1 }
    guard i - lineStart < 50, i > lineStart else { return false }
    let last = text[i - 1]
    if last == UInt8(ascii: ",") || last == UInt8(ascii: "-") || last == UInt8(ascii: ";") { return false }
    return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z") || first >= 0x30 && first <= 0x39
  }

  // MARK: What follows

  private enum Kind { case upper, lower, digit, mark, other }

  private struct Following {
    var kind: Kind
    var isParagraph = false
    /// Whether it is a word that begins a sentence and is no name: `The`, `He`.
    var startsSentence = false
  }

  private func next(from offset: Int) -> Following {
    var i = offset
    var breaks = 0
    while i < text.count {
      if text[i] == 0x0A { breaks += 1 }
      if let length = spaceLength(at: i) ?? openerLength(at: i) { i += length } else { break }
    }
    if breaks >= 2 || i >= text.count { return Following(kind: .other, isParagraph: true) }
    let first = text[i]
    if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") { return Following(kind: .lower) }
    if first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") { return Following(kind: .digit, startsSentence: false) }
    if first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z") {
      var end = i
      while end < text.count, end - i < 12, text[end] | 0x20 >= UInt8(ascii: "a"), text[end] | 0x20 <= UInt8(ascii: "z")
      { end += 1 }
      return Following(kind: .upper, startsSentence: sentenceStarters.contains([UInt8](copying: text, i..<end)))
    }
    switch first {
    case 0xC3: return Following(kind: byte(i + 1) >= 0xA0 ? .lower : .upper)
    case 0xC4, 0xC5: return Following(kind: byte(i + 1) & 1 == 0 ? .upper : .lower)
    case 0xD0: return Following(kind: byte(i + 1) <= 0xAF ? .upper : .lower)
    case 0xD1: return Following(kind: .lower)
    case 0x80...: return Following(kind: .other)
    default: return Following(kind: .mark)
    }
  }

  // MARK: What stands before

  private struct Word {
    var start: Int
    var folded: [UInt8]
    var count: Int { folded.count }
    var isNumber: Bool { !folded.isEmpty && folded.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    /// One letter: `J`.
    var isInitial: Bool { folded.count == 1 && folded[0] >= UInt8(ascii: "a") && folded[0] <= UInt8(ascii: "z") }
    /// Letters and stops in turn: `u.s`, `a.m`.
    var isAcronym: Bool {
      folded.count >= 3 && folded.count % 2 == 1
        && folded.indices.allSatisfy { ($0 % 2 == 1) == (folded[$0] == UInt8(ascii: ".")) }
    }
  }

  private func wordBefore(_ stop: Int) -> Word {
    var start = stop
    var folded: [UInt8] = []
    while start > self.start, stop - start < 24 {
      let byte = text[start - 1]
      guard byte > 0x20, byte != UInt8(ascii: "("), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'"),
        byte != UInt8(ascii: "["), byte != UInt8(ascii: "/"), byte != UInt8(ascii: "-")
      else { break }
      start -= 1
    }
    for i in start..<stop {
      let byte = text[i]
      folded.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
    }
    return Word(start: start, folded: folded)
  }

  /// `end.Next`: a long lower-case word, a stop, and a capitalised word.
  private func isGluedSentence(stopAt i: Int, next: Int) -> Bool {
    guard next == i + 1, next + 2 < text.count, i >= 3 else { return false }
    let first = text[next]
    guard first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z"), text[next + 1] >= UInt8(ascii: "a"),
      text[next + 1] <= UInt8(ascii: "z")
    else { return false }
    for k in i - 3..<i where text[k] < UInt8(ascii: "a") || text[k] > UInt8(ascii: "z") { return false }
    var end = next
    while end < text.count, end - next < 20, text[end] | 0x20 >= UInt8(ascii: "a"),
      text[end] | 0x20 <= UInt8(ascii: "z")
    { end += 1 }
    return end < text.count && (text[end] == 0x20 || text[end] == UInt8(ascii: "'") || text[end] == UInt8(ascii: ","))
  }

  private func footnoteEnd(at i: Int) -> Int? {
    var end = i + 1
    while end < text.count, text[end] >= 0x30, text[end] <= 0x39, end - i < 5 { end += 1 }
    return end > i + 1 && byte(end) == UInt8(ascii: "]") ? end + 1 : nil
  }

  // MARK: Bytes

  private func byte(_ i: Int) -> UInt8 { i < text.count ? text[i] : 0 }

  private func firstByte(from offset: Int) -> Int {
    var i = offset
    while i < text.count, let length = spaceLength(at: i) { i += length }
    return i
  }

  private func spaceLength(at i: Int) -> Int? {
    guard i < text.count else { return nil }
    switch (text[i], byte(i + 1), byte(i + 2)) {
    case (0x09...0x0D, _, _), (0x20, _, _): return 1
    case (0xC2, 0xA0, _), (0xC2, 0x85, _): return 2
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
      (0xE3, 0x80, 0x80):
      return 3
    default: return nil
    }
  }

  private func spaceLength(before i: Int) -> Int? {
    for length in 1...3 where i >= length {
      if spaceLength(at: i - length) == length { return length }
    }
    return nil
  }

  private func markLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    case (UInt8(ascii: "."), _, _), (UInt8(ascii: "!"), _, _), (UInt8(ascii: "?"), _, _):
      return i < text.count ? 1 : nil
    case (0xE2, 0x80, 0xA6), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return 3
    default: return nil
    }
  }

  private func closerLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    case (UInt8(ascii: "\""), _, _), (UInt8(ascii: "'"), _, _), (UInt8(ascii: ")"), _, _), (UInt8(ascii: "]"), _, _):
      return i < text.count ? 1 : nil
    case (0xC2, 0xBB, _): return 2
    case (0xE2, 0x80, 0x99), (0xE2, 0x80, 0x9D), (0xE2, 0x80, 0x9C), (0xE3, 0x80, 0x8D), (0xE3, 0x80, 0x8F),
      (0xEF, 0xBC, 0x89):
      return 3
    default: return nil
    }
  }

  private func openerLength(at i: Int) -> Int? {
    switch (byte(i), byte(i + 1), byte(i + 2)) {
    case (UInt8(ascii: "\""), _, _), (UInt8(ascii: "'"), _, _), (UInt8(ascii: "("), _, _), (UInt8(ascii: "["), _, _):
      return i < text.count ? 1 : nil
    case (0xC2, 0xAB, _), (0xC2, 0xBF, _), (0xC2, 0xA1, _): return 2
    case (0xE2, 0x80, 0x98), (0xE2, 0x80, 0x9C), (0xE2, 0x80, 0x9E), (0xE2, 0x80, 0x93), (0xE2, 0x80, 0x94),
      (0xE2, 0x80, 0xA2):
      return 3
    default: return nil
    }
  }
}
