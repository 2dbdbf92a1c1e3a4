/// Phrases, each with the kind of line that it makes, which are looked for at a place; case does not count in ASCII.
struct Phrasebook: Sendable {
  private struct Entry: Sendable {
    var words: [UInt8]
    var kind: LineKind
  }

  /// By first byte.
  private var entries: [[Entry]] = Array(repeating: [], count: 256)
  /// A bit for each three bytes that a phrase begins with, by their hash: most places do not get further.
  private var beginnings: [UInt64] = Array(repeating: 0, count: 64)

  /// Adds a phrase of three bytes or more, folded.
  mutating func add(_ words: [UInt8], _ kind: LineKind) {
    guard words.count >= 3 else { return }
    entries[Int(words[0])].append(Entry(words: words, kind: kind))
    let bit = Self.bit(words[0], words[1], words[2])
    beginnings[bit / 64] |= 1 << UInt64(bit % 64)
  }

  /// The kind of the first phrase that stands at `start` and ends before `end` with a word.
  @inline(__always)
  func kind(
    _ text: Swift.Span<UInt8>, at start: Int, before end: Int, where isFit: (LineKind) -> Bool = { _ in true }
  ) -> LineKind? {
    guard start + 3 <= end else { return nil }
    let bit = Self.bit(text[start], text[start + 1], text[start + 2])
    guard beginnings[bit / 64] >> UInt64(bit % 64) & 1 != 0 else { return nil }
    return entries[Int(text[start].folded)].first { isFit($0.kind) && has(text, $0.words, at: start, before: end) }?
      .kind
  }

  /// From 0 to 4095; the case of a letter makes no difference.
  private static func bit(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
    let bytes = UInt32(a | 0x20) | UInt32(b | 0x20) << 8 | UInt32(c | 0x20) << 16
    return Int((bytes &* 0x9E37_79B1) >> 20)
  }

  private func has(_ text: Swift.Span<UInt8>, _ words: [UInt8], at start: Int, before end: Int) -> Bool {
    guard start + words.count <= end else { return false }
    for k in words.indices where text[start + k].folded != words[k] { return false }
    // The last word must end there: "share this" does not begin "Share thistles".
    let last = words[words.count - 1]
    return !last.isASCIILetter || start + words.count == end || !text[start + words.count].isASCIILetter
  }
}
