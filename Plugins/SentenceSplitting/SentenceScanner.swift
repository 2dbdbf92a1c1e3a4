import Hearsay
import HearsayText

/// Finds sentences in one pass over the bytes: it looks for marks that can end one, and closer only there.
struct SentenceScanner {
  let rules: LanguageRules
  var longest = 20_000
  var splitsInsideQuotes = true
  /// What decides where rules cannot; without it, lists of words do.
  var model: BeginningModel?

  /// The least logits at which the model's word counts. Without a mark only what is nearly certain ends a sentence, for
  /// such places are many and few of them are ends.
  static let leastBehindStop: Float = 0
  static let leastWithoutMark: Float = 3

  /// The sentences of `text`: in order, not overlapping, without outer white space.
  func sentences(in text: Swift.Span<UInt8>) -> [Span] {
    var pass = SentencePass(self, text)
    return pass.run()
  }
}

/// One pass over a text. What ends a sentence is decided in the extensions, a file for each kind of place.
struct SentencePass: ~Escapable {
  let scanner: SentenceScanner
  let text: Swift.Span<UInt8>
  /// The sentence in hand begins here: no white space, or the text's end.
  var start = 0
  /// The brackets and quotation marks that are open, and the list that is being counted.
  var context = Context()
  private var spans: [Span] = []

  @_lifetime(copy text)
  init(_ scanner: SentenceScanner, _ text: Swift.Span<UInt8>) {
    self.scanner = scanner
    self.text = text
  }

  mutating func run() -> [Span] {
    spans.reserveCapacity(text.count / 100 + 4)
    start = text.skippingSpace(from: 0)
    var notable = NotableBytes()
    var i = notable.next(in: text, from: start)
    endClosings()
    while i < text.count {
      // Invariant: each of these returns an offset after `i`, at the beginning of a scalar.
      switch text[i] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): i = terminator(at: i)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): i = capital(at: i)
      case 0x0A, 0x0D: i = lineBreak(at: i)
      case UInt8(ascii: "("), UInt8(ascii: "["): i = openBracket(at: i)
      case UInt8(ascii: ")"), UInt8(ascii: "]"): i = closeBracket(at: i)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): i = straightQuote(at: i)
      case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="): i = colon(at: i)
      case UInt8(ascii: "/"): i = slash(at: i)
      case UInt8(ascii: "@"): i = address(at: i)
      case UInt8(ascii: ">"): i = angle(at: i)
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "~"): i = divider(at: i)
      default: i = wide(at: i)
      }
      i = notable.next(in: text, from: i)
    }
    end(at: text.count)
    return spans
  }

  // MARK: Ending

  /// Ends the current sentence at `offset`, white space before it left out.
  mutating func end(at offset: Int) {
    begin(after: offset)
    endClosings()
  }

  /// Ends sentences that are but what closes a letter or greets: "Best regards, Ann".
  private mutating func endClosings() {
    while let end = closingEnd() { begin(after: end) }
  }

  private mutating func begin(after offset: Int) {
    append(start, text.skippingSpace(before: offset, notBefore: start))
    start = text.skippingSpace(from: offset)
    context.beginSentence()
  }

  /// Appends the sentence, in pieces where it is too long: cut at the last space, or between two scalars.
  private mutating func append(_ first: Int, _ last: Int) {
    var first = first
    let longest = scanner.longest
    while last - first > longest {
      var cut = first + longest
      while cut > first + longest / 2, text.spaceLength(before: cut) == nil { cut -= 1 }
      if cut <= first + longest / 2 {
        cut = first + longest
        while cut > first, text[cut].isUTF8Continuation { cut -= 1 }
      }
      let end = text.skippingSpace(before: cut, notBefore: first)
      if end > first { spans.append(Span(first, end)) }
      first = text.skippingSpace(from: cut)
    }
    if last > first { spans.append(Span(first, last)) }
  }

  // MARK: Lines

  private mutating func lineBreak(at i: Int) -> Int {
    var next = i
    var breaks = 0
    while let length = text.spaceLength(at: next) {
      if text[next] == 0x0A { breaks += 1 }
      next += length
    }
    if breaks >= 2 || breaks == 1 && endsLine(at: i, next: next) {
      end(at: i)
      if breaks >= 2 { context.beginParagraph() }
    }
    return max(next, i + 1)
  }

  /// Whether a single line break ends a sentence: a short line without a final mark before a line that begins anew.
  private func endsLine(at i: Int, next: Int) -> Bool {
    guard next < text.count else { return false }
    let first = text[next]
    if first == UInt8(ascii: "*") || first == UInt8(ascii: "-") || text.bulletLength(at: next) != nil { return true }
    var lineStart = i
    while lineStart > start, text[lineStart - 1] != 0x0A, i - lineStart < 80 { lineStart -= 1 }
    guard i > lineStart else { return false }
    let last = text[i - 1]
    if last == UInt8(ascii: "_") || last == UInt8(ascii: "=") || last == UInt8(ascii: "*") { return true }
    guard i - lineStart < 50 else { return false }
    if last == UInt8(ascii: ",") || last == UInt8(ascii: "-") || last == UInt8(ascii: ";") { return false }
    return first.isUpper || first.isDigit
  }
}
