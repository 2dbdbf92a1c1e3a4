internal import Hearsay

/// Openings of lines that are no part of an article: prompts, labels, legal lines.
struct Phrases: Sendable {
  /// In lower case, by first byte.
  private var openings: [[[UInt8]]] = Array(repeating: [], count: 256)
  /// Lines that are boilerplate only as a whole.
  private var lines: Set<[UInt8]> = []

  /// Phrases that count where they stand in the opening of a line with links.
  private var linked: [[UInt8]] = []

  /// Reads a list: a phrase a line, in lower case; one that ends in `$` is a whole line, one that ends in `~` counts
  /// anywhere in the opening of a line with links.
  init(list: [UInt8]) {
    for line in list.split(separator: UInt8(ascii: "\n")) {
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      if line.last == UInt8(ascii: "$") {
        lines.insert(Array(line.dropLast()))
      } else if line.last == UInt8(ascii: "~") {
        linked.append(Array(line.dropLast()))
      } else {
        openings[Int(first)].append(Array(line))
      }
    }
  }

  /// Whether a block begins with one of the phrases, at a word's end, or is one of the lines.
  func begin(_ block: PageTree.Block, of tree: PageTree, page: [UInt8]) -> Bool {
    let text = opening(of: block, tree, page)
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

  /// The block's first bytes in lower case, white space as one space each, leading marks left out.
  private func opening(of block: PageTree.Block, _ tree: PageTree, _ page: [UInt8]) -> [UInt8] {
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
        if text.isEmpty, byte < 0x80, !Self.isWord(byte) { continue }
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
