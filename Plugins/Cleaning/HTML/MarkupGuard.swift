internal import Hearsay

/// Takes out of a page what a parser cannot read in linear time, byte for byte replaced by spaces so that offsets hold.
enum MarkupGuard {
  /// The parser compares every attribute of a tag with all before it.
  private static let maximumAttributes = 500
  private static let longestCheapTag = 2_048

  /// The page without NUL bytes, at which the parser would end, and without tags of absurdly many attributes; `nil`
  /// where there are none.
  static func harmless(_ page: [UInt8]) -> [UInt8]? {
    var blanks: [Range<Int>] = []
    for range in overlongTags(page.span) { blanks.append(range) }
    let hasNUL = page.contains(0)
    guard hasNUL || !blanks.isEmpty else { return nil }
    var copy = page
    if hasNUL {
      for i in copy.indices where copy[i] == 0 { copy[i] = 0x20 }
    }
    for range in blanks {
      for i in range { copy[i] = 0x20 }
    }
    return copy
  }

  /// The page with all tags behind `start` blanked except those that do not nest: p, br, script and style.
  static func flattened(_ page: [UInt8], from start: Int) -> [UInt8] {
    var copy = page
    var scanner = TagScanner(page.span, from: start)
    while let tag = scanner.next() {
      switch tag.name {
      case Name("p"), Name("br"), Name("script"), Name("style"): break
      default:
        for i in tag.range { copy[i] = 0x20 }
      }
    }
    return copy
  }

  /// The attributes of tags that have too many.
  private static func overlongTags(_ page: Swift.Span<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var scanner = TagScanner(page, from: 0)
    while let tag = scanner.next() {
      if tag.range.count > longestCheapTag, tag.attributes > maximumAttributes {
        found.append(tag.nameEnd..<max(tag.nameEnd, tag.range.upperBound - 1))
      }
    }
    return found
  }
}

/// Finds the tags of a page, stepping over comments and the insides of scripts and styles.
struct TagScanner: ~Escapable {
  struct FoundTag {
    var name: Name
    var range: Range<Int>
    var nameEnd: Int
    /// At least as many as the tag has.
    var attributes: Int
  }

  private let page: Swift.Span<UInt8>
  private var position: Int
  /// The raw text element whose inside comes next.
  private var raw: Name?

  @_lifetime(copy page)
  init(_ page: Swift.Span<UInt8>, from start: Int) {
    self.page = page
    position = min(max(start, 0), page.count)
  }

  mutating func next() -> FoundTag? {
    if let raw { skipRaw(raw) }
    raw = nil
    while let start = find(UInt8(ascii: "<"), from: position) {
      var i = start + 1
      guard i < page.count else { break }
      if page[i] == UInt8(ascii: "!") {
        skipDeclaration(from: i)
        continue
      }
      if page[i] == UInt8(ascii: "/") { i += 1 }
      guard i < page.count, isLetter(page[i]) else {
        position = i
        continue
      }
      let isEnd = i > start + 1
      let nameStart = i
      while i < page.count, isNameByte(page[i]) { i += 1 }
      let name = name(nameStart..<i)
      let (end, attributes) = endOfTag(from: i)
      position = end
      if !isEnd, name == Name("script") || name == Name("style") { raw = name }
      return FoundTag(name: name, range: start..<end, nameEnd: i, attributes: attributes)
    }
    position = page.count
    return nil
  }

  private func find(_ byte: UInt8, from start: Int) -> Int? {
    var i = start
    while i < page.count {
      if page[i] == byte { return i }
      i += 1
    }
    return nil
  }

  private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte >= 0x30 && byte <= 0x3A || byte == 0x2D || byte == 0x5F || byte == 0x2E
  }

  private func name(_ range: Range<Int>) -> Name {
    var letters = ""
    for i in range.prefix(16) { letters.unicodeScalars.append(Unicode.Scalar(page[i] | 0x20)) }
    return Name(letters)
  }

  /// Behind the `>` that ends a tag, or the page's end, and how many attributes may stand in it.
  private func endOfTag(from start: Int) -> (end: Int, attributes: Int) {
    var attributes = 0
    var i = start
    var isBehindEquals = false
    var isBehindGap = true
    while i < page.count {
      let byte = page[i]
      switch byte {
      case UInt8(ascii: ">"): return (i + 1, attributes)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isBehindEquals {
          guard let close = find(byte, from: i + 1) else { return (page.count, attributes) }
          i = close
        }
        isBehindEquals = false
        isBehindGap = true
      case UInt8(ascii: "="): isBehindEquals = true
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "/"): isBehindGap = true
      default:
        if isBehindGap, !isBehindEquals { attributes += 1 }
        isBehindGap = false
        isBehindEquals = false
      }
      i += 1
    }
    return (page.count, attributes)
  }

  private mutating func skipDeclaration(from start: Int) {
    guard start + 2 < page.count, page[start + 1] == UInt8(ascii: "-"), page[start + 2] == UInt8(ascii: "-") else {
      position = find(UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? page.count
      return
    }
    var i = start + 3
    while let close = find(UInt8(ascii: ">"), from: i) {
      i = close + 1
      if close >= start + 5, page[close - 1] == UInt8(ascii: "-"), page[close - 2] == UInt8(ascii: "-") { break }
      if close >= start + 6, page[close - 1] == UInt8(ascii: "!"), page[close - 2] == UInt8(ascii: "-") { break }
    }
    position = find(UInt8(ascii: ">"), from: i) == nil && i < page.count ? max(i, start + 3) : i
  }

  private mutating func skipRaw(_ name: Name) {
    var i = position
    while let open = find(UInt8(ascii: "<"), from: i) {
      let start = open + 2
      if start + Int(name.count) <= page.count, page[open + 1] == UInt8(ascii: "/"),
        self.name(start..<start + Int(name.count)) == name
      {
        position = open
        return
      }
      i = open + 1
    }
    position = page.count
  }
}
