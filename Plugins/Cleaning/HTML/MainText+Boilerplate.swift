/// What of the main element is no text: parts whose markup or wording says boilerplate.
extension MainText {
  func leavesOut(_ index: Int, of total: Float, dropsArticles: Bool) -> Bool {
    let node = tree.nodes[index]
    if node.tag == .caption { return true }
    guard sum(weightSums, index) < Limit.prune * total else { return false }
    let weight = sum(plainSums, index)
    switch node.tag {
    case .nav, .footer, .aside, .form, .header, .address: return true
    case .article where dropsArticles: return true
    case .list where linkShare(of: index) > 0.4: return true
    default: break
    }
    let hints = hints[index].intersection(.boilerplate)
    guard !hints.isEmpty else { return false }
    // Words such as "widget" or "box" stand on embedded text too.
    if hints == .aside, weight > 0, linkShare(of: index) < 0.25 { return false }
    // A long paragraph of its own is text, whatever its class is made of.
    return !(node.tag == .p && weight > 150 && hints.isDisjoint(with: [.promotion, .hidden]))
  }

  /// The share of an element's letters that stand in links.
  private func linkShare(of node: Int) -> Float {
    let letters = sum(letterSums, node)
    return letters > 0 ? sum(linkSums, node) / letters : 0
  }

  func leavesOut(_ block: PageTree.Block, hasParagraph: Bool) -> Bool {
    let tag = tag(of: block)
    if !hasParagraph,
      isInFirstHeading(block) || phrases.isByline(block, of: tree, page: page)
        || phrases.isTitle(block, among: titles, of: tree, page: page)
    {
      return true
    }
    var hints = block.hints.intersection(.boilerplate).subtracting(.social)
    // After the first paragraph, titles are sub-headings.
    if hasParagraph { hints.subtract([.headline, .aside]) }
    if !hints.isEmpty, block.weight < 100 { return true }
    if block.linkShare > 0.8 { return tag != .p || block.words > 5 }
    if block.linkShare > 0.5, tag != .p, block.words < 15 { return true }
    return block.weight < 250 && phrases.begin(block, of: tree, page: page)
  }

  private func isInFirstHeading(_ block: PageTree.Block) -> Bool {
    var node = Int(block.node)
    var steps = 0
    while node >= 0, steps < 4 {
      if tree.nodes[node].tag == .h1 { return true }
      node = Int(tree.nodes[node].parent)
      steps += 1
    }
    return false
  }

  /// The blocks without headings at the end: what stood under them was left out.
  func trimmed(_ blocks: [Int]) -> [Int] {
    var blocks = blocks
    while let last = blocks.last, tag(of: tree.blocks[last]) == .heading || tree.blocks[last].last == UInt8(ascii: ":")
    {
      blocks.removeLast()
    }
    return blocks
  }
}
