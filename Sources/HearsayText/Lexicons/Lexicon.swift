/// Words and phrases with a value each, looked up by token without allocation.
///
/// A source is a text of lines: a phrase, then tab-separated columns. `#` begins a comment line. Case and the kind of
/// apostrophe make no difference.
public struct Lexicon<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var key: UInt32
    /// Where the phrase's folded bytes stand in `bytes`, words parted by one space.
    var start: UInt32
    var count: UInt16
    var words: UInt8
    var value: Value
  }

  /// Open addressing: index + 1 into `entries`, 0 for a free slot.
  private var slots: [UInt32] = []
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// By first word's hash: the most words of a phrase that begins with it.
  private var longest: [UInt32: UInt8] = [:]
  /// A bit for each value of the low bits of a first word's hash: most words are in no phrase, and one look says so.
  private var filter: [UInt64] = Array(repeating: 0, count: 1024)

  /// A lexicon of the lines of `source`. Where a phrase occurs twice, the last counts.
  ///
  /// - Parameter value: The value of a line, from its columns behind the phrase; `nil` leaves the line out.
  public init(_ source: [UInt8], value: (_ columns: [Substring]) -> Value?) {
    let text = String(decoding: source, as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard let phrase = columns.first, let value = value(Array(columns.dropFirst())) else { continue }
      add(Array(phrase.utf8), value)
    }
    rehash()
  }

  /// The number of phrases.
  public var count: Int { entries.count }

  private mutating func add(_ phrase: [UInt8], _ value: Value) {
    let tokens = Tokenizer().tokens(in: phrase.span).filter { $0.kind != .mark }
    guard let first = tokens.first, tokens.count < 256, phrase.count < 1 << 15 else { return }
    let start = bytes.count
    for token in tokens {
      if bytes.count > start { bytes.append(0x20) }
      token.fold(in: phrase.span) { bytes.append($0) }
    }
    let words = UInt8(tokens.count)
    entries.append(
      Entry(
        key: Self.key(tokens[...]), start: UInt32(start), count: UInt16(clamping: bytes.count - start), words: words,
        value: value))
    longest[first.hash] = max(longest[first.hash] ?? 0, words)
    filter[Int(first.hash >> 6 & 1023)] |= 1 << UInt64(first.hash & 63)
  }

  private mutating func rehash() {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    // Backwards, so that the last of two equal phrases is found first.
    for index in entries.indices.reversed() {
      var slot = Int(entries[index].key) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  private static func key(_ tokens: ArraySlice<Token>) -> UInt32 {
    var key: UInt32 = 0
    for token in tokens { key = key &* 0x9E37_79B1 ^ token.hash }
    return key ^ key >> 15
  }

  /// The value of a single word, or `nil`.
  public func value(of token: Token, in text: Swift.Span<UInt8>) -> Value? {
    guard mayContain(token) else { return nil }
    return find(CollectionOfOne(token), Self.key([token]), in: text)
  }

  /// The longest phrase that begins at `tokens[index]`: its value, and how many tokens it takes.
  public func longestMatch(in tokens: [Token], at index: Int, of text: Swift.Span<UInt8>) -> (value: Value, count: Int)?
  {
    guard index < tokens.count, mayContain(tokens[index]), let most = longest[tokens[index].hash] else { return nil }
    var count = min(Int(most), tokens.count - index)
    while count > 0 {
      let part = tokens[index..<index + count]
      if let value = find(part, Self.key(part), in: text) { return (value, count) }
      count -= 1
    }
    return nil
  }

  @inline(__always)
  private func mayContain(_ token: Token) -> Bool {
    token.kind != .mark && filter[Int(token.hash >> 6 & 1023)] & 1 << UInt64(token.hash & 63) != 0
  }

  private func find(_ tokens: some Collection<Token>, _ key: UInt32, in text: Swift.Span<UInt8>) -> Value? {
    var slot = Int(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.key == key, matches(entry, tokens, in: text) { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Whether the tokens, folded, are the entry's bytes: hashes can collide.
  private func matches(_ entry: Entry, _ tokens: some Collection<Token>, in text: Swift.Span<UInt8>) -> Bool {
    guard tokens.count == Int(entry.words) else { return false }
    var position = Int(entry.start)
    let end = position + Int(entry.count)
    var isEqual = true
    var isFirst = true
    for token in tokens {
      if !isFirst { position += 1 }
      isFirst = false
      token.fold(in: text) { byte in
        if position >= end || bytes[position] != byte { isEqual = false }
        position += 1
      }
      guard isEqual else { return false }
    }
    return position == end
  }
}

extension Lexicon where Value == Bool {
  /// A set of words and phrases.
  public init(wordsIn source: [UInt8]) { self.init(source) { _ in true } }

  public func contains(_ token: Token, in text: Swift.Span<UInt8>) -> Bool { value(of: token, in: text) != nil }
}

extension Token {
  /// Calls `body` with the token's bytes in lower case (ASCII letters), apostrophes made straight.
  public func fold(in text: Swift.Span<UInt8>, _ body: (UInt8) -> Void) {
    var i = start
    let end = min(end, text.count)
    while i < end {
      let byte = text[i]
      if byte == 0xE2, i + 2 < end, text[i + 1] == 0x80, text[i + 2] == 0x99 {
        body(UInt8(ascii: "'"))
        i += 3
      } else {
        body(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
        i += 1
      }
    }
  }

  /// Whether two tokens are the same word, whatever their case.
  public func isSameWord(as other: Token, in text: Swift.Span<UInt8>) -> Bool {
    guard hash == other.hash, kind == other.kind, count == other.count else { return false }
    for i in 0..<Int(count) where (text[start + i] ^ text[other.start + i]) & ~0x20 != 0 { return false }
    return true
  }
}
