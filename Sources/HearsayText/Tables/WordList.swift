/// The lines of a data file: `#` begins a comment, outer blanks and empty lines do not count.
public func dataLines(_ resource: [UInt8]) -> [[UInt8]] {
  resource.split(separator: 0x0A).compactMap { line in
    guard line.first != UInt8(ascii: "#") else { return nil }
    let end = line.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? line.startIndex
    let start = line[..<end].firstIndex { !$0.isBlank } ?? end
    return start < end ? Array(line[start..<end]) : nil
  }
}

/// A fixed set of words, looked up by a range of a text without a copy; case does not count in ASCII.
public struct WordList: Sendable {
  /// All words, folded, one after the other.
  private var bytes: [UInt8] = []
  private var words: [Range<Int>] = []
  /// Open addressing: the number of a word plus one, or zero. A power of two, at least twice the words.
  private var slots: [UInt16] = []
  private var longest = 0
  /// By the first byte, folded: a bit for each length of the words that begin so. It settles most lookups.
  private var lengths: [UInt64] = Array(repeating: 0, count: 256)

  /// The words of a data file, one a line.
  public init(_ resource: [UInt8]) { self.init(words: dataLines(resource)) }

  public init(words list: [[UInt8]]) {
    let lines = list.prefix(Int(UInt16.max) - 1)
    var size = 16
    while size < 2 * lines.count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for line in lines {
      let folded = line.map(\.folded)
      var slot = Int(truncatingIfNeeded: hash(folded.span, 0..<folded.count)) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(words.count + 1)
      words.append(bytes.count..<bytes.count + folded.count)
      bytes += folded
      longest = max(longest, folded.count)
      lengths[Int(folded[0])] |= Self.bit(ofLength: folded.count)
    }
  }

  /// Whether the bytes `range` of `text`, which must lie in it, are a word of the list.
  public func contains(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool { index(of: text, range) != nil }

  /// The place in the list of the bytes `range` of `text`, which must lie in it.
  public func index(of text: Swift.Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= longest,
      lengths[Int(text[range.lowerBound].folded)] & Self.bit(ofLength: range.count) != 0
    else { return nil }
    var slot = Int(truncatingIfNeeded: hash(text, range)) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if words[index].count == range.count, isSame(words[index], text, range) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  public func contains(_ word: some StringProtocol) -> Bool {
    let word = Array(word.utf8)
    return contains(word.span, 0..<word.count)
  }

  /// Lengths of 63 bytes and more share a bit.
  private static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

  private func isSame(_ word: Range<Int>, _ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    for k in 0..<word.count where bytes[word.lowerBound + k] != text[range.lowerBound + k].folded { return false }
    return true
  }
}

/// FNV-1a of the folded bytes. The lists are fixed and a lookup is no longer than their longest word, so a text cannot
/// make it slow.
private func hash(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt32 {
  var hash: UInt32 = 2_166_136_261
  for i in range { hash = (hash ^ UInt32(text[i].folded)) &* 16_777_619 }
  return hash ^ hash >> 15
}
