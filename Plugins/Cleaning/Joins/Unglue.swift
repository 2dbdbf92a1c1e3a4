internal import Hearsay

/// Finds the joins of a text in one pass: pairs of neighbouring bytes that a join could have are looked at closely, and
/// all others are passed over.
struct Unglue: Sendable {
  let lexicon: Lexicon
  /// What two neighbouring bytes may be.
  private enum Look: UInt8 {
    case no, stop, colon, quote, capital, word
  }
  private let kinds: InlineArray<256, UInt8>
  /// What to look for, by the kinds of two neighbouring bytes.
  private let looks: InlineArray<64, UInt8>
  /// Function words that may begin a join, by their first byte.
  private let prefixes: [UInt8: [[UInt8]]]
  private let pairs: Set<UInt16>

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    var kinds = InlineArray<256, UInt8>(repeating: Self.other)
    for b in 0..<256 {
      let byte = UInt8(b)
      if byte.isLower { kinds[b] = Self.lower }
      if byte.isUpper { kinds[b] = Self.upper }
      if byte.isHigh { kinds[b] = Self.high }
      if byte.isBlank { kinds[b] = Self.blank }
    }
    for byte in ".!?".utf8 { kinds[Int(byte)] = Self.stop }
    kinds[0x3A] = Self.colon
    kinds[0x22] = Self.quote
    self.kinds = kinds
    var looks = InlineArray<64, UInt8>(repeating: Look.no.rawValue)
    func look(_ first: UInt8, _ second: UInt8, _ look: Look) { looks[Int(first << 3 | second)] = look.rawValue }
    for second in [Self.lower, Self.upper, Self.high, Self.quote, Self.other] { look(Self.stop, second, .stop) }
    for second in [Self.upper, Self.high, Self.quote] { look(Self.colon, second, .colon) }
    for second in [Self.upper, Self.lower, Self.high] { look(Self.quote, second, .quote) }
    for second in [Self.upper, Self.lower] { look(Self.high, second, .quote) }
    look(Self.lower, Self.upper, .capital)
    look(Self.blank, Self.lower, .word)
    self.looks = looks
    let words = dataLines(PackageResources.join_prefixes_txt)
    prefixes = Dictionary(grouping: words.sorted { $0.count > $1.count }) { $0.first ?? 0 }
    pairs = Set(words.filter { $0.count > 1 }.map { UInt16($0[0]) << 8 | UInt16($0[1]) })
  }

  private static let other: UInt8 = 0
  private static let lower: UInt8 = 1
  private static let upper: UInt8 = 2
  private static let stop: UInt8 = 3
  private static let colon: UInt8 = 4
  private static let quote: UInt8 = 5
  private static let high: UInt8 = 6
  private static let blank: UInt8 = 7

  /// The joins in order, each at its own offset.
  func joins(in text: Swift.Span<UInt8>) -> [Join] {
    var joins: [Join] = []
    var reader = JoinReader(lexicon: lexicon)
    let kinds = self.kinds
    let looks = self.looks
    var last = Self.blank
    for i in text.indices {
      let kind = kinds[Int(text[i])]
      let look = looks[Int((last << 3 | kind) & 63)]
      last = kind
      guard look != 0, let look = Look(rawValue: look) else { continue }
      let join: Join? =
        switch look {
        case .no: nil
        case .stop: reader.join(text, behindStop: i - 1)
        case .colon: reader.join(text, behindColon: i - 1)
        case .quote: reader.join(text, behindQuote: i)
        case .capital: reader.join(text, beforeCapital: i)
        case .word: wordJoin(text, at: i, &reader)
        }
      if let join, join.offset > joins.last?.offset ?? 0 { joins.append(join) }
    }
    return joins
  }

  /// A function word that stands against a small word: `described asincluding`.
  private func wordJoin(_ text: Swift.Span<UInt8>, at start: Int, _ reader: inout JoinReader) -> Join? {
    // Most words are out by their first letters or by their length.
    guard start + 5 <= text.count, text[start + 4].isLower, Self.mayBegin(text[start], text[start + 1]) else {
      return nil
    }
    for prefix in prefixes[text[start]] ?? [] {
      var k = 1
      while k < prefix.count, text.byte(start + k) == prefix[k] { k += 1 }
      if k == prefix.count, let join = reader.join(text, wordAt: start, behind: prefix.count) { return join }
    }
    return nil
  }

  /// Whether some prefix begins with the two letters: a coarse, fast test.
  private static func mayBegin(_ a: UInt8, _ b: UInt8) -> Bool {
    switch a {
    case UInt8(ascii: "t"): b == UInt8(ascii: "h") || b == UInt8(ascii: "o")
    case UInt8(ascii: "a"): b == UInt8(ascii: "n") || b == UInt8(ascii: "s") || b == UInt8(ascii: "t")
    case UInt8(ascii: "o"): b == UInt8(ascii: "f") || b == UInt8(ascii: "n")
    case UInt8(ascii: "i"): b == UInt8(ascii: "n")
    case UInt8(ascii: "w"): b == UInt8(ascii: "i")
    case UInt8(ascii: "f"): b == UInt8(ascii: "o") || b == UInt8(ascii: "r")
    case UInt8(ascii: "b"): b == UInt8(ascii: "y")
    default: false
    }
  }
}
