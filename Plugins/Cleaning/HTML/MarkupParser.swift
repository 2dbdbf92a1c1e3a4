import HearsayText

internal import CLibXML2

/// Why a page could not be parsed.
enum PageError: Error, Hashable, CustomStringConvertible {
  /// The parser counts in 32 bits.
  case tooLarge(bytes: Int)
  case outOfMemory

  var description: String {
    switch self {
    case .tooLarge(let bytes): "the page has \(bytes) bytes, more than 1 GB"
    case .outOfMemory: "the HTML parser found no memory"
    }
  }
}

/// What the parser makes of a page.
struct ParsedPage {
  var tree: PageTree
  var markup: PageMarkup
  /// Whether the page has no document around its text.
  var isFragment: Bool
}

/// Runs libxml2's HTML parser over a page and hands its events to a `TreeBuilder`.
///
/// Everything that is unsafe about the C library is in this file: the handlers get a pointer to a `State` that outlives
/// the parse, and a pointer that the parser passes is read during the call only.
struct MarkupParser {
  /// What the handlers work on.
  @unsafe private struct State {
    var builder: TreeBuilder
    var context: xmlParserCtxtPtr
    let page: UnsafeBufferPointer<UInt8>
    let segments: [ReducedMarkup.Segment]
    /// The segment that the last characters stood in; the parser only moves forward.
    var segment = 0
    let maximumDepth: Int
    /// Where the nesting became too deep, and the parser was stopped.
    var tooDeepAt: Int?

    init(
      builder: TreeBuilder, context: xmlParserCtxtPtr, page: UnsafeBufferPointer<UInt8>,
      segments: [ReducedMarkup.Segment], maximumDepth: Int
    ) {
      unsafe self.maximumDepth = maximumDepth
      unsafe self.builder = builder
      unsafe self.context = unsafe context
      unsafe self.page = unsafe page
      unsafe self.segments = segments
    }

    /// Where in the page the byte at `offset` of the parser's input comes from, if it was not inserted.
    mutating func origin(of offset: Int) -> Int {
      while unsafe segment + 1 < segments.count && segments[segment + 1].reduced <= offset { unsafe segment += 1 }
      guard unsafe segment < segments.count else { return -1 }
      return unsafe segments[segment].original + offset - segments[segment].reduced
    }

    /// How far the parser has read, in bytes of its input.
    var position: Int {
      guard let input = unsafe context.pointee.input, let base = unsafe input.pointee.base,
        let current = unsafe input.pointee.cur
      else { return 0 }
      return unsafe Int(truncatingIfNeeded: input.pointee.consumed) + (current - base)
    }

    /// The parser hands over text in parts of this many bytes, a few more, or the rest: HTML_PARSER_BIG_BUFFER_SIZE.
    private static let partLength = 1_000

    /// Whether the page holds `text` at `place`.
    private func holds(_ text: UnsafePointer<UInt8>, _ count: Int, at place: Int) -> Bool {
      guard place >= 0, unsafe place + count <= page.count else { return false }
      var differences: UInt8 = 0
      for i in 0..<count { unsafe differences |= text[i] ^ page[place + i] }
      return differences == 0
    }

    mutating func characters(_ text: UnsafePointer<UInt8>, _ count: Int) {
      // After a part of a long text, the parser stands at the part's last character, else after the text.
      var last = count - 1
      while last > 0, unsafe text[last] & 0xC0 == 0x80 { last -= 1 }
      let isPart = unsafe count >= Self.partLength
      let starts = unsafe (position - count, position - last)
      var place = unsafe origin(of: isPart ? starts.1 : starts.0)
      if unsafe !holds(text, count, at: place) { unsafe place = origin(of: isPart ? starts.0 : starts.1) }
      let isKept = unsafe holds(text, count, at: place)
      unsafe builder.characters(UnsafeBufferPointer(start: text, count: count), place: isKept ? place : nil)
    }
  }

  /// Initialises libxml2, once. It must be done before two threads make their first parser: they may otherwise wait for
  /// each other forever.
  private static let initialized: Void = xmlInitParser()

  /// Parses `page`, which must be valid UTF-8.
  static func parse(_ page: [UInt8], words: HintWords) throws(PageError) -> ParsedPage {
    guard page.count <= 1 << 30 else { throw .tooLarge(bytes: page.count) }
    initialized
    var reduced = ReducedMarkup(page, words: words)
    var state = try unsafe run(reduced, page: page, words: words)
    if let tooDeepAt = unsafe state.tooDeepAt {
      reduced = ReducedMarkup(page, words: words, flatStart: tooDeepAt)
      unsafe state = try unsafe run(reduced, page: page, words: words, maximumDepth: .max)
    }
    return unsafe ParsedPage(tree: state.builder.tree, markup: state.builder.markup, isFragment: reduced.isFragment)
  }

  private static func run(
    _ reduced: ReducedMarkup, page: [UInt8], words: HintWords, maximumDepth: Int = TreeBuilder.maximumDepth
  ) throws(PageError) -> State {
    // The parser refuses an empty text.
    let input = reduced.bytes.isEmpty ? [0x20] : reduced.bytes
    let result: State? = unsafe input.withUnsafeBufferPointer { input -> State? in
      unsafe page.withUnsafeBufferPointer { page -> State? in
        guard let bytes = input.baseAddress,
          let context = unsafe bytes.withMemoryRebound(
            to: CChar.self, capacity: input.count,
            { unsafe htmlCreateMemoryParserCtxt($0, Int32(truncatingIfNeeded: input.count)) })
        else { return nil }
        defer { unsafe htmlFreeParserCtxt(context) }
        unsafe prepare(context)
        var state = unsafe State(
          builder: TreeBuilder(words: words), context: context, page: page, segments: reduced.segments,
          maximumDepth: maximumDepth)
        unsafe withUnsafeMutablePointer(to: &state) { pointer in
          unsafe context.pointee.userData = UnsafeMutableRawPointer(pointer)
          _ = unsafe htmlParseDocument(context)
        }
        unsafe state.builder.finish()
        return unsafe state
      }
    }
    guard let result = unsafe result else { throw .outOfMemory }
    return unsafe result
  }

  private static func prepare(_ context: xmlParserCtxtPtr) {
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
    _ = unsafe htmlCtxtUseOptions(context, Int32(truncatingIfNeeded: options))
    // The bytes are UTF-8, whatever the page says: with an encoding set, neither a <meta> nor the first bytes change it.
    unsafe context.pointee.charset = Int32(truncatingIfNeeded: XML_CHAR_ENCODING_UTF8.rawValue)
    unsafe context.pointee.encoding = UnsafePointer(xmlStrdup("UTF-8"))
    guard let handler = unsafe context.pointee.sax else { return }
    unsafe handler.update(repeating: xmlSAXHandler(), count: 1)
    unsafe handler.pointee.startElement = { data, name, attributes in
      guard let data = unsafe data, let name = unsafe name else { return }
      let state = unsafe data.assumingMemoryBound(to: State.self)
      let depth = unsafe Int(state.pointee.context.pointee.nameNr)
      if unsafe depth > state.pointee.maximumDepth {
        if unsafe state.pointee.tooDeepAt == nil {
          unsafe state.pointee.tooDeepAt = max(0, unsafe state.pointee.origin(of: state.pointee.position))
        }
        unsafe xmlStopParser(state.pointee.context)
        return
      }
      unsafe state.pointee.builder.start(name, attributes, depth: depth)
    }
    unsafe handler.pointee.endElement = { data, _ in
      guard let data = unsafe data else { return }
      let state = unsafe data.assumingMemoryBound(to: State.self)
      unsafe state.pointee.builder.end(depth: Int(state.pointee.context.pointee.nameNr))
    }
    let characters: charactersSAXFunc = { data, text, count in
      guard let data = unsafe data, let text = unsafe text, count > 0 else { return }
      unsafe data.assumingMemoryBound(to: State.self).pointee.characters(text, Int(count))
    }
    unsafe handler.pointee.characters = characters
    unsafe handler.pointee.ignorableWhitespace = characters
    unsafe handler.pointee.cdataBlock = characters
  }
}
