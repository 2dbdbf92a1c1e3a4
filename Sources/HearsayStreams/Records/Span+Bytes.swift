internal import Hearsay

extension Swift.Span<UInt8> {
  /// The number of line breaks in `range`.
  func countOfLineBreaks(in range: Range<Int>) -> Int {
    let part = extracting(range)
    var count = 0
    var start = 0
    while let lineBreak = part.offset(of: UInt8(ascii: "\n"), from: start) {
      count += 1
      start = lineBreak + 1
    }
    return count
  }

  /// Whether `range` holds nothing but white space.
  func isBlank(_ range: Range<Int>) -> Bool {
    for i in range where !self[i].isSpace { return false }
    return true
  }

  func starts(with prefix: [UInt8]) -> Bool {
    guard prefix.count <= count else { return false }
    for i in prefix.indices where self[i] != prefix[i] { return false }
    return true
  }
}

extension UInt8 {
  /// Whether the byte is white space of ASCII.
  var isSpace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D }
}
