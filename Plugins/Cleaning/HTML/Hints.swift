/// What an element's class, id, role and the like say about its text.
struct Hints: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// Navigation, menus, headers and footers of a site.
  static let navigation = Hints(rawValue: 1 << 1)
  /// Share buttons and follow links.
  static let social = Hints(rawValue: 1 << 2)
  /// What readers wrote.
  static let comments = Hints(rawValue: 1 << 3)
  /// Links to other articles.
  static let related = Hints(rawValue: 1 << 4)
  /// Advertisements, and prompts to subscribe or sign in.
  static let promotion = Hints(rawValue: 1 << 5)
  /// Author, date and the like.
  static let byline = Hints(rawValue: 1 << 6)
  /// Captions and credits of pictures.
  static let caption = Hints(rawValue: 1 << 7)
  /// Cookie, copyright and other legal lines.
  static let legal = Hints(rawValue: 1 << 8)
  /// The author's box.
  static let author = Hints(rawValue: 1 << 9)
  /// Headline and standfirst.
  static let headline = Hints(rawValue: 1 << 10)
  /// The element says itself that it holds the article: itemprop=articleBody.
  static let articleBody = Hints(rawValue: 1 << 11)
  /// Words that speak weakly against the text: box, widget, side.
  static let aside = Hints(rawValue: 1 << 12)

  /// Not shown unless a script shows it.
  static let hidden = Hints(rawValue: 1 << 13)

  static let boilerplate: Hints = [
    .navigation, .social, .comments, .related, .promotion, .byline, .caption, .legal, .author, .headline, .aside,
    .hidden,
  ]
}

/// The words of class and id attributes that say what an element is for.
struct HintWords: Sendable {
  /// By a word's hash; open addressing, a power of two in size.
  private var slots: [Slot]
  private let mask: Int

  private struct Slot: Sendable {
    var hash: UInt64
    var hints: Hints
  }

  /// Reads a list: a line that ends in `:` names the hint that the words behind it give.
  init(list: [UInt8]) {
    var words: [(UInt64, Hints)] = []
    var hints: Hints = []
    for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      for word in line.split(separator: UInt8(ascii: " ")) {
        if word.last == UInt8(ascii: ":") {
          hints = Self.names[String(decoding: word.dropLast(), as: UTF8.self)] ?? []
        } else {
          words.append((Self.hash(word), hints))
        }
      }
    }
    var size = 64
    while size < words.count * 4 { size *= 2 }
    slots = Array(repeating: Slot(hash: 0, hints: []), count: size)
    mask = size - 1
    for (hash, hints) in words {
      var index = Int(truncatingIfNeeded: hash) & mask
      while slots[index].hash != 0, slots[index].hash != hash { index = (index + 1) & mask }
      slots[index].hash = hash
      slots[index].hints.formUnion(hints)
    }
  }

  private static let names: [String: Hints] = [
    "navigation": .navigation, "social": .social, "comments": .comments, "related": .related,
    "promotion": .promotion, "byline": .byline, "caption": .caption, "legal": .legal, "author": .author,
    "headline": .headline, "aside": .aside,
  ]

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  private static func finish(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 29) | 1 }

  private static func hash(_ word: some Sequence<UInt8>) -> UInt64 { finish(word.reduce(seed, step)) }

  private func hints(of hash: UInt64) -> Hints {
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].hash != 0 {
      if slots[index].hash == hash { return slots[index].hints }
      index = (index + 1) & mask
    }
    return []
  }

  /// The hints of all words of a NUL-terminated attribute value.
  func hints(of value: UnsafePointer<UInt8>) -> Hints {
    var count = 0
    while count < Self.longest, unsafe value[count] != 0 { count += 1 }
    let buffer = unsafe UnsafeBufferPointer(start: value, count: count)
    return unsafe hints(of: buffer.span, 0..<count)
  }

  /// An attribute value is read so far.
  private static let longest = 512

  /// The hints of all words of the attribute value at `range`. Words are parted by whatever is no ASCII letter and by a
  /// capital behind a small letter.
  func hints(of text: Swift.Span<UInt8>, _ range: Range<Int>) -> Hints {
    var found: Hints = []
    var hash = Self.seed
    var length = 0
    var wasSmall = false
    for i in range.prefix(Self.longest) {
      let byte = text[i]
      let letter = byte | 0x20
      let isLetter = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      let isSmall = isLetter && byte == letter
      if length > 0, !isLetter || wasSmall && !isSmall {
        found.formUnion(hints(of: Self.finish(hash)))
        hash = Self.seed
        length = 0
      }
      if isLetter {
        hash = Self.step(hash, letter)
        length += 1
      }
      wasSmall = isSmall
    }
    if length > 0 { found.formUnion(hints(of: Self.finish(hash))) }
    return found
  }
}
