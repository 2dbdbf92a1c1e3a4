internal import Hearsay
internal import HearsayText

/// Finds the joins of a text in one pass: where a join could be, the two neighbouring bytes say of what kind it would be
/// and which rule applies.
struct MissingSpaceRepair: Sendable {
  let lists: CleaningLists
  /// What two neighbouring bytes may be.
  private enum Look: UInt8 {
    case no, stop, colon, quote, capital, word
  }
  private let kinds: [UInt8]
  /// What to look for, by the kinds of two neighbouring bytes.
  private let looks: [UInt8]
  /// Function words that may begin a join, the longest first.
  private let prefixes: [[UInt8]]
  private let beginnings: WordBeginnings

  init(lists: CleaningLists) {
    self.lists = lists
    var kinds = [UInt8](repeating: Self.other, count: 256)
    for b in 0..<256 {
      let byte = UInt8(b)
      if byte.isLower { kinds[b] = Self.lower }
      if byte.isUpper { kinds[b] = Self.upper }
      if byte.isNonASCII { kinds[b] = Self.high }
      if byte.isBlank { kinds[b] = Self.blank }
    }
    for byte in ".!?".utf8 { kinds[Int(byte)] = Self.stop }
    kinds[0x3A] = Self.colon
    kinds[0x22] = Self.quote
    self.kinds = kinds
    var looks = [UInt8](repeating: Look.no.rawValue, count: 64)
    func look(_ first: UInt8, _ second: UInt8, _ look: Look) { looks[Int(first << 3 | second)] = look.rawValue }
    for second in [Self.lower, Self.upper, Self.high, Self.quote, Self.other] { look(Self.stop, second, .stop) }
    for second in [Self.upper, Self.high, Self.quote] { look(Self.colon, second, .colon) }
    for second in [Self.upper, Self.lower, Self.high] { look(Self.quote, second, .quote) }
    for second in [Self.upper, Self.lower] { look(Self.high, second, .quote) }
    look(Self.lower, Self.upper, .capital)
    look(Self.blank, Self.lower, .word)
    self.looks = looks
    prefixes = dataLines(Language.english.cleaningList("join-prefixes")).filter { $0.count > 1 }.sorted {
      $0.count > $1.count
    }
    beginnings = WordBeginnings(prefixes)
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
  func joins(in text: Swift.Span<UInt8>) -> [MissingSpace] {
    var joins: [MissingSpace] = []
    var reader = MissingSpaceFinder(lists: lists)
    text.forEachMissingSpaceCandidate(with: beginnings) { i in
      if let join = join(text, at: i, &reader), join.offset > joins.last?.offset ?? 0 { joins.append(join) }
    }
    return joins
  }

  /// The join that the bytes before and after `i` may make.
  @inline(__always)
  func join(_ text: Swift.Span<UInt8>, at i: Int, _ reader: inout MissingSpaceFinder) -> MissingSpace? {
    guard i > 0 else { return nil }
    let pair = kinds[Int(text[i - 1])] << 3 | kinds[Int(text[i])]
    switch Look(rawValue: looks[Int(pair)]) {
    case .no, nil: return nil
    case .stop: return reader.join(text, behindStop: i - 1)
    case .colon: return reader.join(text, behindColon: i - 1)
    case .quote: return reader.join(text, behindQuote: i)
    case .capital: return reader.join(text, beforeCapital: i)
    case .word: return wordJoin(text, at: i, &reader)
    }
  }

  /// A function word that stands against a small word: `shown asduring`.
  private func wordJoin(_ text: Swift.Span<UInt8>, at start: Int, _ reader: inout MissingSpaceFinder) -> MissingSpace? {
    for prefix in prefixes where prefix[0] == text[start] {
      var k = 1
      while k < prefix.count, text.byte(start + k) == prefix[k] { k += 1 }
      if k == prefix.count, let join = reader.join(text, wordAt: start, after: prefix.count) { return join }
    }
    return nil
  }
}
