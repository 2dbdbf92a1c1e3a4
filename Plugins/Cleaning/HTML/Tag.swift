internal import HearsayText

/// The elements that mean something for a page's text. What is not named here is inline and says nothing.
enum Tag: UInt8 {
  case other
  // Inline.
  case a, time, br
  // Blocks.
  case html, head, body, main, article, section, div, p, heading, h1, list, item, quote, pre, table, row, cell, figure
  case header, footer, nav, aside, form, address, block
  // Left out with all that stands in them.
  case caption, skipped, script, title
  // Metadata.
  case meta, link

  /// Whether the element parts the text before it from the text after it.
  var isBlock: Bool { rawValue >= Tag.html.rawValue && rawValue <= Tag.title.rawValue }

  /// Whether the element's text is never part of the page's text.
  var isSkipped: Bool { rawValue >= Tag.skipped.rawValue && rawValue <= Tag.title.rawValue }

  private static let names: [(Tag, [StaticString])] = [
    (.a, ["a"]), (.time, ["time"]), (.br, ["br"]), (.html, ["html"]), (.head, ["head"]), (.body, ["body"]),
    (.main, ["main"]), (.article, ["article"]), (.section, ["section"]), (.div, ["div", "center"]), (.p, ["p"]),
    (.heading, ["h2", "h3", "h4", "h5", "h6"]), (.h1, ["h1"]), (.list, ["ul", "ol", "dl", "menu", "dir"]),
    (.item, ["li", "dt", "dd"]), (.quote, ["blockquote"]), (.pre, ["pre", "listing", "xmp"]), (.table, ["table"]),
    (.row, ["tr"]), (.cell, ["td", "th"]), (.figure, ["figure"]), (.header, ["header", "hgroup"]),
    (.footer, ["footer"]), (.nav, ["nav"]), (.aside, ["aside"]), (.form, ["form", "fieldset"]),
    (.address, ["address"]),
    (
      .block,
      ["tbody", "thead", "tfoot", "caption", "details", "summary", "dialog", "hr", "legend", "option", "search"]
    ),
    (.caption, ["figcaption"]),
    (
      .skipped,
      [
        "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
        "select", "textarea", "button", "input", "map", "applet", "noframes", "noembed", "datalist", "progress",
        "meter", "rp", "rt",
      ]
    ),
    (.script, ["script"]), (.title, ["title"]), (.meta, ["meta"]), (.link, ["link"]),
  ]

  /// By name, in lower case.
  static let named: WordTable<Name, Tag?> = {
    var table: [Name: Tag?] = [:]
    for (tag, names) in names {
      for name in names { table[Name("\(name)")] = tag }
    }
    return WordTable(table, missing: nil, any: Name(""))
  }()
}

/// The name of an element or an attribute as one number: its first eight bytes, and its length.
struct Name: Hashable, TableKey {
  let head: UInt64
  let count: UInt8

  var slotHash: UInt64 { ((head ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15) >> 32 }

  init(_ name: String) {
    var head: UInt64 = 0
    var count: UInt8 = 0
    for byte in name.utf8.prefix(255) {
      if count < 8 { head |= UInt64(byte) << (8 * UInt64(count)) }
      count += 1
    }
    self.head = head
    self.count = count
  }

  /// The name at `range`, in lower case.
  init(_ text: Swift.Span<UInt8>, _ range: Range<Int>) {
    var head: UInt64 = 0
    for (shift, i) in range.prefix(8).enumerated() {
      let byte = text[i]
      head |= UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) << (8 * UInt64(shift))
    }
    self.head = head
    count = UInt8(min(range.count, 255))
  }

  /// The name at `pointer`, which ends in a NUL byte.
  init(_ pointer: UnsafePointer<UInt8>) {
    var head: UInt64 = 0
    var count = 0
    while count < 255 {
      let byte = unsafe pointer[count]
      if byte == 0 { break }
      if count < 8 { head |= UInt64(byte) << (8 * UInt64(count)) }
      count += 1
    }
    self.head = head
    self.count = UInt8(truncatingIfNeeded: count)
  }
}

/// Names in which capitals count.
struct NameSet: Sendable {
  private let names: Set<[UInt8]>

  /// The lines of a data file.
  init(_ resource: [UInt8]) { names = Set(dataLines(resource)) }

  func contains(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    var name: [UInt8] = []
    for i in range { name.append(text[i]) }
    return names.contains(name)
  }
}
