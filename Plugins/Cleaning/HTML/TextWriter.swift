internal import Hearsay
import HearsayText

/// Writes chosen blocks as text and keeps for every byte where the page holds it.
struct TextWriter {
  private let tree: PageTree
  private let page: [UInt8]
  private var text: [UInt8] = []
  private var runs: [OffsetMap.Run] = []
  private var previous: PageTree.Block?

  init(tree: PageTree, page: [UInt8]) {
    self.tree = tree
    self.page = page
  }

  /// Adds a block after the others, parted by a blank line; items and rows by a line break, cells by a tab.
  mutating func add(_ index: Int) {
    let block = tree.blocks[index]
    let separator = text.isEmpty ? [] : separator(before: block)
    let start = text.count
    text.append(contentsOf: separator)
    let body = text.count
    var hasSpace = false
    var spacePlace: Int?
    for piece in tree.pieces[Int(block.firstPiece)..<Int(block.endPiece)] {
      if piece.count == 0 {
        while text.count > body, text.last == 0x20 { dropLast() }
        if text.count > body, text.last != 0x0A { text.append(0x0A) }
        hasSpace = false
        continue
      }
      let isKept = piece.place >= 0
      let from = isKept ? Int(piece.place) : Int(~piece.place)
      let to = from + Int(piece.count)
      let source = isKept ? page : tree.decoded
      var i = from
      while i < to {
        let width = Self.spaceWidth(source, i, to)
        if width > 0 {
          if !hasSpace { spacePlace = isKept && source[i] == 0x20 ? i : nil }
          hasSpace = true
          i += width
          continue
        }
        let runStart = i
        while i < to, Self.spaceWidth(source, i, to) == 0 { i += 1 }
        if hasSpace, text.count > body, text.last != 0x0A {
          if let spacePlace { keep(spacePlace..<spacePlace + 1, of: page) } else { text.append(0x20) }
        }
        hasSpace = false
        if isKept { keep(runStart..<i, of: page) } else { text.append(contentsOf: tree.decoded[runStart..<i]) }
      }
    }
    while text.count > body, text.last == 0x20 || text.last == 0x0A { dropLast() }
    if text.count == body { text.removeLast(body - start) } else { previous = block }
  }

  func finish() -> (text: [UInt8], map: OffsetMap) {
    (text, OffsetMap(inputCount: page.count, outputCount: text.count, runs: runs))
  }

  private mutating func dropLast() {
    text.removeLast()
    if let run = runs.last, run.output + run.count > text.count {
      runs[runs.count - 1].count -= 1
      if run.count == 1 { runs.removeLast() }
    }
  }

  private mutating func keep(_ range: Range<Int>, of source: [UInt8]) {
    let output = text.count
    text.append(contentsOf: source[range])
    if let last = runs.last, last.output + last.count == output, last.input + last.count == range.lowerBound {
      runs[runs.count - 1].count += range.count
    } else {
      runs.append(OffsetMap.Run(output: output, input: range.lowerBound, count: range.count))
    }
  }

  /// How many bytes of white space begin at `i`: a control character, a space, or a space that does not break.
  private static func spaceWidth(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int {
    let byte = bytes[i]
    if byte <= 0x20 { return 1 }
    return byte == 0xC2 && i + 1 < end && bytes[i + 1] == 0xA0 ? 2 : 0
  }

  private func separator(before block: PageTree.Block) -> [UInt8] {
    guard let previous else { return [0x0A, 0x0A] }
    let a = element(of: previous)
    let b = element(of: block)
    if a.tag == .item, b.tag == .item { return [0x0A] }
    // Cells of data stand on a line for each row, those of a layout are paragraphs.
    if a.tag == .cell, b.tag == .cell, previous.node != block.node, max(previous.weight, block.weight) < 200 {
      return a.parent == b.parent ? [0x09] : [0x0A]
    }
    return [0x0A, 0x0A]
  }

  private func element(of block: PageTree.Block) -> PageTree.Node {
    tree.nodes.indices.contains(Int(block.node))
      ? tree.nodes[Int(block.node)]
      : PageTree.Node(tag: .other, hints: [], parent: -1, firstBlock: 0, endBlock: 0, end: 0)
  }
}
