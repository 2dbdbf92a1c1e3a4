import HearsayText

/// Phrases, each with the kind of line that it makes, which are looked for at a place; case does not count in ASCII.
struct Phrasebook: Sendable {
  /// A phrase, folded.
  struct Phrase: Sendable {
    var words: [UInt8]
    var kind: LineKind
  }

  /// By first byte.
  private var entries: [[Phrase]] = Array(repeating: [], count: 256)
  /// The beginnings of the phrases: most places need no other lookup.
  private var beginnings = BloomFilter()
  /// Of the eight bytes of a beginning, those that all phrases have which are shorter; 0 where none is.
  private let short: UInt64

  init(_ phrases: [Phrase]) {
    let shortest = phrases.map(\.words.count).min() ?? 8
    short = shortest < 8 ? (1 << UInt64(8 * shortest)) &- 1 : 0
    for phrase in phrases where !phrase.words.isEmpty {
      entries[Int(phrase.words[0])].append(phrase)
      let word = Self.beginning(phrase.words.span, at: 0)
      beginnings.insert(Self.hash(phrase.words.count < 8 ? word & short : word))
    }
  }

  /// The kind of the first phrase that stands at `start` and ends before `end` with a word.
  @inline(__always)
  func kind(
    _ text: Swift.Span<UInt8>, at start: Int, before end: Int, where isFit: (LineKind) -> Bool = { _ in true }
  ) -> LineKind? {
    let word = Self.beginning(text, at: start)
    guard isBeginning(word) || short != 0 && isBeginning(word & short) else { return nil }
    return entries[Int(text.byte(start).folded)]
      .first { isFit($0.kind) && has(text, $0.words, at: start, before: end) }?.kind
  }

  /// Eight bytes in which the case of a letter makes no difference.
  @inline(__always) private static func beginning(_ text: Swift.Span<UInt8>, at start: Int) -> UInt64 {
    text.eightBytes(at: start).word | 0x2020_2020_2020_2020
  }

  @inline(__always) private func isBeginning(_ word: UInt64) -> Bool {
    beginnings.mayContain(Self.hash(word))
  }

  /// Of twelve bits, as many as the filter distinguishes.
  @inline(__always) private static func hash(_ word: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }

  private func has(_ text: Swift.Span<UInt8>, _ words: [UInt8], at start: Int, before end: Int) -> Bool {
    guard start + words.count <= end else { return false }
    for k in words.indices where text[start + k].folded != words[k] { return false }
    // The last word must end there: "share this" does not begin "Share thistles".
    let last = words[words.count - 1]
    return !last.isASCIILetter || start + words.count == end || !text[start + words.count].isASCIILetter
  }
}
