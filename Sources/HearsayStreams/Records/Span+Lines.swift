extension Swift.Span<UInt8> {
  func newlines(in range: Range<Int>) -> Int {
    let part = extracting(range)
    var lines = 0
    var start = 0
    while let hit = part.firstOffset(of: UInt8(ascii: "\n"), from: start) {
      lines += 1
      start = hit + 1
    }
    return lines
  }

  /// Whether `range` holds nothing but white space.
  func isBlank(_ range: Range<Int>) -> Bool {
    for i in range where !self[i].isSpace { return false }
    return true
  }
}
