import HearsayText

/// Takes the parser's events and builds the page's tree from them, in one pass and in time linear in the page.
struct TreeBuilder {
  /// Deeper nesting is not followed; browsers stop at 512.
  static let maximumDepth = 1_000

  private(set) var tree = PageTree()
  private(set) var markup = PageMarkup()
  private let words: HintWords
  private let tags: WordTable<Name, Tag?>
  /// An element that is open.
  private struct Open {
    var tag: Tag
    var isBlock: Bool
    var node: Int32
    /// Of the inline elements since the last block element.
    var hints: ElementHints
    var inLink: Bool
    var isSkipped: Bool
  }

  private var open: [Open] = []
  private var node: Int32 = -1
  private var block: PageTree.Block?
  private var blockHints: ElementHints = []
  private var breaks = 0
  private var endsInSpace = true
  /// How many elements are open around the element whose text is captured.
  private var captureDepth: Int?

  init(words: HintWords) {
    self.words = words
    tags = Tag.named
    open.reserveCapacity(Self.maximumDepth)
  }

  // MARK: Elements

  /// - Parameters:
  ///   - depth: How many elements are open, this one among them.
  ///   - attributes: Names and values in turn, all NUL-terminated, a value perhaps missing; ends in a null pointer.
  mutating func start(
    _ name: UnsafePointer<UInt8>, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, depth: Int
  ) {
    close(to: depth - 1)
    let tag = unsafe tags[Name(name)] ?? .other
    var element = open.last ?? Open(tag: .other, isBlock: true, node: -1, hints: [], inLink: false, isSkipped: false)
    element.tag = tag
    element.isBlock = tag.isBlock
    defer { open.append(element) }
    if tag == .meta || tag == .link {
      unsafe markup.add(tag, Attributes(attributes))
      return
    }
    if tag == .script || tag == .title {
      unsafe startCapture(tag, Attributes(attributes))
      element.isSkipped = true
      return
    }
    guard !element.isSkipped else { return }
    if tag == .br { return addBreak() }
    let seen = unsafe look(at: tag, Attributes(attributes))
    if seen.isAuthor, captureDepth == nil, markup.byline.isEmpty {
      captureDepth = open.count
      markup.beginByline()
    }
    if tag.isSkipped || !tag.isBlock && seen.hints.contains(.hidden) {
      element.isSkipped = true
      if tag.isBlock, tag != .skipped { closeBlock() }
      return
    }
    if element.isBlock {
      closeBlock()
      element.hints = []
      element.inLink = element.inLink || tag == .a
      element.node = Int32(truncatingIfNeeded: tree.nodes.count)
      tree.nodes.append(
        PageTree.Node(
          tag: tag, hints: seen.hints, parent: node, firstBlock: Int32(truncatingIfNeeded: tree.blocks.count),
          endBlock: 0, end: 0))
      node = element.node
    } else {
      element.hints.formUnion(seen.hints)
      if tag == .a { element.inLink = true }
    }
  }

  mutating func end(depth: Int) { close(to: depth - 1) }

  mutating func finish() {
    close(to: 0)
    closeBlock()
  }

  private mutating func close(to depth: Int) {
    while open.count > max(depth, 0), let element = open.popLast() {
      if captureDepth == open.count { endCapture() }
      guard element.isBlock, !element.isSkipped else { continue }
      closeBlock()
      let index = Int(element.node)
      guard tree.nodes.indices.contains(index) else { continue }
      tree.nodes[index].endBlock = Int32(truncatingIfNeeded: tree.blocks.count)
      tree.nodes[index].end = Int32(truncatingIfNeeded: tree.nodes.count)
      node = tree.nodes[index].parent
    }
  }

  /// What an element's attributes say.
  private mutating func look(at tag: Tag, _ attributes: Attributes) -> (hints: ElementHints, isAuthor: Bool) {
    var hints: ElementHints = []
    var isAuthor = false
    unsafe attributes.forEach { key, value in
      switch key {
      case .class, .id: hints.formUnion(unsafe words.hints(of: value))
      case .itemprop:
        let text = unsafe String(cString: value)
        if text.hasSuffix("rticleBody") || text == "reviewBody" { hints.formUnion(.articleBody) }
        if text == "author" { isAuthor = true }
        if text == "author" || text.hasPrefix("date") { hints.formUnion(.byline) }
        if text == "headline" { hints.formUnion(.headline) }
        if text == "caption" { hints.formUnion(.caption) }
      case .role:
        switch unsafe String(cString: value) {
        case "navigation", "banner", "search", "menu", "menubar", "contentinfo": hints.formUnion(.navigation)
        case "complementary": hints.formUnion(.aside)
        case "dialog", "alertdialog": hints.formUnion(.promotion)
        default: break
        }
      case .hidden: hints.formUnion(.hidden)
      case .style:
        if unsafe TreeBuilder.hides(value) { hints.formUnion(.hidden) }
      case .rel:
        if tag == .a, unsafe String(cString: value) == "author" {
          hints.formUnion(.byline)
          isAuthor = true
        }
      case .datetime:
        if tag == .time { unsafe markup.addTime(String(cString: value)) }
      case .lang:
        if tag == .html { unsafe markup.addLanguage(String(cString: value)) }
      default: break
      }
    }
    if tag == .time { hints.formUnion(.byline) }
    return (hints, isAuthor)
  }

  /// Whether a style attribute says `display: none`.
  private static func hides(_ style: UnsafePointer<UInt8>) -> Bool {
    let wanted: StaticString = "display:none"
    var matched = 0
    var i = 0
    while i < 1_024 {
      let byte = unsafe style[i]
      if byte == 0 { return false }
      i += 1
      if byte == 0x20 { continue }
      let target = unsafe wanted.utf8Start[matched]
      matched = byte | 0x20 == target | 0x20 ? matched + 1 : (byte | 0x20 == UInt8(ascii: "d") ? 1 : 0)
      if matched == wanted.utf8CodeUnitCount { return true }
    }
    return false
  }

  // MARK: Text

  /// - Parameters:
  ///   - text: The characters, decoded.
  ///   - place: Where the page holds the same bytes; `nil` where it does not.
  mutating func characters(_ text: UnsafeBufferPointer<UInt8>, place: Int?) {
    if captureDepth != nil { unsafe markup.capture(text) }
    guard let element = open.last, !element.isSkipped, text.count > 0 else { return }
    var current =
      block ?? PageTree.Block(node: node, firstPiece: Int32(truncatingIfNeeded: tree.pieces.count))
    let before = current.letters
    if block == nil {
      endsInSpace = true
      current.followsBreak = breaks > 1
    }
    var letters: Int32 = 0
    var wide: Int32 = 0
    var wasSpace = endsInSpace
    for i in 0..<text.count {
      let byte = unsafe text[i]
      if byte <= 0x20 {
        wasSpace = true
        continue
      }
      // A space that does not break.
      if byte == 0xA0, i > 0, unsafe text[i - 1] == 0xC2 {
        letters -= 1
        wasSpace = true
        continue
      }
      if byte >= 0xE3, byte <= 0xED { wide += 1 }
      // Continuation bytes belong to a code point that is counted.
      if byte & 0xC0 != 0x80 { letters += 1 }
      if wasSpace { current.words += 1 }
      wasSpace = false
      current.last = byte
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") { current.points += 1 }
    }
    if block == nil, letters == 0 { return }
    endsInSpace = wasSpace
    current.letters = before &+ letters
    current.weight = current.weight &+ letters &+ wide
    if letters > 0 {
      breaks = 0
      if element.inLink { current.linkLetters += letters }
      blockHints = before == 0 ? element.hints : blockHints.intersection(element.hints)
    }
    unsafe append(text, place: place)
    block = current
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, place: Int?) {
    let count = Int32(truncatingIfNeeded: text.count)
    let last = tree.pieces.count - 1
    let isFirst = block == nil
    if let place {
      if !isFirst, last >= 0, tree.pieces[last].count > 0, tree.pieces[last].place >= 0,
        Int(tree.pieces[last].place) + Int(tree.pieces[last].count) == place
      {
        tree.pieces[last].count += count
      } else {
        tree.pieces.append(PageTree.Piece(place: Int32(truncatingIfNeeded: place), count: count))
      }
    } else {
      tree.pieces.append(PageTree.Piece(place: ~Int32(truncatingIfNeeded: tree.decoded.count), count: count))
      unsafe tree.decoded.append(contentsOf: text)
    }
  }

  private mutating func addBreak() {
    breaks += 1
    guard block != nil else { return }
    if breaks > 1 {
      closeBlock()
    } else {
      tree.pieces.append(PageTree.Piece(place: 0, count: 0))
      endsInSpace = true
    }
  }

  private mutating func closeBlock() {
    guard var done = block else {
      breaks = 0
      return
    }
    block = nil
    if breaks < 2 { breaks = 0 }
    done.endPiece = Int32(truncatingIfNeeded: tree.pieces.count)
    done.hints = blockHints
    tree.blocks.append(done)
  }

  // MARK: Captured text

  private mutating func startCapture(_ tag: Tag, _ attributes: Attributes) {
    guard captureDepth == nil else { return }
    if tag == .title, markup.title.isEmpty {
      captureDepth = open.count
      markup.beginTitle()
    } else if tag == .script {
      var isData = false
      unsafe attributes.forEach { key, value in
        if key == .type, unsafe String(cString: value).hasSuffix("ld+json") { isData = true }
      }
      if isData {
        captureDepth = open.count
        markup.beginJSONLD()
      }
    }
  }

  private mutating func endCapture() {
    captureDepth = nil
    markup.endCapture()
  }
}
