internal import HearsayText

/// What an element's class, id, role and the like say about its text.
struct ElementHints: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// Navigation, menus, headers and footers of a site.
  static let navigation = ElementHints(rawValue: 1 << 1)
  /// Share buttons and follow links.
  static let social = ElementHints(rawValue: 1 << 2)
  /// What readers wrote.
  static let comments = ElementHints(rawValue: 1 << 3)
  /// Links to other articles.
  static let related = ElementHints(rawValue: 1 << 4)
  /// Advertisements, and prompts to subscribe or sign in.
  static let promotion = ElementHints(rawValue: 1 << 5)
  /// Author, date and the like.
  static let byline = ElementHints(rawValue: 1 << 6)
  /// Captions and credits of pictures.
  static let caption = ElementHints(rawValue: 1 << 7)
  /// Cookie, copyright and other legal lines.
  static let legal = ElementHints(rawValue: 1 << 8)
  /// The author's box.
  static let author = ElementHints(rawValue: 1 << 9)
  /// Headline and standfirst.
  static let headline = ElementHints(rawValue: 1 << 10)
  /// The element says itself that it holds the article: itemprop=articleBody.
  static let articleBody = ElementHints(rawValue: 1 << 11)
  /// Words that speak weakly against the text: box, widget, side.
  static let aside = ElementHints(rawValue: 1 << 12)

  /// Not shown unless a script shows it.
  static let hidden = ElementHints(rawValue: 1 << 13)

  static let boilerplate: ElementHints = [
    .navigation, .social, .comments, .related, .promotion, .byline, .caption, .legal, .author, .headline, .aside,
    .hidden,
  ]
}

/// The words of class and id attributes that say what an element is for.
struct HintWords: Sendable {
  private let table: WordTable<UInt64, ElementHints>

  /// The words that ship.
  static let shipped = HintWords(list: PackageResources.html_hint_words_txt)

  /// Reads a list: a line that ends in `:` names the hint of the words after it.
  init(list: [UInt8]) {
    var words: [UInt64: ElementHints] = [:]
    var hints: ElementHints = []
    for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      for word in line.split(separator: UInt8(ascii: " ")) {
        if word.last == UInt8(ascii: ":") {
          hints = Self.names[String(decoding: word.dropLast(), as: UTF8.self)] ?? []
        } else {
          var hash = FNV1a()
          for byte in word { hash.add(UInt64(byte)) }
          words[hash.value, default: []].formUnion(hints)
        }
      }
    }
    table = WordTable(words, missing: [], any: 0)
  }

  private static let names: [String: ElementHints] = [
    "navigation": .navigation, "social": .social, "comments": .comments, "related": .related,
    "promotion": .promotion, "byline": .byline, "caption": .caption, "legal": .legal, "author": .author,
    "headline": .headline, "aside": .aside,
  ]

  /// The hints of all words of a NUL-terminated attribute value.
  func hints(of value: UnsafePointer<UInt8>) -> ElementHints {
    var count = 0
    while count < Self.longest, unsafe value[count] != 0 { count += 1 }
    let buffer = unsafe UnsafeBufferPointer(start: value, count: count)
    return unsafe hints(of: buffer.span, 0..<count)
  }

  /// No more bytes of an attribute value are read.
  private static let longest = 512

  /// The hints of all words of the attribute value at `range`. Words are parted by whatever is no ASCII letter and by a
  /// capital after a small letter.
  func hints(of text: Swift.Span<UInt8>, _ range: Range<Int>) -> ElementHints {
    var found: ElementHints = []
    var hash = FNV1a()
    var length = 0
    var wasSmall = false
    for i in range.prefix(Self.longest) {
      let byte = text[i]
      let letter = byte | 0x20
      let isLetter = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      let isSmall = isLetter && byte == letter
      if length > 0, !isLetter || wasSmall && !isSmall {
        found.formUnion(table[hash.value])
        hash = FNV1a()
        length = 0
      }
      if isLetter {
        hash.add(UInt64(letter))
        length += 1
      }
      wasSmall = isSmall
    }
    if length > 0 { found.formUnion(table[hash.value]) }
    return found
  }
}
