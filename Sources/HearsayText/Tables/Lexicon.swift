/// Words and phrases with a value each, looked up by token without allocation.
///
/// A source is a text of lines: a phrase, then tab-separated columns. `#` begins a comment line. Case and the kind of
/// apostrophe make no difference.
public struct Lexicon<Value: Sendable>: Sendable {
  // The table is not generic: a lookup costs the same whatever the value, in whichever module it is compiled.
  @usableFromInline private(set) var table = PhraseTable()
  @usableFromInline private(set) var values: [Value] = []

  init() {}

  /// A lexicon of the lines of `source`. Where a phrase occurs twice, the last counts.
  ///
  /// - Parameter value: The value of a line, from its columns after the phrase; `nil` leaves the line out. It is called once
  ///   for consecutive lines that have the same columns.
  public init(_ source: [UInt8], value: (_ columns: [Substring]) -> Value?) {
    add(linesOf: source, value: value)
    index()
  }

  /// Adds the lines of `source`; `index()` must follow the last.
  ///
  /// - Parameter splitsWords: Whether each word of the first column is a phrase of its own.
  mutating func add(
    linesOf source: [UInt8], splitsWords: Bool = false, value: (_ columns: [Substring]) -> Value?
  ) {
    let bytes = source.span
    var last: (columns: Range<Int>, value: Value?)?
    var start = 0
    while start < bytes.count {
      let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { start = end + 1 }
      if start == end || bytes[start] == UInt8(ascii: "#") { continue }
      let tab = source[start..<end].firstIndex(of: UInt8(ascii: "\t")) ?? end
      let columns = tab..<end
      if last.map({ source[$0.columns] != source[columns] }) ?? true {
        let text = String(decoding: source[columns].dropFirst(), as: UTF8.self)
        last = (columns, value(tab < end ? text.split(separator: "\t", omittingEmptySubsequences: false) : []))
      }
      guard let value = last?.value else { continue }
      if splitsWords {
        for word in source[start..<tab].split(separator: UInt8(ascii: " ")) {
          add(word.startIndex..<word.endIndex, of: bytes, value)
        }
      } else {
        add(start..<tab, of: bytes, value)
      }
    }
  }

  private mutating func add(_ range: Range<Int>, of text: Swift.Span<UInt8>, _ value: Value) {
    if table.add(range, of: text) { values.append(value) }
  }

  /// Makes the lexicon ready for lookups.
  mutating func index() { table.index() }

  /// A lexicon of phrases, each with its value; marks between the words of a phrase are part of it. Where one occurs twice,
  /// the last counts.
  public init(phrases: [(phrase: String, value: Value)]) {
    for (phrase, value) in phrases {
      let bytes = Array(phrase.utf8)
      if table.add(0..<bytes.count, of: bytes.span, keepsMarks: true) { values.append(value) }
    }
    index()
  }

  /// The number of phrases.
  public var count: Int { values.count }

  /// The value of a single word, or `nil`.
  @inlinable
  public func value(of token: Token, in text: Swift.Span<UInt8>) -> Value? {
    guard table.mayBegin(with: token), let entry = table.entry(of: token, in: text) else { return nil }
    return values[entry]
  }

  /// The longest phrase that begins at `tokens[index]`: its value, and how many tokens it takes.
  @inlinable
  public func longestMatch(in tokens: [Token], at index: Int, of text: Swift.Span<UInt8>) -> (value: Value, count: Int)?
  {
    guard index < tokens.count, table.mayBegin(with: tokens[index]),
      let match = table.longestMatch(in: tokens, at: index, of: text)
    else { return nil }
    return (values[match.entry], match.count)
  }
}

extension Lexicon where Value == Bool {
  /// A set of words and phrases.
  public init(wordsIn source: [UInt8]) { self.init(source) { _ in true } }

  @inlinable
  public func contains(_ token: Token, in text: Swift.Span<UInt8>) -> Bool { value(of: token, in: text) != nil }
}

extension Token {
  /// Calls `body` with the token's bytes in lower case (ASCII letters), apostrophes made straight.
  @inlinable
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
}
