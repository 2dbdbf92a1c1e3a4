internal import Hearsay

/// Reads the `tests:` of a pipeline file.
struct TestDecoder {
  /// The names of all layers that documents can have here.
  let layers: [String]

  func tests(from node: ConfigNode?, _ diagnostics: inout [Diagnostic]) -> [PipelineTest] {
    guard let node else { return [] }
    guard case .list(let nodes) = node.content else {
      diagnostics.append(Diagnostic(.testsNotAList(node), at: node.place))
      return []
    }
    var lineOfName: [String: Int] = [:]
    return nodes.enumerated().compactMap { index, node in
      guard let test = test(from: node, number: index + 1, &diagnostics) else { return nil }
      if let line = lineOfName[test.name] {
        diagnostics.append(
          Diagnostic(.duplicateTest(test.name, line: line), at: node.value(of: "name")?.place ?? test.place))
      }
      lineOfName[test.name] = lineOfName[test.name] ?? test.place.line
      return test
    }
  }

  private func test(from node: ConfigNode, number: Int, _ diagnostics: inout [Diagnostic]) -> PipelineTest? {
    let keys = TestKeys.decode(node, of: DiagnosticSubject("a test", "key"), &diagnostics)
    guard case .map = node.content else {
      if node.isNull { diagnostics.append(Diagnostic(.emptyTest, at: node.place)) }
      return nil
    }
    let name = keys.name ?? "test \(number)"
    if keys.expect == nil { diagnostics.append(Diagnostic(.noExpectation(name), at: node.place)) }
    if (keys.text == nil) == (keys.html == nil) {
      diagnostics.append(Diagnostic(.textOrPage(name), at: node.value(of: "html")?.place ?? node.place))
    }
    var metadata = Metadata()
    if let meta = keys.meta {
      if let members = meta.json.objectValue {
        metadata = Metadata(members)
      } else {
        diagnostics.append(Diagnostic(.notAMap("meta", meta), at: meta.place))
      }
    }
    if let expect = keys.expect { check(expectation: expect, of: name, &diagnostics) }
    return PipelineTest(
      name: name, text: keys.text ?? keys.html ?? "", content: keys.html == nil ? .text : .html, metadata: metadata,
      expectation: Expectation(keys.expect?.json ?? .object([])), place: node.place)
  }

  /// Every member must be known: a test of a layer that nothing writes would always pass.
  private func check(expectation: ConfigNode, of test: String, _ diagnostics: inout [Diagnostic]) {
    guard case .map(let entries) = expectation.content else {
      diagnostics.append(Diagnostic(.notAMap("expect", expectation), at: expectation.place))
      return
    }
    if entries.isEmpty { diagnostics.append(Diagnostic(.emptyExpectation(test), at: expectation.place)) }
    let known = ["text", "text_has", "text_lacks", "meta", "dropped", "documents"] + layers
    for entry in entries where !known.contains(entry.key) && !diagnostics.hasReachedLimit {
      diagnostics.append(
        Diagnostic(.unknownMember(entry.key), at: entry.keyPlace, suggestion: known.nearest(to: entry.key)))
    }
    for entry in entries where entry.key == "documents" {
      guard case .list(let documents) = entry.value.content else {
        diagnostics.append(Diagnostic(.documentsNotAList(entry.value), at: entry.value.place))
        continue
      }
      for document in documents { check(expectation: document, of: test, &diagnostics) }
    }
  }
}

extension Diagnostic.Message {
  static func testsNotAList(_ node: ConfigNode) -> Self { Self("'tests' must be a list, found \(node.kindName)") }
  static var emptyTest: Self { Self("a test needs a 'text' and an 'expect'") }
  static func duplicateTest(_ name: String, line: Int) -> Self {
    Self("two tests have the name '\(name)', the first on line \(line)")
  }
  static func noExpectation(_ name: String) -> Self { Self("test '\(name)' has no 'expect'") }
  static func textOrPage(_ name: String) -> Self { Self("test '\(name)' needs either a 'text' or an 'html'") }
  static func unknownMember(_ key: String) -> Self { Self("a document has no '\(key)'") }
  static func emptyExpectation(_ test: String) -> Self { Self("the 'expect' of test '\(test)' names nothing") }
  static func documentsNotAList(_ node: ConfigNode) -> Self {
    Self("'documents' must be a list, found \(node.kindName)")
  }
}
