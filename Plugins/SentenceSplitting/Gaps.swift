import HearsayText

/// Sentences that end without a mark: signatures, stamps, dividers, and a new beginning in the midst of a line.
extension SentencePass {
  /// A capital: "he died He also had", "see example.com The site".
  @inline(__always)
  mutating func capital(at i: Int) -> Int {
    let second = text.byte(i + 1)
    if second.isLower, scanner.rules.anewBeginnings.contains(text[i], second), i >= start + 3, beginsAnew(at: i) {
      end(at: i)
    }
    return i + 1
  }

  /// Whether the word at `i` begins a sentence though no mark stands before it: a word that hardly ever stands capitalised
  /// within one, a word in lower case after it, and before it a word that calls for none.
  private func beginsAnew(at i: Int) -> Bool {
    let word = text.word(startingAt: i)
    guard text.byte(word.end) == 0x20 || text.byte(word.end) == UInt8(ascii: "'") || text.byte(word.end) == 0xE2,
      scanner.rules.traits(of: word).contains(.anew)
    else { return false }
    var next = word.end
    while next < text.count, text[next] != 0x20, next - word.end < 6 { next += 1 }
    guard text.byte(next) == 0x20, text.byte(next + 1).isLower else { return false }
    let before = text.word(endingAt: i - 1, notBefore: start)
    if before.isAddress { return true }
    guard before.letters > 1, before.start > start else { return false }
    if let model = scanner.model {
      return model.logit(BeginningPlace(text, at: i, before: before, start: start)) > SentenceScanner.leastWithoutMark
    }
    return before.isLower && !scanner.rules.traits(of: before).contains(.join)
  }

  /// Where the current sentence ends if it is but what closes a letter or greets, before a name: "Best regards, Ann".
  func closingEnd() -> Int? {
    guard scanner.rules.closeBeginnings.contains(text.byte(start), text.byte(start + 2)) else { return nil }
    let limit = min(text.count, start + 24)
    var i = start
    while i < limit, text[i] != UInt8(ascii: ",") {
      guard text[i] == 0x20 || text[i].isLower || text[i].isUpper else { return nil }
      i += 1
    }
    guard i < limit, text.byte(i + 1) == 0x20, text.byte(i + 2).isUpper else { return nil }
    let words = (start..<i).map { text[$0] == 0x20 ? UInt8(ascii: "-") : text[$0] }
    return scanner.rules.traits(of: BoundaryWord(words.span, 0..<words.count)).contains(.close) ? i + 1 : nil
  }

  /// A colon, a semicolon or an equals sign: an emoticon, or the mark of a language that ends sentences by it.
  mutating func colon(at i: Int) -> Int {
    if text.byte(i + 1) == UInt8(ascii: "/"), text.byte(i + 2) == UInt8(ascii: "/") { return address(at: i) }
    if let next = emoticonEnd(at: i), i == start || text[i - 1] == 0x20 {
      let following = following(from: next)
      if following.kind == .upper || following.kind == .other && !following.isParagraph { end(at: next) }
      return next
    }
    if text[i] == UInt8(ascii: "="), text.byte(i + 1) == text[i] { return divider(at: i) }
    let ends =
      text[i] == UInt8(ascii: ":")
      ? scanner.rules.colonEnds : text[i] == UInt8(ascii: ";") && scanner.rules.semicolonEnds
    if ends, text.spaceLength(at: i + 1) != nil { end(at: i + 1) }
    return i + 1
  }

  /// Where the emoticon at `i` ends: `:)`, `;-)`, `=D`, `<3`; `nil` where none stands or more than that.
  func emoticonEnd(at i: Int) -> Int? {
    var end = i + 1
    if text[i] == UInt8(ascii: "<") {
      guard text.byte(end) == UInt8(ascii: "3") else { return nil }
      return text.byte(end + 1) <= 0x20 ? end + 1 : nil
    }
    if text.byte(end) == UInt8(ascii: "-") || text.byte(end) == UInt8(ascii: "'") { end += 1 }
    switch text.byte(end) {
    case UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "D"), UInt8(ascii: "P"), UInt8(ascii: "p"),
      UInt8(ascii: "O"),
      UInt8(ascii: "|"), UInt8(ascii: "]"), UInt8(ascii: "["), UInt8(ascii: "*"), UInt8(ascii: "/"):
      break
    default: return nil
    }
    let mouth = text[end]
    while text.byte(end) == mouth { end += 1 }
    return text.byte(end) <= 0x20 ? end : nil
  }

  /// "Ann Lee 08/16/2000 12:05 PM Dear all": a stamp of date and time stands for itself.
  mutating func slash(at i: Int) -> Int {
    guard scanner.rules.isInformal, let stamp = stamp(around: i) else { return i + 1 }
    let before = text.skippingSpace(before: stamp.lowerBound, notBefore: start)
    // "on 08/16/2000", "by Ann at 08/16/2000"
    if before > start, !text.word(endingAt: before, notBefore: start).isLower { end(at: stamp.lowerBound) }
    let next = following(from: stamp.upperBound)
    if next.kind == .upper || next.kind == .lower, !next.isParagraph { end(at: stamp.upperBound) }
    return stamp.upperBound
  }

  /// The date and time whose first slash is at `i`: `04/25/01 12:42:55 PM`.
  private func stamp(around i: Int) -> Range<Int>? {
    func digits(from k: Int, _ most: Int) -> Int {
      var k = k
      let limit = k + most
      while k < limit, text.byte(k).isDigit { k += 1 }
      return k
    }
    var first = i
    while first > start, i - first < 2, text[first - 1].isDigit { first -= 1 }
    guard first < i, first == start || text[first - 1] == 0x20 else { return nil }
    var k = digits(from: i + 1, 2)
    guard k > i + 1, text.byte(k) == UInt8(ascii: "/") else { return nil }
    k = digits(from: k + 1, 4)
    guard text.byte(k) == 0x20 else { return nil }
    let hour = k + 1
    k = digits(from: hour, 2)
    guard k > hour, text.byte(k) == UInt8(ascii: ":"), text.byte(k + 1).isDigit else { return nil }
    k = digits(from: k + 1, 2)
    if text.byte(k) == UInt8(ascii: ":") { k = digits(from: k + 1, 2) }
    if text.byte(k) == 0x20, text.byte(k + 2) == UInt8(ascii: "M") { k += 3 }
    // "EST", "GMT"
    if text.byte(k) == 0x20, text.byte(k + 1).isUpper, text.byte(k + 3) == UInt8(ascii: "T"), text.byte(k + 4) == 0x20 {
      k += 4
    }
    return text.byte(k) == 0x20 ? first..<k : nil
  }

  /// "Ann Lee <lee@example.org> Hello": an address of mail in angle brackets ends a line of its head.
  mutating func angle(at i: Int) -> Int {
    guard text.byte(i + 1) == 0x20, scanner.rules.isInformal else { return i + 1 }
    let next = text.skippingSpace(from: i + 1)
    guard text.byte(next).isUpper || text.byte(next).isDigit else { return i + 1 }
    let limit = max(start, i - 80)
    var k = i
    var isAddress = false
    while k > limit, text[k - 1] != 0x20 {
      k -= 1
      if text[k] == UInt8(ascii: "@") { isAddress = true }
      if text[k] == UInt8(ascii: "<") {
        if isAddress { end(at: i + 1) }
        break
      }
    }
    return i + 1
  }

  /// An address of the net or of mail, of which the byte at `i` is part: before another one, and before a word that begins
  /// sentences, it ends one. "mail@example.com Our office", "http://example.org/a http://example.org/b"
  mutating func address(at i: Int) -> Int {
    guard scanner.rules.isInformal, i > start, text[i - 1] > 0x20 else { return i + 1 }
    let limit = min(text.count, i + 300)
    var end = i
    var stops = 0
    while end < limit, text[end] > 0x20 {
      if text[end] == UInt8(ascii: ".") { stops += 1 }
      end += 1
    }
    guard stops > 0, text.byte(end) == 0x20, text[end - 1] != UInt8(ascii: "."), text[end - 1] != UInt8(ascii: ",")
    else {
      return i + 1
    }
    let next = text.word(startingAt: end + 1)
    let isMail = text[i] == UInt8(ascii: "@")
    let isAddress = text.byte(next.end) == UInt8(ascii: ":") && text.byte(next.end + 1) == UInt8(ascii: "/")
    if isAddress || next.beginsUpper && (isMail || scanner.rules.traits(of: next).contains(.start)) {
      self.end(at: end)
    }
    return end
  }

  /// A row of stars, underscores or the like stands for itself: `***`, `=====`.
  mutating func divider(at i: Int) -> Int {
    let mark = text[i]
    var next = i + 1
    while text.byte(next) == mark { next += 1 }
    if next - i <= 2, mark == UInt8(ascii: "-") { return dash(at: i, end: next) }
    let least = mark == UInt8(ascii: "*") || mark == UInt8(ascii: "~") || mark == UInt8(ascii: "=") ? 3 : 5
    guard next - i >= least, next < text.count, text.spaceLength(at: next) != nil else { return next }
    if i > start, text[i - 1] != 0x20 {
      // "NOTICE*************"
      if next - i >= 10 { end(at: next) }
      return next
    }
    end(at: i)
    end(at: next)
    return next
  }

  /// A dash that stands free: "she was like – That is mine". A capital after it begins a sentence, where it is no name's and
  /// a plain word stands before the dash; after a dateline it goes on.
  mutating func dash(at i: Int, end: Int) -> Int {
    guard i > start + 1, text[i - 1] == 0x20, text.byte(end) == 0x20, text.byte(end + 1).isUpper,
      scanner.rules.isInformal,
      text.byte(end + 2).isLower
    else { return end }
    let word = text.word(startingAt: end + 1)
    let traits = scanner.rules.traits(of: word)
    guard traits.contains(.start), text.word(endingAt: i - 1, notBefore: start).isLower else { return end }
    self.end(at: end)
    return end
  }
}
