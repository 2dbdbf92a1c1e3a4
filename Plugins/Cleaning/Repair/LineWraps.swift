import CByteClasses
internal import Hearsay
import HearsayText

/// Lines that were wrapped at a fixed width, as in mail and old archives, become paragraphs again.
///
/// A program that wraps lines puts as many words on each as fit. So the longest line determines the width, and a break is a wrap
/// where the first word of the line after it would not have fitted. Lists, verse and addresses break earlier.
struct LineWraps {
  /// Widths, in code points, at which texts are wrapped.
  private static let widths = 38...132
  /// A longer line, in bytes, is no wrapped one, nor is its text.
  private static let longestLine = 400

  /// A line break with text on both sides.
  private struct Break {
    /// The line break itself, in bytes.
    var place: Int
    /// The length of the line before it, and of the first word after it, in code points.
    var before: Int
    var word: Int
    /// Whether a sentence evidently goes on over it.
    var isInSentence: Bool
    /// Whether a word is parted there.
    var hasHyphen: Bool
  }

  /// How many wraps and hyphens were undone.
  struct Found {
    var edits = TextEdits()
    var wraps = 0
    var hyphens = 0
  }

  let compounds: WordList

  func find(in text: Swift.Span<UInt8>) -> Found {
    var found = Found()
    guard text.hasSingleBreak, let (breaks, width) = breaks(of: text) else { return found }
    let isWrapped = Self.widths.contains(width) && isEvident(breaks, width)
    var words: DocumentWords?
    for aBreak in breaks {
      if aBreak.hasHyphen, let hyphen = Hyphen(text, before: aBreak.place, compounds) {
        if words == nil { words = DocumentWords(text) }
        let keeps = words.map { hyphen.isPartOfWord(in: text, $0, compounds) } ?? true
        found.edits.remove(Span(keeps ? hyphen.end : hyphen.start, aBreak.place + 1))
        found.hyphens += 1
      } else if isWrapped, isFull(aBreak, width) {
        found.edits.replace(Span(aBreak.place, aBreak.place + 1), with: " ")
        found.wraps += 1
      }
    }
    return found
  }

  /// Whether most breaks are full, and at most of those, or at a quarter where nearly all of many are full, a sentence goes
  /// on: the rows of a table are of one length too.
  private func isEvident(_ breaks: [Break], _ width: Int) -> Bool {
    let full = breaks.count { isFull($0, width) }
    let inSentence = breaks.count { isFull($0, width) && ($0.isInSentence || $0.hasHyphen) }
    return full * 10 >= breaks.count * 6 && inSentence * 2 >= full
      || full >= 5 && full * 10 >= breaks.count * 9 && inSentence * 4 >= full
  }

  private func isFull(_ aBreak: Break, _ width: Int) -> Bool {
    aBreak.hasHyphen || aBreak.before + 1 + aBreak.word > width
  }

  /// The single line breaks of the text, and the length of its longest line beside one; `nil` where there are none, or a
  /// line is longer than any that is wrapped and there is no hyphen at a line's end.
  private func breaks(of text: Swift.Span<UInt8>) -> (breaks: [Break], width: Int)? {
    var breaks: [Break] = []
    var width = 0
    var start = 0
    var isBehindBreak = false
    while start < text.count {
      let end = text.next(0x0A, from: start, to: text.count)
      let isBreak = end + 1 < text.count && text[end + 1] != 0x0A
      if end > start, isBreak || isBehindBreak {
        let length = end - start > Self.longestLine ? Int.max / 2 : text.scalarCount(start..<end)
        width = max(width, length)
        if isBreak, end + 1 < text.count { breaks.append(aBreak(text, at: end, after: length)) }
      }
      isBehindBreak = isBreak
      start = end + 1
      if !isBreak {
        while start < text.count, text[start] == 0x0A { start += 1 }
      }
    }
    return breaks.isEmpty ? nil : (breaks, width)
  }

  private func aBreak(_ text: Swift.Span<UInt8>, at place: Int, after length: Int) -> Break {
    var end = place + 1
    while end < text.count, !text[end].isBlank, end - place < 64 { end += 1 }
    let last = text.byte(place - 1)
    let next = text.byte(place + 1)
    let endsOpen =
      last.isASCIILetter || last.isDigit || last == 0x2C || last == 0x3B || text.has("–", at: place - 3)
      || text.has("—", at: place - 3)
    return Break(
      place: place, before: length, word: text.scalarCount(place + 1..<end), isInSentence: endsOpen && next.isLower,
      hasHyphen: Hyphen(text, before: place, compounds) != nil)
  }
}

/// A hyphen at a line's end with the rest of the word after the break: `govern-⏎ment`.
struct Hyphen {
  private(set) var start: Int
  private(set) var end: Int
  /// The halves of the word.
  private let head: Range<Int>
  private let tail: Range<Int>

  /// - Parameter compounds: First halves of words that are written with a hyphen.
  init?(_ text: Swift.Span<UInt8>, before place: Int, _ compounds: WordList) {
    let isPlain = text.byte(place - 1) == 0x2D
    guard isPlain || text.has("\u{2010}", at: place - 3) || text.has("\u{AD}", at: place - 2) else { return nil }
    start = isPlain ? place - 1 : text.byte(place - 1) == 0xAD ? place - 2 : place - 3
    end = place
    var from = start
    while from > 0, text[from - 1].isASCIILetter || text[from - 1].isNonASCII { from -= 1 }
    var to = place + 1
    while to < text.count, text[to].isASCIILetter || text[to].isNonASCII { to += 1 }
    head = from..<start
    tail = place + 1..<to
    guard head.count > 1, tail.count > 1, text[start - 1].isLower || text[start - 1].isNonASCII,
      text.scalar(at: tail.lowerBound).isLower
    else { return nil }
    // `pre- and post-war`: the hyphen is the word's end.
    if compounds.contains(text, head), Self.conjunctions.contains(where: { text.holds($0, tail) }) { return nil }
  }

  private static let conjunctions: [StaticString] = ["and", "or", "to", "und", "oder", "et", "y"]

  /// Whether the word has a hyphen there by itself, as `well-known` has: the text writes it so elsewhere, or does not
  /// write it without and the first half is one that compounds begin with.
  func isPartOfWord(in text: Swift.Span<UInt8>, _ words: DocumentWords, _ compounds: WordList) -> Bool {
    if text[start] == 0xC2 { return false }
    var whole: [UInt8] = []
    for i in head { whole.append(text[i]) }
    for i in tail { whole.append(text[i]) }
    if words.contains(whole.span, 0..<whole.count) { return false }
    // `state-of-the-⏎art`
    return text.byte(head.lowerBound - 1) == 0x2D || compounds.contains(text, head)
  }
}

extension Swift.Span<UInt8> {
  /// Whether a line break stands alone, with no other before or after it.
  ///
  /// - Complexity: O(n), 64 bytes a step.
  fileprivate var hasSingleBreak: Bool {
    var start = 0
    var newline = byteClasses(at: 0).newline
    var before: UInt64 = 0
    while start < count {
      let next = byteClasses(at: start + 64).newline
      if newline & ~(newline << 1 | before) & ~(newline >> 1 | next << 63) != 0 { return true }
      before = newline >> 63
      newline = next
      start += 64
    }
    return false
  }

  fileprivate func scalarCount(_ range: Range<Int>) -> Int {
    var count = 0
    for i in range where !self[i].isUTF8Continuation { count += 1 }
    return count
  }

  /// Whether the bytes `range` are `word`.
  fileprivate func holds(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount && has(word, at: range.lowerBound)
  }
}
