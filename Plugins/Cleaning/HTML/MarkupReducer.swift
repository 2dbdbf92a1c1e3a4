internal import Hearsay

/// A page without what says nothing about its text: scripts, styles, comments, pictures, most attributes.
///
/// The parser reads a fraction of the page's bytes then, and none that it could not read in linear time: no tag of a
/// million attributes, no NUL byte. What is left stands as it stood, and is found in the page by `segments`.
struct ReducedMarkup {
  /// Bytes from `reduced` on are the page's bytes from `original` on, up to the next segment or inserted bytes.
  struct Segment {
    var reduced: Int
    var original: Int
  }

  fileprivate(set) var bytes: [UInt8] = []
  fileprivate(set) var segments: [Segment] = []
  /// Whether the page has no document around its text: no doctype, html, head or body.
  fileprivate(set) var isFragment = true

  /// - Parameter flatStart: The offset from which on only paragraphs are kept of the markup: behind it the page nests
  ///   too deep.
  init(_ page: [UInt8], words: HintWords, flatStart: Int = .max) {
    var reducer = MarkupReducer(page.span, words: words, flatStart: flatStart)
    self = reducer.run()
  }

  fileprivate init() {}
}

private struct MarkupReducer: ~Escapable {
  private let page: Swift.Span<UInt8>
  private let words: HintWords
  private let flatStart: Int
  private var result = ReducedMarkup()
  private var position = 0
  /// Whether no drawing ends any more, so that many without an end are not searched for one each.
  private var hasNoDrawingEnd = false

  /// A longer attribute is left out: none that says something is.
  private static let longestAttribute = 1 << 16

  /// What becomes of elements that are not copied.
  private enum Treatment {
    /// The tag alone is left out.
    case dropped
    /// The tag says that this is no fragment.
    case document
    /// All up to the end tag is left out.
    case raw, script
    case lineBreak
  }

  private static let treatments: NameTable<Treatment> = NameTable([
    Name("img"): .dropped, Name("source"): .dropped, Name("path"): .dropped, Name("wbr"): .dropped,
    Name("input"): .dropped, Name("track"): .dropped, Name("html"): .document, Name("head"): .document,
    Name("body"): .document, Name("style"): .raw, Name("svg"): .raw, Name("script"): .script,
    Name("br"): .lineBreak,
  ])

  @_lifetime(copy page)
  init(_ page: Swift.Span<UInt8>, words: HintWords, flatStart: Int) {
    self.page = page
    self.words = words
    self.flatStart = flatStart
  }

  mutating func run() -> ReducedMarkup {
    result.bytes.reserveCapacity(page.count / 4)
    var textStart = 0
    while let open = page.offset(of: UInt8(ascii: "<"), from: position) {
      position = open + 1
      guard position < page.count else { break }
      let next = page[position]
      let isEnd = next == UInt8(ascii: "/")
      let nameStart = isEnd ? open + 2 : open + 1
      let isTag = nameStart < page.count && page[nameStart].isLetter
      guard isTag || isEnd || next == UInt8(ascii: "!") || next == UInt8(ascii: "?") else {
        if next == UInt8(ascii: "_") || next == UInt8(ascii: ":") {
          // The parser takes this for a tag, browsers do not.
          copyText(textStart..<open)
          insert("&lt;")
          textStart = position
        }
        continue
      }
      copyText(textStart..<open)
      if isTag {
        copyTag(from: open, nameStart: nameStart, isEnd: isEnd)
      } else {
        skipDeclaration(from: open)
        insert("<!---->")
      }
      textStart = position
    }
    position = page.count
    copyText(textStart..<page.count)
    return result
  }

  // MARK: Copying

  private mutating func copy(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let reduced = result.bytes.count
    if let last = result.segments.last, reduced - last.reduced == range.lowerBound - last.original {
    } else {
      result.segments.append(ReducedMarkup.Segment(reduced: reduced, original: range.lowerBound))
    }
    result.bytes.append(copying: page, range)
  }

  /// Copies text, NUL bytes as spaces: the parser ends at one. White space between tags is cut to one space, and character
  /// references that may do without a semicolon get theirs.
  private mutating func copyText(_ range: Range<Int>) {
    if range.count > 1, range.count < 1_000, range.allSatisfy({ page[$0] <= 0x20 }) {
      result.bytes.append(0x20)
      return
    }
    var start = range.lowerBound
    while let nul = page.offset(of: 0, from: start, to: range.upperBound) {
      copyReferences(start..<nul)
      result.bytes.append(0x20)
      start = nul + 1
    }
    copyReferences(start..<range.upperBound)
  }

  private mutating func copyReferences(_ range: Range<Int>) {
    var start = range.lowerBound
    var next = start
    while let ampersand = page.offset(of: UInt8(ascii: "&"), from: next, to: range.upperBound) {
      var end = ampersand + 1
      while end < range.upperBound, end - ampersand < 8, page[end].isLetter || page[end].isDigit { end += 1 }
      next = end
      let isOpen = end == range.upperBound || page[end] != UInt8(ascii: ";")
      guard isOpen, Self.legacyReferences.contains(page, ampersand + 1..<end) else { continue }
      copy(start..<end)
      insert(";")
      start = end
    }
    copy(start..<range.upperBound)
  }

  private static let legacyReferences = NameSet(PackageResources.legacy_references_txt)

  private mutating func insert(_ text: StaticString) {
    text.withUTF8Buffer { unsafe result.bytes.append(contentsOf: $0) }
  }

  // MARK: Tags

  private mutating func copyTag(from open: Int, nameStart: Int, isEnd: Bool) {
    var end = nameStart
    while end < page.count, page[end].isNameByte { end += 1 }
    let name = Name(page, nameStart..<end)
    position = end
    let treatment = Self.treatments[name]
    switch treatment {
    case .dropped: _ = scanAttributes(copiedFor: nil)
    case .raw, .script:
      let attributes = scanAttributes(copiedFor: nil)
      if !isEnd, !attributes.isSelfClosing || treatment == .script {
        skipRaw(name, isData: attributes.isData && treatment == .script)
      }
    case .lineBreak:
      // Browsers take the end tag for the start tag too.
      _ = scanAttributes(copiedFor: nil)
      insert("<br>")
    case .document, nil:
      if treatment == .document { result.isFragment = false }
      if open < flatStart {
        copy(open..<end)
        _ = scanAttributes(copiedFor: isEnd ? nil : .some(Tag.named[name] ?? .other))
        insert(">")
      } else {
        _ = scanAttributes(copiedFor: nil)
        // Paragraphs do not nest.
        if Tag.named[name]?.isBlock ?? false { insert("<p>") }
      }
    }
  }

  /// Steps behind the `>` of a tag; the attributes that say something on an element `tag` are copied.
  private mutating func scanAttributes(copiedFor tag: Tag?) -> (isSelfClosing: Bool, isData: Bool) {
    var seen: UInt32 = 0
    var isSelfClosing = false
    var isData = false
    while position < page.count {
      let byte = page[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        break
      }
      if byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: "=")
      {
        isSelfClosing = byte == UInt8(ascii: "/")
        position += 1
        continue
      }
      isSelfClosing = false
      let start = position
      while position < page.count, !page[position].endsAttributeName { position += 1 }
      let name = Name(page, start..<position)
      let value = scanValue()
      guard let attribute = Attribute.named[name], position - start <= Self.longestAttribute else { continue }
      let bit: UInt32 = 1 << attribute.rawValue
      if let tag, seen & bit == 0, says(attribute, value, on: tag), page.offset(of: 0, from: start, to: position) == nil
      {
        insert(" ")
        copy(start..<position)
        seen |= bit
      }
      if tag == nil, attribute == .type, ends(value, in: "ld+json") { isData = true }
    }
    return (isSelfClosing, isData)
  }

  /// Whether an attribute says something.
  private func says(_ attribute: Attribute, _ value: Range<Int>, on tag: Tag) -> Bool {
    guard attribute.matters(on: tag) else { return false }
    switch attribute {
    case .class, .id: return !words.hints(of: page, value).isEmpty
    default: return true
    }
  }

  /// Steps behind an attribute's value, if it has one, and gives the value without its quotation marks.
  private mutating func scanValue() -> Range<Int> {
    var next = position
    while next < page.count, page[next] <= 0x20 { next += 1 }
    guard next < page.count, page[next] == UInt8(ascii: "=") else { return position..<position }
    next += 1
    while next < page.count, page[next] <= 0x20 { next += 1 }
    guard next < page.count else {
      position = next
      return next..<next
    }
    let quote = page[next]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let end = page.offset(of: quote, from: next + 1) ?? page.count
      position = min(end + 1, page.count)
      return next + 1..<max(end, next + 1)
    }
    let start = next
    while next < page.count, page[next] > 0x20, page[next] != UInt8(ascii: ">") { next += 1 }
    position = next
    return start..<next
  }

  private func ends(_ range: Range<Int>, in suffix: StaticString) -> Bool {
    let count = suffix.utf8CodeUnitCount
    guard range.count >= count else { return false }
    return (0..<count).allSatisfy { unsafe page[range.upperBound - count + $0] | 0x20 == suffix.utf8Start[$0] | 0x20 }
  }

  /// Steps over the inside of a script, a style or a drawing, and its end tag; a script of data is kept. One that has no
  /// end swallows the page, as in a browser, but for a drawing.
  private mutating func skipRaw(_ name: Name, isData: Bool) {
    let inside = position
    let isDrawing = name == Name("svg")
    guard !isDrawing || !hasNoDrawingEnd else { return }
    let end = endTag(of: name, from: inside)
    if isDrawing, end == nil { hasNoDrawingEnd = true }
    position = end?.upperBound ?? (isDrawing ? inside : page.count)
    guard isData, let end else { return }
    insert("<script type=\"application/ld+json\">")
    copyText(inside..<end.lowerBound)
    insert("</script>")
  }

  /// The next end tag of that name.
  private func endTag(of name: Name, from start: Int) -> Range<Int>? {
    var next = start
    let count = Int(name.count)
    while let open = page.offset(of: UInt8(ascii: "<"), from: next) {
      let nameStart = open + 2
      let nameEnd = nameStart + count
      if nameEnd <= page.count, page[open + 1] == UInt8(ascii: "/"), Name(page, nameStart..<nameEnd) == name {
        let close = page.offset(of: UInt8(ascii: ">"), from: nameEnd).map { $0 + 1 }
        return open..<(close ?? page.count)
      }
      next = open + 1
    }
    return nil
  }

  /// Steps behind a comment, a doctype or the like.
  private mutating func skipDeclaration(from open: Int) {
    let start = open + 2
    guard start + 1 < page.count, page[open + 1] == UInt8(ascii: "!"), page[start] == UInt8(ascii: "-"),
      page[start + 1] == UInt8(ascii: "-")
    else {
      if start < page.count, page[start] | 0x20 == UInt8(ascii: "d") { result.isFragment = false }
      position = page.offset(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? page.count
      return
    }
    // `<!-->` and `<!--->` are comments too.
    var next = start
    while let close = page.offset(of: UInt8(ascii: ">"), from: next) {
      next = close + 1
      let isLong = close >= start + 2
      if isLong, page[close - 1] == UInt8(ascii: "-"),
        page[close - 2] == UInt8(ascii: "-")
          || close >= start + 5 && page[close - 1] == UInt8(ascii: "!") && page[close - 2] == UInt8(ascii: "-")
            && page[close - 3] == UInt8(ascii: "-")
          || close == start + 2
          || close == start + 3
            && page[close - 1] == UInt8(ascii: "-")
      {
        position = next
        return
      }
    }
    position = page.count
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }

  /// Whether the parser takes the byte for a part of an element's name.
  fileprivate var isNameByte: Bool {
    isLetter || self >= 0x30 && self <= 0x3A || self == 0x2D || self == 0x5F || self == 0x2E
  }

  fileprivate var endsAttributeName: Bool {
    self <= 0x20 || self == UInt8(ascii: "=") || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
  }
}

extension Swift.Span<UInt8> {
  /// The offset of the first `byte` in `start..<end`. Eight bytes a step.
  fileprivate func offset(of byte: UInt8, from start: Int, to end: Int = .max) -> Int? {
    var i = start
    let end = Swift.min(end, count)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let pattern = ones &* UInt64(byte)
    let raw = unsafe self.bytes
    while i + 8 <= end {
      let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)) ^ pattern
      let hit = (word &- ones) & ~word & tops
      if hit != 0 { return i + hit.trailingZeroBitCount / 8 }
      i += 8
    }
    while i < end {
      if self[i] == byte { return i }
      i += 1
    }
    return nil
  }
}
