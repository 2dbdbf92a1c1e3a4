import HearsayText

/// The number or letter before an item of a list: `2` of `2)`, `b` of `b.`
struct ListLabel: Equatable {
  var value: Int
  var isLetter: Bool

  var next: ListLabel { ListLabel(value: value + 1, isLetter: isLetter) }
}

extension SentencePass {
  /// Whether the stop or bracket at `i` belongs to a list's label, whose item is a sentence: ends the one before.
  ///
  /// A label counts where it begins a sentence, or where it is the next of the list in hand.
  @inline(__always)
  mutating func itemLabel(endingAt i: Int) -> Bool {
    // Most words before a stop are longer.
    guard i > start, text[i - 1].isDigit || i == start + 1 || !text[i - 2].isLower else { return false }
    return label(endingAt: i)
  }

  private mutating func label(endingAt i: Int) -> Bool {
    var first = i
    while first > start, i - first < 4, text[first - 1].isDigit { first -= 1 }
    var label: ListLabel
    if first < i {
      label = ListLabel(value: 0, isLetter: false)
      for k in first..<i { label.value = label.value * 10 + Int(text[k] - 0x30) }
    } else if i > start, text[i - 1].isLower {
      first = i - 1
      label = ListLabel(value: Int(text[first]), isLetter: true)
    } else {
      return false
    }
    guard i - first <= 3,
      text.byte(i + 1) == 0x20 || text.byte(i + 1) == UInt8(ascii: ")") || text[i] != UInt8(ascii: ".")
    else { return false }
    if isSentenceStart(first) {
      // "5. The", but not "i. e." nor "p. 5".
      if label.isLetter, label.value != 0x61, context.nextLabel != label { return false }
      context.nextLabel = label.next
      return true
    }
    guard text[first - 1] == 0x20 else { return false }
    let isNext = context.nextLabel == label
    guard isNext || !label.isLetter && label.value == 1 && beginsList(at: i) else { return false }
    let before = text.skippingSpace(before: first, notBefore: start)
    let word = text.word(endingAt: before, notBefore: start)
    guard before > start, !scanner.rules.traits(of: word).contains(.join) else { return false }
    switch text[before - 1] {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "-"): return false
    default: break
    }
    // "1. … in der 2. Bundesliga": an item begins with a capital, but after a bracket.
    if text[i] == UInt8(ascii: "."), text.byte(i + 1) != UInt8(ascii: ")") {
      guard text.byte(i + 2).isUpper || text.byte(i + 2) >= 0xC3 else { return false }
    }
    context.nextLabel = label.next
    end(at: first)
    return true
  }

  /// Whether the current sentence begins at `offset`, a bullet or a bracket aside.
  private func isSentenceStart(_ offset: Int) -> Bool {
    if offset == start { return true }
    guard let length = text.bulletLength(at: start) else {
      return offset == start + 1 && text[start] == UInt8(ascii: "(")
    }
    return text.skippingSpace(from: start + length) == offset
  }

  /// Whether a `2)` follows the `1)` whose bracket is at `i`, and neither stands in a row of words.
  private func beginsList(at i: Int) -> Bool {
    guard scanner.rules.isInformal, text[i] == UInt8(ascii: ")") else { return false }
    let limit = min(text.count - 2, i + 400)
    var k = i + 2
    while k < limit {
      if text[k] == UInt8(ascii: "2"), text[k + 1] == UInt8(ascii: ")"), text[k - 1] == 0x20 {
        let before = text.skippingSpace(before: k, notBefore: i)
        let word = text.word(endingAt: before, notBefore: i)
        return text[before - 1] != UInt8(ascii: ",") && text[before - 1] != UInt8(ascii: ";")
          && !scanner.rules.traits(of: word).contains(.join)
      }
      k += 1
    }
    return false
  }
}
