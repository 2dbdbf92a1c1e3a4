internal import Hearsay
import HearsayText

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

  /// - Parameter flatStart: The offset from which on only paragraphs are kept of the markup: after it the page nests
  ///   too deep.
  init(_ page: [UInt8], words: HintWords, flatStart: Int = .max) {
    var reducer = MarkupReducer(page.span, words: words, flatStart: flatStart)
    self = reducer.run()
  }

  fileprivate init() {}
}

struct MarkupReducer: ~Escapable {
  let page: Swift.Span<UInt8>
  let words: HintWords
  private let flatStart: Int
  private var result = ReducedMarkup()
  var position = 0
  /// Whether no drawing ends any more, so that many without an end are not searched for one each.
  private var hasNoDrawingEnd = false

  /// A longer attribute is left out: none that says something is.
  static let longestAttribute = 1 << 16

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

  private static let treatments = WordTable<Name, Treatment?>(
    [
      Name("img"): .dropped, Name("source"): .dropped, Name("path"): .dropped, Name("wbr"): .dropped,
      Name("input"): .dropped, Name("track"): .dropped, Name("html"): .document, Name("head"): .document,
      Name("body"): .document, Name("style"): .raw, Name("svg"): .raw, Name("script"): .script,
      Name("br"): .lineBreak,
    ], missing: nil, any: Name(""))

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
      let isTag = nameStart < page.count && page[nameStart].isASCIILetter
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

  mutating func copy(_ range: Range<Int>) {
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
      while end < range.upperBound, end - ampersand < 8, page[end].isASCIILetter || page[end].isDigit { end += 1 }
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

  mutating func insert(_ text: StaticString) {
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

  /// Moves past a comment, a doctype or the like.
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
  /// Whether the parser takes the byte for a part of an element's name.
  fileprivate var isNameByte: Bool {
    isASCIILetter || self >= 0x30 && self <= 0x3A || self == 0x2D || self == 0x5F || self == 0x2E
  }

  var endsAttributeName: Bool {
    self <= 0x20 || self == UInt8(ascii: "=") || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
  }
}
