internal import Hearsay
import HearsayText

/// Chooses the blocks of a page that are its main text.
///
/// Every paragraph has a weight: its letters, less where they are links, less where an element around it says that it is
/// boilerplate. From the root down, the element that holds most of the weight is entered as long as there is one;
/// where elements around the one reached hold more paragraphs and little else, they are taken instead. In the element
/// so found, parts whose markup or wording says boilerplate are left out. All in time linear in the page.
struct MainText {
  let tree: PageTree
  let page: [UInt8]
  let phrases: Phrases
  let titles: [[UInt8]]
  /// Per block, what it weighs as a paragraph, before and after the hints around it.
  var plain: [Float] = []
  var weights: [Float] = []
  /// Sums of the blocks before each; one longer than the blocks.
  var plainSums: [Float] = [0]
  var weightSums: [Float] = [0]
  var junkSums: [Float] = [0]
  var letterSums: [Float] = [0]
  var linkSums: [Float] = [0]
  /// Per node, the hints that count.
  var hints: [ElementHints] = []

  /// Found by search over labelled pages; the result changes little between half and twice each.
  enum Limit {
    /// The share of the weight that a child must hold to be entered.
    static let share: Float = 0.6
    /// The share of weight that an element around must add to be taken, and the junk it may bring for that.
    static let climb: Float = 0.15
    static let junk: Float = 0.8
    /// An element with this share of all paragraphs is no boilerplate, whatever it is called.
    static let forgive: Float = 0.6
    /// The same for what reads as an article does: comments, other articles.
    static let forgiveForeign: Float = 0.9
    /// An element with this share of the chosen paragraphs is kept, whatever it is called.
    static let prune: Float = 0.35
    static let paragraph: Float = 60
    static let longParagraph: Float = 120
  }

  static let foreign: ElementHints = [.comments, .related, .author, .legal, .hidden]

  /// How much a paragraph weighs in an element with each hint.
  private static let factors: [(hint: ElementHints, factor: Float)] = [
    (.comments, 0.1), (.related, 0.1), (.legal, 0.1), (.navigation, 0.25), (.promotion, 0.3), (.social, 0.6),
    (.caption, 0.2), (.author, 0.3), (.aside, 0.6), (.byline, 0.7), (.headline, 0.9), (.hidden, 0.02),
    (.articleBody, 2),
  ]

  /// - Parameter titles: The page's title, as its markup gives it.
  init(_ tree: PageTree, page: [UInt8], phrases: Phrases, titles: [String]) {
    self.tree = tree
    self.page = page
    self.phrases = phrases
    self.titles = titles.map(Phrases.normalized)
    for block in tree.blocks {
      let weight = self.plainWeight(of: block)
      plain.append(weight)
      plainSums.append((plainSums.last ?? 0) + weight)
      letterSums.append((letterSums.last ?? 0) + Float(block.letters))
      linkSums.append((linkSums.last ?? 0) + Float(block.linkLetters))
    }
    weighByHints()
  }

  /// The indices of the chosen blocks, in order.
  func blocks() -> [Int] {
    guard let root = mainNode() else { return fallbackBlocks() }
    let chosen = trimmed(chosen(in: root))
    return chosen.isEmpty ? fallbackBlocks() : chosen
  }

  // MARK: Weights

  private func plainWeight(of block: PageTree.Block) -> Float {
    let letters = Float(block.weight)
    let links = block.linkShare
    let tag = tag(of: block)
    guard letters >= Limit.paragraph, links < 0.5, block.points > 0 || letters > Limit.longParagraph,
      tag != .heading, tag != .h1
    else { return 0 }
    return letters * (1 - links) * (1 - links) * (tag == .item ? 0.5 : 1)
  }

  private mutating func weighByHints() {
    let all = plainSums.last ?? 0
    var factors: [Float] = []
    var isInArticle: [Bool] = []
    factors.reserveCapacity(tree.nodes.count)
    hints.reserveCapacity(tree.nodes.count)
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      var counted = node.countedHints
      let share = sum(plainSums, index)
      if share > Limit.forgive * all { counted.formIntersection(Self.foreign.union(.articleBody)) }
      if share > Limit.forgiveForeign * all { counted.formIntersection(.articleBody) }
      hints.append(counted)
      var factor: Float = node.parent >= 0 ? factors[Int(node.parent)] : 1
      let isNested = node.parent >= 0 && isInArticle[Int(node.parent)]
      isInArticle.append(isNested || node.tag == .article)
      // Articles in an article are comments on it or teasers of others.
      if isNested, node.tag == .article, share <= Limit.forgive * all { factor *= 0.1 }
      if !counted.isDisjoint(with: ElementHints.boilerplate.union(.articleBody)) {
        for (hint, weight) in Self.factors where counted.contains(hint) { factor *= weight }
      }
      factors.append(factor)
    }
    for (index, block) in tree.blocks.enumerated() {
      let weight = plain[index] * (block.node >= 0 ? factors[Int(block.node)] : 1)
      let letters = Float(block.weight)
      weights.append(weight)
      weightSums.append((weightSums.last ?? 0) + weight)
      junkSums.append((junkSums.last ?? 0) + (weight < 0.5 * letters ? letters : 0))
    }
  }

  /// The sum over the blocks in a node.
  func sum(_ sums: [Float], _ node: Int) -> Float {
    sums[Int(tree.nodes[node].endBlock)] - sums[Int(tree.nodes[node].firstBlock)]
  }

  func tag(of block: PageTree.Block) -> Tag { block.node >= 0 ? tree.nodes[Int(block.node)].tag : .other }

  // MARK: The main element

  /// The element that holds the main text; `nil` where nothing on the page is a paragraph.
  private func mainNode() -> Int? {
    guard (weightSums.last ?? 0) > 0, var reached = heaviest(from: 0, to: tree.nodes.count) else { return nil }
    while let child = heaviest(from: reached + 1, to: Int(tree.nodes[reached].end)),
      sum(weightSums, child) >= Limit.share * sum(weightSums, reached), tree.nodes[child].tag.holdsParagraphs
    {
      reached = child
    }
    var root = reached
    var around = Int(tree.nodes[root].parent)
    while around >= 0, tree.nodes[around].tag != .html {
      let weight = sum(weightSums, root)
      let more = sum(weightSums, around) - weight
      let junk = sum(junkSums, around) - sum(junkSums, root)
      if more > Limit.climb * weight, junk < Limit.junk * more { root = around }
      around = Int(tree.nodes[around].parent)
    }
    return root
  }

  /// The heaviest of the sibling nodes in a range of nodes.
  private func heaviest(from start: Int, to end: Int) -> Int? {
    var best: Int?
    var index = start
    while index < end {
      if best.map({ sum(weightSums, index) > sum(weightSums, $0) }) ?? true { best = index }
      index = max(Int(tree.nodes[index].end), index + 1)
    }
    return best
  }

  // MARK: Blocks of the main element

  private func chosen(in root: Int) -> [Int] {
    let node = tree.nodes[root]
    let total = sum(weightSums, root)
    let dropsArticles = hasForeignArticles(in: root)
    // Whether a node lies in a part that is left out, from `root` on.
    var isLeftOut = [Bool](repeating: false, count: max(Int(node.end) - root, 1))
    for index in root + 1..<max(Int(node.end), root + 1) {
      let parent = Int(tree.nodes[index].parent) - root
      isLeftOut[index - root] =
        parent >= 0 && isLeftOut[parent] || leavesOut(index, of: total, dropsArticles: dropsArticles)
    }
    var hasParagraph = false
    var chosen: [Int] = []
    for index in Int(node.firstBlock)..<Int(node.endBlock) {
      let block = tree.blocks[index]
      let inside = Int(block.node) - root
      guard block.weight > 0, inside >= 0, inside < isLeftOut.count, !isLeftOut[inside] else { continue }
      if plain[index] > 0 { hasParagraph = true }
      guard !leavesOut(block, hasParagraph: hasParagraph) else { continue }
      chosen.append(index)
    }
    return chosen
  }

  /// Whether the main element holds articles beside its own: teasers of others.
  private func hasForeignArticles(in root: Int) -> Bool {
    let total = sum(plainSums, root)
    var inArticles: Float = 0
    var largest: Float = 0
    var index = root + 1
    while index < Int(tree.nodes[root].end) {
      if tree.nodes[index].tag == .article {
        let weight = sum(plainSums, index)
        inArticles += weight
        largest = max(largest, weight)
        index = max(Int(tree.nodes[index].end), index + 1)
      } else {
        index += 1
      }
    }
    return total - inArticles > 0.4 * total || largest > 0.4 * total
  }

  /// The text of a page without paragraphs: whatever is no link and no boilerplate, or is no boilerplate, or is there.
  private func fallbackBlocks() -> [Int] {
    let some = tree.blocks.indices.filter { tree.blocks[$0].weight > 0 }
    let text = some.filter { tree.blocks[$0].linkShare < 0.5 && isPlain(tree.blocks[$0]) }
    if !text.isEmpty { return text }
    let plain = some.filter { isPlain(tree.blocks[$0]) }
    return plain.isEmpty ? some : plain
  }

  private func isPlain(_ block: PageTree.Block) -> Bool {
    guard block.node >= 0, Int(block.node) < hints.count else { return true }
    return block.hints.union(hints[Int(block.node)]).isDisjoint(with: .boilerplate)
  }
}

extension PageTree.Block {
  /// The share of the letters that stand in links.
  var linkShare: Float { letters > 0 ? Float(linkLetters) / Float(letters) : 0 }
}

extension PageTree.Node {
  /// The hints less those that are noise on this kind of element, with those of its tag.
  fileprivate var countedHints: ElementHints {
    switch tag {
    case .html, .body: []
    // Publishing systems put the article's topics into the classes of its outermost element.
    case .article, .main: hints.intersection([.articleBody, .related, .comments, .hidden])
    case .p, .heading, .item, .list, .table, .row, .cell, .pre: hints.subtracting([.social, .headline, .aside])
    case .quote: hints.intersection([.comments, .related, .promotion, .hidden])
    case .nav, .footer: hints.union(.navigation)
    case .aside: hints.union(.aside)
    case .caption: hints.union(.caption)
    default: hints
    }
  }
}

extension Tag {
  /// Whether the element may be a page's main element: no paragraph, item or the like by itself.
  fileprivate var holdsParagraphs: Bool {
    switch self {
    case .p, .item, .quote, .heading, .h1, .list: false
    default: true
    }
  }
}
