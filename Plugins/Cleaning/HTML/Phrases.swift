internal import Hearsay
import HearsayText

/// Openings of lines that are no part of an article: prompts, labels, legal lines.
struct Phrases: Sendable {
  /// In lower case, by first byte.
  private var openings: [[[UInt8]]] = Array(repeating: [], count: 256)
  /// Lines that are boilerplate only as a whole.
  private var lines: Set<[UInt8]> = []

  /// Openings that count only before the first paragraph: bylines.
  private var early: [[UInt8]] = []
  /// Phrases that count where they stand in the opening of a line with links.
  private var linked: [[UInt8]] = []

  /// Reads a list: a phrase a line, in lower case; one that ends in `$` is a whole line, one that ends in `~` counts
  /// anywhere in the opening of a line with links, one that ends in `^` before the first paragraph.
  init(list: [UInt8]) {
    for line in list.split(separator: UInt8(ascii: "\n")) {
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      if line.last == UInt8(ascii: "$") {
        lines.insert(Array(line.dropLast()))
      } else if line.last == UInt8(ascii: "~") {
        linked.append(Array(line.dropLast()))
      } else if line.last == UInt8(ascii: "^") {
        early.append(Array(line.dropLast()))
      } else {
        openings[Int(first)].append(Array(line))
      }
    }
  }

  /// Whether a block begins with one of the phrases, at a word's end, or is one of the lines.
  func begin(_ block: PageTree.Block, of tree: PageTree, page: [UInt8]) -> Bool {
    let text = Self.opening(of: block, tree, page)
    guard let first = text.first else { return false }
    for phrase in openings[Int(first)] where text.starts(with: phrase) {
      if text.count == phrase.count || !Self.isWord(text[phrase.count]) || !Self.isWord(phrase[phrase.count - 1]) {
        return true
      }
    }
    if block.linkShare > 0.1, linked.contains(where: { text.holds($0) }) { return true }
    guard text.count < 60 else { return false }
    if !text.contains(0x20), text.contains(UInt8(ascii: "@")) || text.contains(UInt8(ascii: "/")) { return true }
    var line = text[...]
    while let last = line.last, last < 0x30 || last == UInt8(ascii: ":") { line.removeLast() }
    return lines.contains(Array(line))
  }

  /// Whether a block before the first paragraph is a byline or a date: short, without a stop at its end, and begun by
  /// such a phrase or with a year in it.
  func isByline(_ block: PageTree.Block, of tree: PageTree, page: [UInt8]) -> Bool {
    guard block.words <= 12, block.weight < 80, !Self.stops.contains(block.last) else { return false }
    let text = Self.opening(of: block, tree, page)
    if early.contains(where: { text.starts(with: $0) }) { return true }
    var digits = 0
    for byte in text + [0x20] {
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
      } else {
        if digits == 4 { return true }
        digits = 0
      }
    }
    return false
  }

  private static let stops: Set<UInt8> = Set(".!?:\"".utf8)

  /// Whether a block is the page's title, or the start of it.
  func isTitle(_ block: PageTree.Block, among titles: [[UInt8]], of tree: PageTree, page: [UInt8]) -> Bool {
    guard block.words >= 3 || block.weight > 20, block.weight < 300, !titles.isEmpty else { return false }
    let text = Self.opening(of: block, tree, page)
    return titles.contains { $0.starts(with: text) && $0.count < text.count * 3 }
  }

  /// A title as blocks are compared with it.
  static func normalized(_ title: String) -> [UInt8] {
    let bytes = Array(title.utf8)
    var tree = PageTree()
    tree.pieces = [PageTree.Piece(place: 0, count: Int32(truncatingIfNeeded: min(bytes.count, 1_000)))]
    return opening(of: PageTree.Block(node: -1, firstPiece: 0, endPiece: 1), tree, bytes)
  }

  /// The block's first bytes in lower case, white space as one space each, leading marks left out.
  private static func opening(of block: PageTree.Block, _ tree: PageTree, _ page: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var isGap = false
    for piece in tree.pieces[Int(block.firstPiece)..<Int(block.endPiece)] {
      let isKept = piece.place >= 0
      let start = isKept ? Int(piece.place) : Int(~piece.place)
      let source = isKept ? page : tree.decoded
      if piece.count == 0 { isGap = true }
      for i in start..<start + Int(piece.count) {
        let byte = source[i]
        if byte <= 0x20 {
          isGap = true
          continue
        }
        if text.isEmpty, byte < 0x80, !isWord(byte) { continue }
        if isGap, !text.isEmpty { text.append(0x20) }
        isGap = false
        text.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        if text.count >= 64 { return text }
      }
    }
    return text
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
  }
}

extension [UInt8] {
  /// Whether the bytes of `piece` stand in these, which are few.
  fileprivate func holds(_ piece: [UInt8]) -> Bool {
    guard piece.count <= count else { return false }
    return (0...count - piece.count).contains { self[$0...].starts(with: piece) }
  }
}
