import HearsayText

/// The caption of a picture ends in its credit: `The bridge in March. (AP Photo/Ann Lee)`,
/// `A view of the bridge, March 3. Photograph: Ann Lee/Reuters`.
enum Caption {
  /// No credit is longer, in bytes.
  private static let longestTail = 90

  /// Where a credit may stand in a line that goes before it: in brackets at the end, after the last bar, or after the
  /// last full stop that has a blank after it.
  static func tail(of text: Swift.Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    var end = line.upperBound
    if text[end - 1] == 0x2E { end -= 1 }
    let first = max(line.lowerBound, end - longestTail)
    guard end > first, LineMarks(text, first..<end).hasCreditMark else { return nil }
    let open: UInt8? = text[end - 1] == 0x29 ? 0x28 : text[end - 1] == 0x5D ? 0x5B : nil
    var i = end - 1
    while i > first {
      i -= 1
      if let open {
        if text[i] == open { return i > line.lowerBound ? i..<end : nil }
      } else if text[i] == 0x20, i > line.lowerBound, endsSentence(text, before: i) {
        return i + 1..<end
      }
    }
    return nil
  }

  /// Whether a bar or a full stop, perhaps in a quotation mark, stands before a blank.
  private static func endsSentence(_ text: Swift.Span<UInt8>, before blank: Int) -> Bool {
    let last = text[blank - 1]
    if last == 0x2E || last == 0x7C { return true }
    if last == 0x22 { return text.byte(blank - 2) == 0x2E }
    return last == 0x9D && text.byte(blank - 4) == 0x2E && text.has("”", at: blank - 3)
  }
}
