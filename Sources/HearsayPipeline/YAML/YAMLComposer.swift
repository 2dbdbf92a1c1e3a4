internal import Hearsay

/// Builds the tree of nodes from libyaml's events.
///
/// What breaks the tree is thrown; what does not is kept in `diagnostics`, so that it is reported along with the rest.
struct YAMLComposer: ~Copyable {
  private var events: YAMLEvents
  private var lines: SourceLines
  private(set) var diagnostics: [Diagnostic] = []
  /// Whole nodes by anchor, with how many nodes they hold.
  private var anchors: [String: (node: ConfigNode, size: Int)] = [:]
  /// Anchors of nodes that are being read: an alias to one would hold itself.
  private var openAnchors: Set<String> = []
  private var nodeCount = 0

  init(events: consuming YAMLEvents, lines: SourceLines) {
    self.events = events
    self.lines = lines
  }

  /// The stream's one document; `nil`, with a diagnostic, where there is none.
  mutating func document() throws(Diagnostic) -> ConfigNode? {
    _ = try next()
    var event = try next()
    guard case .documentStart = event.kind else {
      diagnostics.append(Diagnostic(.emptyFile, at: place(of: event)))
      return nil
    }
    let root = try node(try next(), depth: 0)
    _ = try next()
    event = try next()
    if case .documentStart = event.kind { throw Diagnostic(.severalDocuments, at: place(of: event)) }
    return root
  }

  // MARK: Nodes

  private mutating func node(_ event: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> ConfigNode {
    let place = place(of: event)
    guard depth <= YAMLReader.maximumDepth else { throw Diagnostic(.tooDeep, at: place) }
    let countBefore = nodeCount
    try count(1, at: place)
    let properties: YAMLEvents.Properties
    let content: ConfigNode.Content
    switch event.kind {
    case .alias(let name): return try target(of: name, at: place)
    case .scalar(let text, let isPlain, let given):
      properties = given
      content = .scalar(text, isQuoted: !isPlain || isText(tag: given.tag))
    case .listStart(let given):
      properties = given
      if let anchor = given.anchor { openAnchors.insert(anchor) }
      content = .list(try elements(depth: depth))
    case .mapStart(let given):
      properties = given
      if let anchor = given.anchor { openAnchors.insert(anchor) }
      content = .map(try entries(depth: depth))
    default: throw Diagnostic(.emptyFile, at: place)
    }
    check(tag: properties.tag, at: place)
    let node = ConfigNode(content, at: place)
    if let anchor = properties.anchor {
      openAnchors.remove(anchor)
      anchors[anchor] = (node, nodeCount - countBefore)
    }
    return node
  }

  private mutating func elements(depth: Int) throws(Diagnostic) -> [ConfigNode] {
    var elements: [ConfigNode] = []
    while true {
      let event = try next()
      if case .listEnd = event.kind { return elements }
      elements.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(Diagnostic) -> [ConfigNode.Entry] {
    var entries: [ConfigNode.Entry] = []
    var lineOfKey: [String: Int] = [:]
    while true {
      let event = try next()
      if case .mapEnd = event.kind { return entries }
      let keyPlace = place(of: event)
      let key = try node(event, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      guard case .scalar(let name, let isQuoted) = key.content else {
        diagnostics.append(Diagnostic(.keyNotScalar(key), at: keyPlace))
        continue
      }
      if name == "<<", !isQuoted {
        diagnostics.append(Diagnostic(.mergeKey, at: keyPlace))
      } else if let line = lineOfKey[name] {
        diagnostics.append(Diagnostic(.duplicateKey(name, line: line), at: keyPlace))
      } else {
        lineOfKey[name] = keyPlace.line
        entries.append(ConfigNode.Entry(key: name, keyPlace: keyPlace, value: value))
      }
    }
  }

  private mutating func target(of anchor: String, at place: SourcePlace) throws(Diagnostic) -> ConfigNode {
    if openAnchors.contains(anchor) { throw Diagnostic(.recursiveAlias(anchor), at: place) }
    guard let (node, size) = anchors[anchor] else {
      diagnostics.append(
        Diagnostic(
          .unknownAlias(anchor), at: place,
          suggestion: diagnostics.hasReachedLimit || anchors.count > 100
            ? nil : anchors.keys.sorted().nearest(to: anchor)))
      return ConfigNode(.scalar("", isQuoted: true), at: place)
    }
    // Nothing is copied here, but whoever walks the tree walks it as often as it is named.
    try count(size, at: place)
    return node
  }

  private mutating func count(_ size: Int, at place: SourcePlace) throws(Diagnostic) {
    nodeCount += size
    if nodeCount > YAMLReader.maximumNodes { throw Diagnostic(.tooManyNodes, at: place) }
  }

  // MARK: Tags

  private static let core = "tag:yaml.org,2002:"

  private func isText(tag: String?) -> Bool { tag == "!" || tag == Self.core + "str" }

  private mutating func check(tag: String?, at place: SourcePlace) {
    guard let tag, tag != "!" else { return }
    let known = ["str", "int", "float", "bool", "null", "seq", "map"]
    if !known.contains(where: { tag == Self.core + $0 }) { diagnostics.append(Diagnostic(.unknownTag(tag), at: place)) }
  }

  // MARK: Events

  private mutating func next() throws(Diagnostic) -> YAMLEvents.Event {
    do {
      return try events.next()
    } catch {
      throw diagnostic(for: error)
    }
  }

  private mutating func place(of event: YAMLEvents.Event) -> SourcePlace {
    let start = event.start
    switch event.kind {
    case .listStart, .mapStart, .streamEnd, .documentStart:
      return lines.place(line: start.line, column: start.column, endLine: start.line, endColumn: start.column + 1)
    default:
      return lines.place(line: start.line, column: start.column, endLine: event.end.line, endColumn: event.end.column)
    }
  }

  private mutating func diagnostic(for failure: YAMLEvents.Failure) -> Diagnostic {
    if let offset = failure.byteOffset {
      return Diagnostic(.syntax(failure, character: nil), at: lines.place(ofByte: offset))
    }
    let mark = failure.mark
    let character = lines.scalar(line: mark.line, column: mark.column)
    let place = lines.place(line: mark.line, column: mark.column, endLine: mark.line, endColumn: mark.column + 1)
    return Diagnostic(.syntax(failure, character: character), at: place)
  }
}

extension Diagnostic.Message {
  static var emptyFile: Self { Self("the file holds nothing") }
  static var severalDocuments: Self { Self("a second document begins here; a file holds one") }
  static var tooDeep: Self { Self("lists and maps are nested deeper than \(YAMLReader.maximumDepth)") }
  static var tooManyNodes: Self {
    Self("the file has more than \(YAMLReader.maximumNodes) values, aliases counted in full")
  }
  static var mergeKey: Self { Self("merge keys ('<<') are not supported; write the keys out") }
  static func keyNotScalar(_ key: ConfigNode) -> Self { Self("a key must be one value, found \(key.kindName)") }
  static func duplicateKey(_ key: String, line: Int) -> Self {
    Self("key '\(key)' stands here twice, first on line \(line)")
  }
  static func unknownAlias(_ name: String) -> Self { Self("no '&\(name)' stands before this alias") }
  static func recursiveAlias(_ name: String) -> Self { Self("alias '*\(name)' stands inside what it names") }
  static func unknownTag(_ tag: String) -> Self { Self("tag '\(tag)' means nothing here") }

  /// What libyaml found, in words that say what to do where they are known.
  static func syntax(_ failure: YAMLEvents.Failure, character: Unicode.Scalar?) -> Self {
    let context = failure.context.map { " \($0) that begins on line \(failure.contextMark.line + 1)" } ?? ""
    switch failure.problem {
    case "found character that cannot start any token":
      if character == "\t" { return Self("a tab cannot indent YAML; use spaces") }
      if let character { return Self("a value cannot begin with '\(character)'; put it in quotation marks") }
    case "mapping values are not allowed in this context":
      return Self("a ':' cannot stand here; check the indentation, or put the value in quotation marks")
    case "did not find expected key":
      return Self("expected a key here\(context); check the indentation and the quotation marks")
    case "could not find expected ':'":
      return Self("expected ':' after the key\(context)")
    case "did not find expected '-' indicator":
      return Self("expected '-' here\(context); check the indentation")
    case "control characters are not allowed":
      return Self("a control character cannot stand in YAML")
    default: break
    }
    return Self("not valid YAML: \(failure.problem)\(context)")
  }
}
