import HearsayText

/// Lines that are share buttons run together: `Share Tweet Email`, `Facebook | WhatsApp | Copy link`, `Share 1.2K`.
struct ShareBar: Sendable {
  /// Networks and what one does there: no line is a bar without one.
  private let strong: WordList
  /// What stands with them.
  private let weak: WordList
  private static let longestLine = 160

  /// - Parameter resource: A word a line, `!` before those without which no line is a bar.
  init(_ resource: [UInt8]) {
    let words = dataLines(resource)
    func list(_ words: [[UInt8]]) -> WordList { WordList(Array(words.joined(separator: [0x0A]))) }
    strong = list(words.filter { $0[0] == UInt8(ascii: "!") }.map { Array($0.dropFirst()) })
    weak = list(words.filter { $0[0] != UInt8(ascii: "!") })
  }

  func matches(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count <= Self.longestLine else { return false }
    var words = 0
    var hasStrong = false
    var i = line.lowerBound
    while i < line.upperBound {
      let start = i
      while i < line.upperBound, text[i].isASCIILetter || text[i] == 0x2D && i > start { i += 1 }
      if i > start {
        words += 1
        if strong.contains(text, start..<i) {
          hasStrong = true
        } else if !weak.contains(text, start..<i) {
          return false
        }
      } else {
        // Numbers and marks may stand anywhere; a sentence's end, a question or a letter of another script may not.
        if text[i] == 0x3F || text[i] == 0x22 || (0xC3..<0xE2).contains(text[i]) { return false }
        i += 1
      }
    }
    return hasStrong && words > 1
  }
}
