/// What must come of a document, in the document format's own terms; only what is named is compared.
///
/// | member | is met where |
/// | --- | --- |
/// | `text` | the text is the same |
/// | `text_has`, `text_lacks` | the text holds each of these pieces, or none |
/// | `meta` | each named member is the same; `null` means that there is none |
/// | a layer | it has as many elements as the list, and they match in order |
/// | `dropped` | a stage drops the document for this reason |
/// | `documents` | a stage replaces the document by as many as the list, and they match in order |
///
/// A span or an object matches a string by its text, or by its `name`; an object matches an object by its named members.
public struct Expectation: Sendable, Hashable, CustomStringConvertible {
  /// The members to compare, or the text with `⟦ ⟧` around each span of the stage's first layer.
  private enum Wanted: Sendable, Hashable {
    case members(JSONValue)
    case marked(String)
  }

  private let wanted: Wanted

  public init(_ members: JSONValue) { wanted = .members(members) }
  public init(marked: String) { wanted = .marked(marked) }

  /// Whether it is a text with marks.
  public var isMarked: Bool {
    if case .marked = wanted { return true }
    return false
  }

  /// What is expected, for reference pages: the marked text, or the members as JSON.
  public var description: String {
    switch wanted {
    case .marked(let text): text
    case .members(let members): members.json
    }
  }

  /// One thing that is not as expected.
  public struct Mismatch: Sendable, Hashable {
    /// What was compared: `quotes[0].speaker`.
    public var path: String
    public var expected: String
    public var found: String
  }

  /// What differs between what has become of a document and the expectation; nothing where it is met.
  ///
  /// - Parameter layer: The layer whose spans the marks show.
  public func mismatches(
    in outcomes: [DocumentRun.Outcome], marking layer: (any Layer.Type)? = nil
  ) throws -> [Mismatch] {
    if case .members(let members) = wanted, let documents = members["documents"]?.arrayValue {
      guard documents.count == outcomes.count else {
        return [Mismatch(path: "documents", expected: "\(documents.count)", found: "\(outcomes.count)")]
      }
      return try zip(documents, outcomes).enumerated().flatMap { index, pair in
        try Expectation(pair.0).mismatches(in: pair.1, marking: layer).map { mismatch in
          Mismatch(path: "documents[\(index)].\(mismatch.path)", expected: mismatch.expected, found: mismatch.found)
        }
      }
    }
    guard let outcome = outcomes.first, outcomes.count == 1 else {
      return [Mismatch(path: "documents", expected: "1", found: "\(outcomes.count)")]
    }
    return try mismatches(in: outcome, marking: layer)
  }

  private func mismatches(
    in outcome: DocumentRun.Outcome, marking layer: (any Layer.Type)?
  ) throws -> [Mismatch] {
    let reason: JSONValue? = if case .members(let members) = wanted { members["dropped"] } else { nil }
    switch (outcome, reason) {
    case (.failed(_, let step, let error), _): throw StageError("\(step.label): \(error)")
    case (.dropped(_, _, let found, _), let reason?):
      return reason.stringValue == found
        ? [] : [Mismatch(path: "dropped", expected: reason.json, found: JSONValue.string(found).json)]
    case (.dropped(_, let step, let reason, let detail), nil):
      let why = detail.map { "\(reason), \($0)" } ?? reason
      return [Mismatch(path: "dropped", expected: "not at all", found: "by '\(step.label)': \(why)")]
    case (.kept, let reason?):
      return [Mismatch(path: "dropped", expected: reason.json, found: "not at all")]
    case (.kept(let document), nil): return try mismatches(in: document, marking: layer)
    }
  }

  /// What differs between the document and the expectation; nothing where it is met.
  ///
  /// - Parameter layer: The layer whose spans the marks show.
  public func mismatches(in document: Document, marking layer: (any Layer.Type)? = nil) throws -> [Mismatch] {
    switch wanted {
    case .marked(let marked):
      let layer = layer ?? Sentences.self
      let found = Self.mark(document, layer)
      return found == marked ? [] : [Mismatch(path: layer.name, expected: marked, found: found)]
    case .members(let members):
      let value = try DocumentEncoder().value(of: document)
      var comparison = Comparison(scalars: Array(document.text.unicodeScalars))
      for member in members.objectValue ?? [] { comparison.compare(member, with: value) }
      return comparison.mismatches
    }
  }

  /// The document's text with `⟦ ⟧` around each span of the layer's elements.
  public static func mark(_ document: Document, _ layer: any Layer.Type) -> String {
    var opens: [Int: Int] = [:]
    var closes: [Int: Int] = [:]
    for span in document.spans(of: layer).joined() {
      opens[span.start, default: 0] += 1
      closes[span.end, default: 0] += 1
    }
    var marked: [UInt8] = []
    for offset in 0...document.utf8.count {
      for _ in 0..<closes[offset, default: 0] { marked += "⟧".utf8 }
      for _ in 0..<opens[offset, default: 0] { marked += "⟦".utf8 }
      if offset < document.utf8.count { marked.append(document.utf8[offset]) }
    }
    return String(decoding: marked, as: UTF8.self)
  }
}

extension JSONValue {
  /// `[s, e]`
  fileprivate var span: Range<Int>? {
    guard let pair = arrayValue, pair.count == 2, let start = pair[0].intValue, let end = pair[1].intValue, start <= end
    else { return nil }
    return start..<end
  }
}

private struct Comparison {
  let scalars: [Unicode.Scalar]
  var mismatches: [Expectation.Mismatch] = []

  init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  mutating func compare(_ member: JSONValue.Member, with document: JSONValue) {
    switch member.key {
    case "text_has", "text_lacks":
      let pieces = member.value.arrayValue ?? [member.value]
      for piece in pieces.compactMap(\.stringValue) where text.contains(piece) != (member.key == "text_has") {
        add(member.key, .string(piece), .string(text))
      }
    case "text":
      if member.value.stringValue != text { add("text", member.value, .string(text)) }
    case "meta":
      for wanted in member.value.objectValue ?? [] {
        compare(wanted.value, with: document["meta"]?[wanted.key] ?? .null, at: "meta.\(wanted.key)")
      }
    default:
      compare(member.value, with: document[member.key] ?? .array([]), at: member.key)
    }
  }

  mutating func compare(_ wanted: JSONValue, with found: JSONValue, at path: String) {
    switch (wanted, found) {
    case (.string(let text), _):
      if !texts(of: found).contains(text) { add(path, wanted, shown(found)) }
    case (.object(let members), .object):
      for member in members { compare(member.value, with: found[member.key] ?? .null, at: "\(path).\(member.key)") }
    case (.array(let wantedList), .array(let foundList)) where wanted.span == nil:
      guard wantedList.count == foundList.count else {
        return add(path, wanted, .array(foundList.map(shown)))
      }
      for (index, pair) in zip(wantedList, foundList).enumerated() {
        compare(pair.0, with: pair.1, at: "\(path)[\(index)]")
      }
    case (.number, .number):
      if wanted.doubleValue != found.doubleValue { add(path, wanted, found) }
    default:
      if wanted != found { add(path, wanted, shown(found)) }
    }
  }

  private mutating func add(_ path: String, _ wanted: JSONValue, _ found: JSONValue) {
    mismatches.append(Expectation.Mismatch(path: path, expected: wanted.json, found: found.json))
  }

  /// The strings that stand for a value: itself, its name, its mention, the characters of its span.
  private func texts(of value: JSONValue) -> [String] {
    if let text = value.stringValue { return [text] }
    if let span = value.span { return [text(in: span)] }
    return ["name", "text", "target", "kind"].compactMap { value[$0]?.stringValue }
      + (value["spans"]?.arrayValue?.compactMap(\.span).map(text(in:)) ?? [])
  }

  /// The value with spans as their characters, for messages.
  private func shown(_ value: JSONValue) -> JSONValue {
    if let span = value.span { return .string(text(in: span)) }
    guard var members = value.objectValue else { return value }
    members.removeAll { ["spans", "evidence", "id", "confidence"].contains($0.key) }
    return .object(members)
  }

  private func text(in span: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[span.clamped(to: 0..<scalars.count)])
    return String(view)
  }
}
