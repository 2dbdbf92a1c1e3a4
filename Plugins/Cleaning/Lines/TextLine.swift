import CByteClasses
import HearsayText

/// One line of a text without its outer blanks.
struct TextLine {
  /// From its first visible byte to after its last.
  var range: Range<Int>
  /// The whole line with its line break, and that of a blank line after it.
  var whole: Range<Int>

  /// Calls `visit` with each line that is not blank.
  static func forEach(in text: Swift.Span<UInt8>, _ visit: (TextLine) -> Void) {
    var start = 0
    text.forEachBlock { block, classes in
      classes.newline.forEachBit { newline in
        // Several line breaks in a row end one line.
        guard block + newline >= start else { return }
        let line = TextLine(text, start, block + newline)
        if !line.range.isEmpty { visit(line) }
        start = line.whole.upperBound
      }
    }
    let last = TextLine(text, start, text.count)
    if !last.range.isEmpty { visit(last) }
  }

  private init(_ text: Swift.Span<UInt8>, _ start: Int, _ end: Int) {
    range = text.trimmed(start..<end)
    var next = end
    while next < text.count, text[next] == 0x0A { next += 1 }
    whole = start..<next
  }
}

extension Swift.Span<UInt8> {
  /// The range without blanks at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var last = range.upperBound
    while last > range.lowerBound, self[last - 1].isBlank { last -= 1 }
    var first = range.lowerBound
    while first < last, self[first].isBlank { first += 1 }
    return first..<last
  }

  /// The pieces of the range between bytes of `mark`, without outer blanks; an empty one is left out.
  func pieces(of range: Range<Int>, partedBy mark: UInt8) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    for i in range where self[i] == mark {
      if i > start { pieces.append(trimmed(start..<i)) }
      start = i + 1
    }
    if range.upperBound > start { pieces.append(trimmed(start..<range.upperBound)) }
    return pieces
  }

  /// A copy of a few bytes as a `String`: for the short lines around a story, not for its text.
  func string(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for i in range { bytes.append(self[i]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
