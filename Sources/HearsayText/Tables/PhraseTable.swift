/// Phrases by the hashes of their words: open addressing over one array of bytes.
@usableFromInline
struct PhraseTable: Sendable {
  private struct Entry: Sendable {
    var key: UInt32
    /// Where the phrase's folded bytes stand in `bytes`, words parted by one space.
    var start: UInt32
    var count: UInt16
    var words: UInt8
  }

  /// Settles most lookups in one cache line.
  private struct Slot: Sendable {
    /// The first eight bytes of the phrase with 0x20 set in each, the first lowest, filled up with zeros.
    var head: UInt64 = 0
    var key: UInt32 = 0
    /// Index + 1 into `entries`; 0 for a free slot.
    var entry: UInt32 = 0
  }

  /// A power of two of them.
  private var slots = [Slot()]
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// By first word's hash: the most words of a phrase that begins with it, if they are more than one.
  private var longest: [UInt32: UInt8] = [:]
  /// A bit for the low bits of each first word's hash: it excludes most words, which begin no phrase, in one read.
  @usableFromInline var filter: [UInt64] = Array(repeating: 0, count: 1024)

  init() {}

  /// Adds the phrase that `range` of `text` is, its index the number of phrases before it.
  ///
  /// - Parameter keepsMarks: Whether marks between its words are part of it: `Ann B. Lee`.
  /// - Returns: Whether the phrase has a word at all.
  mutating func add(_ range: Range<Int>, of text: Swift.Span<UInt8>, keepsMarks: Bool = false) -> Bool {
    var words = Tokenizer().tokens(in: text, range)
    if keepsMarks {
      while words.last?.kind == .mark { words.removeLast() }
      words = Array(words.drop { $0.kind == .mark })
    } else {
      words.removeAll { $0.kind == .mark }
    }
    guard let first = words.first, words.count < 256, range.count < 1 << 15 else { return false }
    let start = bytes.count
    var key: UInt32 = 0
    for word in words {
      if bytes.count > start { bytes.append(0x20) }
      word.fold(in: text) { bytes.append($0) }
      key = Self.step(key, word)
    }
    let count = UInt8(truncatingIfNeeded: words.count)
    entries.append(
      Entry(key: key, start: UInt32(start), count: UInt16(clamping: bytes.count - start), words: count))
    if count > 1 { longest[first.hash] = max(longest[first.hash] ?? 0, count) }
    filter[Int(first.hash >> 6 & 1023)] |= 1 << UInt64(first.hash & 63)
    return true
  }

  /// Makes the slots, once all phrases are there.
  mutating func index() {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    // Backwards, so that the last of two equal phrases is found first.
    for index in entries.indices.reversed() {
      let entry = entries[index]
      var head: UInt64 = 0
      for byte in bytes[Int(entry.start)..<end(of: entry)].prefix(8).reversed() {
        head = head << 8 | UInt64(byte | 0x20)
      }
      var slot = slot(of: entry.key)
      while slots[slot].entry != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Slot(head: head, key: entry.key, entry: UInt32(index + 1))
    }
  }

  private static func step(_ key: UInt32, _ token: Token) -> UInt32 { key &* 0x9E37_79B1 ^ token.hash }

  private func slot(of key: UInt32) -> Int { Int(key ^ key >> 15) & (slots.count - 1) }

  @inlinable @inline(__always)
  func mayBegin(with token: Token) -> Bool {
    token.kind != .mark && filter[Int(token.hash >> 6 & 1023)] & 1 << UInt64(token.hash & 63) != 0
  }

  /// The index of the phrase that is this one word.
  @usableFromInline
  func entry(of token: Token, in text: Swift.Span<UInt8>) -> Int? {
    let key = Self.step(0, token)
    let head = Self.head(of: token, in: text)
    let slots = slots.span
    var slot = slot(of: key)
    while true {
      let here = slots[slot]
      if here.entry == 0 { return nil }
      if here.key == key {
        let index = Int(here.entry) - 1
        // No word has a space, so one that the head holds whole is the phrase.
        if head.map({ $0 == here.head }) ?? isWord(token, entries[index], in: text) { return index }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// The word's bytes, folded, in a slot's form; `nil` for words of eight bytes or more, not ASCII, or at the text's end.
  @inline(__always)
  private static func head(of token: Token, in text: Swift.Span<UInt8>) -> UInt64? {
    guard token.count < 8, token.start + 8 <= text.count else { return nil }
    // Invariant: token.start + 8 <= text.count
    let eight = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: token.start, as: UInt64.self))
    let mask = (1 as UInt64) << UInt64(8 * token.count) - 1
    let word = eight & mask
    // In a token, 0x20 makes no difference to an ASCII byte but for the case of letters.
    return word & 0x8080_8080_8080_8080 == 0 ? word | 0x2020_2020_2020_2020 & mask : nil
  }

  /// Whether the token, folded, is the entry's bytes: hashes can collide.
  private func isWord(_ token: Token, _ entry: Entry, in text: Swift.Span<UInt8>) -> Bool {
    guard entry.words == 1 else { return false }
    guard token.count == UInt32(entry.count) else {
      // A curly apostrophe is longer than the straight one that it is looked up as.
      var position = Int(entry.start)
      return matches(token, from: &position, of: entry, in: text) && position == end(of: entry)
    }
    let start = Int(entry.start)
    for i in 0..<Int(entry.count) {
      let byte = text[token.start + i]
      let folded = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
      if folded != bytes[start + i] { return false }
    }
    return true
  }

  /// The longest phrase that begins at `tokens[start]`, and how many tokens it takes.
  @usableFromInline
  func longestMatch(in tokens: [Token], at start: Int, of text: Swift.Span<UInt8>) -> (entry: Int, count: Int)? {
    var count = min(Int(longest[tokens[start].hash] ?? 1), tokens.count - start)
    while count > 0 {
      let key = tokens[start..<start + count].reduce(0) { Self.step($0, $1) }
      var slot = slot(of: key)
      while slots[slot].entry != 0 {
        let index = Int(slots[slot].entry) - 1
        if slots[slot].key == key, matches(entries[index], tokens[start..<start + count], in: text) {
          return (index, count)
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      count -= 1
    }
    return nil
  }

  private func end(of entry: Entry) -> Int { Int(entry.start) + Int(entry.count) }

  /// Whether the tokens, folded, are the entry's bytes: hashes can collide.
  private func matches(_ entry: Entry, _ tokens: ArraySlice<Token>, in text: Swift.Span<UInt8>) -> Bool {
    guard tokens.count == Int(entry.words) else { return false }
    var position = Int(entry.start)
    for token in tokens {
      if position > Int(entry.start) { position += 1 }
      guard matches(token, from: &position, of: entry, in: text) else { return false }
    }
    return position == end(of: entry)
  }

  private func matches(_ token: Token, from position: inout Int, of entry: Entry, in text: Swift.Span<UInt8>) -> Bool {
    let end = end(of: entry)
    var isEqual = true
    var at = position
    token.fold(in: text) { byte in
      if at >= end || bytes[at] != byte { isEqual = false }
      at += 1
    }
    position = at
    return isEqual
  }
}
