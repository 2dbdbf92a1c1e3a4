/// What a stage does to one text: shown in the reference, and a test.
public struct Example: Sendable {
  /// What it shows, as a short clause.
  public let title: String
  /// The stage's options, where they are not the defaults.
  public let options: JSONValue?
  /// The text that goes in.
  public let input: String
  /// Whether the input is text or markup.
  public let content: Document.Content
  /// What must come of it.
  public let expectation: Expectation
  /// Where the example is written.
  public let file: String
  public let line: Int

  /// An example of a layer of plain spans: the marks `⟦ ⟧` show what must be found in the text without them.
  public init(
    _ title: String, _ marked: String, options: JSONValue? = nil, file: String = #filePath, line: Int = #line
  ) {
    self.init(
      title, marked.filter { $0 != "⟦" && $0 != "⟧" }, options: options, content: .text,
      expectation: Expectation(marked: marked), file: file, line: line)
  }

  /// An example of edited text: `input` becomes `output`.
  public init(
    _ title: String, _ input: String, becomes output: String, meta: JSONValue? = nil, options: JSONValue? = nil,
    content: Document.Content = .text, file: String = #filePath, line: Int = #line
  ) {
    var members = [JSONValue.Member("text", .string(output))]
    if let meta { members.append(JSONValue.Member("meta", meta)) }
    self.init(
      title, input, options: options, content: content, expectation: Expectation(.object(members)), file: file,
      line: line)
  }

  /// An example whose result must match `expected`, as under `expect:` in a pipeline's tests.
  public init(
    _ title: String, _ input: String, expect expected: JSONValue, options: JSONValue? = nil,
    content: Document.Content = .text, file: String = #filePath, line: Int = #line
  ) {
    self.init(
      title, input, options: options, content: content, expectation: Expectation(expected), file: file, line: line)
  }

  /// An example of a text that the stage drops, with the reason that a run counts it by.
  public init(
    _ title: String, _ input: String, drops reason: String, options: JSONValue? = nil,
    content: Document.Content = .text, file: String = #filePath, line: Int = #line
  ) {
    self.init(
      title, input, options: options, content: content, expectation: Expectation(["dropped": .string(reason)]),
      file: file, line: line)
  }

  private init(
    _ title: String, _ input: String, options: JSONValue?, content: Document.Content, expectation: Expectation,
    file: String, line: Int
  ) {
    self.title = title
    self.options = options
    self.input = input
    self.content = content
    self.expectation = expectation
    self.file = file
    self.line = line
  }
}
