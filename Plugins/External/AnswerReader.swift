import Foundation
import Hearsay

/// Reads a program's answer, one JSON object, into the document that it answers for.
///
/// Members that the answer lacks stay as they are; what it holds takes their place.
struct AnswerReader: Sendable {
  private let writes: Set<String>
  private let layers: [String: any Layer.Type]

  /// Why an answer cannot be taken.
  enum Failure: Error {
    /// It is not known which document it is for: the program is out of step.
    case outOfStep(String)
    /// The document fails, and the program goes on.
    case document(any Error)
  }

  /// - Parameters:
  ///   - writes: The names of the layers that the program may write.
  ///   - layers: Layers that have a type; any other is kept as it comes.
  init(writes: [String], layers: [any Layer.Type]) {
    self.writes = Set(writes)
    self.layers = Dictionary(layers.map { ($0.name, $0) }) { first, _ in first }
  }

  /// An answer's members.
  private struct Answer {
    var id: String?
    var text: (bytes: [UInt8], content: Document.Content)?
    var metadata: Metadata?
    var layers: [(name: String, json: [UInt8])] = []
    var error: String?
    /// Why the program drops the document.
    var dropped: (reason: String, detail: String?)?
    var undeclared: String?
  }

  /// Takes the answer in `line` over into the document.
  ///
  /// - Returns: What becomes of the document.
  func read(_ line: Swift.Span<UInt8>, into document: inout Document) throws(Failure) -> Disposition {
    let answer: Answer
    do throws(JSONError) {
      answer = try parse(line, for: document)
    } catch {
      throw .outOfStep("answered with something else than a JSON object: \(error)")
    }
    guard let id = answer.id else { throw .outOfStep("answered without an 'id'") }
    guard id == document.id else { throw .outOfStep("answered for document '\(id)' instead") }
    do {
      try take(answer, into: &document)
    } catch {
      throw .document(error)
    }
    return answer.dropped.map { .drop(reason: $0.reason, detail: $0.detail) } ?? .keep
  }

  private func parse(_ line: Swift.Span<UInt8>, for document: Document) throws(JSONError) -> Answer {
    guard (try? UTF8Span(validating: line)) != nil else { throw JSONError("not valid UTF-8", at: 0) }
    var answer = Answer()
    var reader = JSONReader(line)
    try reader.beginObject()
    var isFirst = true
    while let key = try reader.nextKey(isFirst: isFirst) {
      isFirst = false
      switch key {
      case "id": answer.id = try reader.string()
      case "text": answer.text = (try reader.stringBytes(), .text)
      case "html":
        // A page that was reduced to its text may keep its markup beside it.
        if answer.text == nil { answer.text = (try reader.stringBytes(), .html) } else { try reader.skipValue() }
      case "meta":
        let start = reader.position
        guard case .object(let members) = try reader.value() else {
          throw JSONError("'meta' is not an object", at: start)
        }
        answer.metadata = Metadata(members)
      case "error": answer.error = try reader.string()
      case "dropped" where !writes.contains("dropped"):
        let start = reader.position
        answer.dropped = try Self.drop(try reader.value(), at: start)
      case _ where writes.contains(key): answer.layers.append((key, try reader.rawValue()))
      default:
        if !document.hasMember(key) { answer.undeclared = key }
        try reader.skipValue()
      }
    }
    try reader.expectEnd()
    return answer
  }

  /// A reason, or an object with `reason` and `detail`.
  private static func drop(
    _ value: JSONValue, at start: Int
  ) throws(JSONError) -> (reason: String, detail: String?)? {
    if value == .null { return nil }
    guard let reason = value.stringValue ?? value["reason"]?.stringValue, !reason.isEmpty else {
      throw JSONError("'dropped' is neither a reason nor an object with a 'reason'", at: start)
    }
    return (reason, value["detail"]?.stringValue)
  }

  private func take(_ answer: Answer, into document: inout Document) throws {
    if let error = answer.error { throw StageError(error) }
    if let name = answer.undeclared {
      throw StageError("the program wrote '\(name)', which is not among its 'writes'")
    }
    if let text = answer.text { document.takeText(text.bytes, text.content) }
    if let metadata = answer.metadata { document.metadata = metadata }
    for (name, json) in answer.layers {
      if let layer = layers[name] {
        try document.read(layer, from: json)
      } else {
        try document.takeMember(name, json)
      }
    }
  }
}

extension Document {
  fileprivate func hasMember(_ key: String) -> Bool {
    layerTypes.contains { $0.name == key } || otherMembers.contains { $0.key == key }
  }

  /// Takes an edited text. What is the same at both its ends counts as kept, what lies between as replaced.
  fileprivate mutating func takeText(_ edited: [UInt8], _ content: Content) {
    guard content == self.content else { return replaceText(edited, map: nil, content: content) }
    guard !edited.isSame(as: utf8) else { return }
    let shorter = min(edited.count, utf8.count)
    var head = 0
    while head < shorter, edited[head] == utf8[head] { head += 1 }
    while head > 0, !utf8.isBoundary(head) || !edited.isBoundary(head) { head -= 1 }
    var tail = 0
    while tail < shorter - head, edited[edited.count - 1 - tail] == utf8[utf8.count - 1 - tail] { tail += 1 }
    while tail > 0, !utf8.isBoundary(utf8.count - tail) { tail -= 1 }
    var edits = TextEdits()
    edits.replace(Span(head, utf8.count - tail), with: edited[head..<edited.count - tail])
    apply(edits)
  }

  /// Takes a layer that no stage in this process knows, once its spans are seen to lie inside the text.
  fileprivate mutating func takeMember(_ name: String, _ json: [UInt8]) throws {
    let value = try JSONReader.value(of: json)
    let length = CodePointOffsets(bytes).scalarCount
    for element in value.arrayValue ?? [] {
      for span in element.spans where !span.isSpan(within: length) {
        throw LayerError(layer: name, problem: "has a span outside the text")
      }
    }
    otherMembers.removeAll { $0.key == name }
    otherMembers.append((name, json))
  }
}

extension JSONValue {
  /// What an element of a layer has for spans: the values of `span` and `spans`, or itself where it is two numbers.
  fileprivate var spans: [JSONValue] {
    if let pair = arrayValue { return pair.count == 2 && pair.allSatisfy { $0.doubleValue != nil } ? [self] : pair }
    return (self["span"].map { [$0] } ?? []) + (self["spans"]?.arrayValue ?? [])
  }

  fileprivate func isSpan(within length: Int) -> Bool {
    guard let pair = arrayValue, pair.count == 2, let start = pair[0].intValue, let end = pair[1].intValue else {
      return false
    }
    return 0 <= start && start <= end && end <= length
  }
}

extension [UInt8] {
  /// Whether the bytes are the same: `==` goes one by one, and this is most of what there is to do with an answer.
  fileprivate func isSame(as other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBytes { bytes in
      unsafe other.withUnsafeBytes { others in
        guard let base = bytes.baseAddress, let otherBase = others.baseAddress else { return true }
        return unsafe memcmp(base, otherBase, bytes.count) == 0
      }
    }
  }

  /// Whether a code point begins or the text ends at `offset`.
  fileprivate func isBoundary(_ offset: Int) -> Bool { offset >= count || !self[offset].isUTF8Continuation }
}
