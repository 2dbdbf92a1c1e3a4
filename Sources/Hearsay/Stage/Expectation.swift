/// What must come of a document, in the document format's own terms; only what is named is compared.
///
/// | member | is met where |
/// | --- | --- |
/// | `text` | the text is the same |
/// | `text_has`, `text_lacks` | the text holds each of these pieces, or none |
/// | `meta` | each named member is the same; `null` means that there is none |
/// | a layer | it has as many elements as the list, and they match in order |
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

  /// The expectation as it would be read: the marked text, or the members as JSON.
  public var description: String {
    switch wanted {
    case .members(let members): members.indentedJSON
    case .marked(let text): text
    }
  }

  /// One thing that is not as expected.
  public struct Mismatch: Sendable, Hashable {
    /// What was compared: `quotes[0].speaker`.
    public var path: String
    public var expected: String
    public var found: String
  }

  /// What differs between the document and the expectation; nothing where it is met.
  ///
  /// - Parameter layer: The layer whose spans the marks show.
  public func mismatches(in document: Document, marking layer: (any Layer.Type)? = nil) throws -> [Mismatch] {
    let value = try DocumentEncoder().value(of: document)
    let scalars = Array((value["text"]?.stringValue ?? value["html"]?.stringValue ?? "").unicodeScalars)
    switch wanted {
    case .marked(let marked):
      let found = Self.mark(scalars, value[layer?.name ?? Sentences.name] ?? .array([]))
      return found == marked ? [] : [Mismatch(path: layer?.name ?? Sentences.name, expected: marked, found: found)]
    case .members(let members):
      var comparison = Comparison(scalars: scalars)
      for member in members.objectValue ?? [] { comparison.compare(member, with: value) }
      return comparison.mismatches
    }
  }

  /// The text with marks around the first spans of the layer's elements.
  private static func mark(_ scalars: [Unicode.Scalar], _ layer: JSONValue) -> String {
    var opens: [Int: Int] = [:]
    var closes: [Int: Int] = [:]
    for element in layer.arrayValue ?? [] {
      for span in element.spansOfElement {
        opens[span.lowerBound, default: 0] += 1
        closes[span.upperBound, default: 0] += 1
      }
    }
    var marked = String.UnicodeScalarView()
    for offset in 0...scalars.count {
      marked.append(contentsOf: repeatElement("⟧", count: closes[offset] ?? 0))
      marked.append(contentsOf: repeatElement("⟦", count: opens[offset] ?? 0))
      if offset < scalars.count { marked.append(scalars[offset]) }
    }
    return String(marked)
  }
}

extension JSONValue {
  /// `[s, e]`
  fileprivate var span: Range<Int>? {
    guard let pair = arrayValue, pair.count == 2, let start = pair[0].intValue, let end = pair[1].intValue, start <= end
    else { return nil }
    return start..<end
  }

  /// The spans of a layer's element: itself, or its `spans`, or its `span`.
  fileprivate var spansOfElement: [Range<Int>] {
    if let span { return [span] }
    if let list = self["spans"]?.arrayValue ?? arrayValue { return list.compactMap(\.span) }
    return self["span"]?.span.map { [$0] } ?? []
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
