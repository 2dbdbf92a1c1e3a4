/// Lines that belong to the page, not to the story. Only short lines count, and none with a quotation and its cue.
struct Boilerplate: Sendable {
  private var exact: WordList
  private var beginnings: [UInt8: [[UInt8]]] = [:]
  /// By first byte.
  private var pieces: [[[UInt8]]] = Array(repeating: [], count: 256)
  /// Whether a piece begins with the byte: most words do not get further.
  private var beginsPiece: [Bool] = Array(repeating: false, count: 256)
  private let cueVerbs: WordList
  private static let longestLine = 220
  private static let longestBeginning = 140

  init(_ resource: [UInt8], cueVerbs: WordList) {
    self.cueVerbs = cueVerbs
    var exact: [UInt8] = []
    for line in dataLines(resource) where line.count > 2 {
      let words = Array(line.dropFirst(2))
      switch line[0] {
      case UInt8(ascii: "="): exact += words + [0x0A]
      case UInt8(ascii: "<"): beginnings[words[0], default: []].append(words)
      default:
        pieces[Int(words[0])].append(words)
        beginsPiece[Int(words[0])] = true
      }
    }
    self.exact = WordList(exact)
  }

  func matches(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count <= Self.longestLine else { return false }
    var start = line.lowerBound
    var end = line.upperBound
    while start < end, isTrim(text[start]), text[start] != 0x28 { start += 1 }
    while end > start, isTrim(text[end - 1]) { end -= 1 }
    guard start < end else { return isRule(text, line) }
    if exact.contains(text, start..<end) { return true }
    let isListed =
      (line.count <= Self.longestBeginning && begins(text, start..<line.upperBound))
      || holds(text, start..<line.upperBound)
    return isListed && !isQuotation(text, line)
  }

  private func begins(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    (beginnings[text[line.lowerBound].folded] ?? []).contains {
      has(text, $0, at: line.lowerBound, before: line.upperBound)
    }
  }

  private func holds(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    var i = line.lowerBound
    while i < line.upperBound {
      let first = Int(text[i].folded)
      if beginsPiece[first], pieces[first].contains(where: { has(text, $0, at: i, before: line.upperBound) }) {
        return true
      }
      i = text.next(0x20, from: i, to: line.upperBound) + 1
    }
    return false
  }

  private func has(_ text: Swift.Span<UInt8>, _ words: [UInt8], at start: Int, before end: Int) -> Bool {
    guard start + words.count <= end else { return false }
    for k in words.indices where text[start + k].folded != words[k] { return false }
    // The last word must end there: "share this" does not begin "Share thistles".
    let last = words[words.count - 1]
    return !last.isASCIILetter || start + words.count == end || !text[start + words.count].isASCIILetter
  }

  /// Marks and arrows around a line's words: high bytes are `»`, `→`, `•` and their like, or a letter, which no listed
  /// line begins or ends with.
  private func isTrim(_ byte: UInt8) -> Bool {
    !(byte.isASCIILetter || byte.isDigit || byte == 0x3F || byte == 0x29 || byte.isHigh)
  }

  /// A line of dashes, stars or underscores.
  private func isRule(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count >= 3 else { return false }
    for i in line where ![0x2D, 0x2A, 0x5F, 0x3D, 0x7E, 0x20].contains(text[i]) { return false }
    return true
  }

  /// Whether the line holds a quotation mark and a cue.
  private func isQuotation(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    var hasMark = false
    var hasCue = false
    var start = line.lowerBound
    for i in line {
      let byte = text[i]
      if byte.isASCIILetter { continue }
      if byte == 0x22 || text.has("“", at: i) || text.has("«", at: i) { hasMark = true }
      hasCue = hasCue || cueVerbs.contains(text, start..<i)
      start = i + 1
    }
    return hasMark && (hasCue || cueVerbs.contains(text, min(start, line.upperBound)..<line.upperBound))
  }
}
