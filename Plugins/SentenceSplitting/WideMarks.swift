import HearsayText

extension SentencePass {
  /// What is not ASCII: returns where to go on.
  mutating func wide(at i: Int) -> Int {
    if text[i] == 0xE2, text.byte(i + 1) == 0x80 {
      // ’ ends nothing by itself; “ and ” only open and close.
      switch text.byte(i + 2) {
      case 0x93, 0x94: return dash(at: i, end: i + 3)
      case 0x90...0x99: return i + 3
      case 0x9C...0x9E:
        noteWideMark(at: i)
        return i + 3
      default: break
      }
    }
    let length = text.scalarLength(at: i)
    // Letters of Latin, Greek and Cyrillic scripts: most of all there is.
    if length == 2, text[i] >= 0xC3, text[i] < 0xD6 { return i + 2 }
    if text.fullMarkLength(at: i) != nil { return fullMark(at: i) }
    if let length = text.scriptMarkLength(at: i) {
      var next = i + length
      while let length = text.closerLength(at: next) { next += length }
      if next >= text.count || text.spaceLength(at: next) != nil { end(at: next) }
      return next
    }
    if text.markLength(at: i) != nil { return terminator(at: i) }
    if text[i] == 0xE2, text.byte(i + 1) == 0x80, text.byte(i + 2) &- 0xA8 < 2 {
      // The separators of lines and paragraphs, U+2028 and U+2029.
      end(at: i)
      return i + 3
    }
    if text.bulletLength(at: i) != nil, i > start, text.spaceLength(before: i) != nil, text[i] != 0xC2 {
      end(at: i)
      return i + length
    }
    noteWideMark(at: i)
    return i + length
  }

  /// A mark of Chinese, Japanese, Amharic or Burmese: ends a sentence but within brackets, and before a particle that
  /// takes what was quoted.
  private mutating func fullMark(at i: Int) -> Int {
    var next = i
    while let length = text.markLength(at: next) { next += length }
    if isInsideBracket(at: next), text.closerLength(at: next) == nil { return next }
    var closes = false
    while let length = text.closerLength(at: next) ?? text.markLength(at: next) {
      if text.closerLength(at: next) != nil { (closes, _) = (true, close(at: next)) }
      next += length
    }
    // と and は and の after 」 go on.
    if closes, text.byte(next) == 0xE3, text.byte(next + 1) == 0x81,
      [0xA8, 0xAF, 0xAE].contains(text.byte(next + 2))
    {
      return next
    }
    end(at: next)
    return next
  }
}
