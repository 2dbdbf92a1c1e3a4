public import Hearsay

/// What goes into a pipeline.
public struct PipelineInput: NestedOptions, Hashable {
  public var format = InputFormatName()
  public var text = "text"
  public var id = "id"
  public var html: String?
  public var encoding: String?
  public var layers: [String] = []
  public var maxDocumentBytes = 268_435_456

  public init() {}

  public static let fields: [Field<Self>] = [
    Field("format", \.format, "What the inputs are; 'auto' detects it by their names and first bytes."),
    Field(
      "text", \.text,
      "The column or member that holds the text, in CSV and JSON Lines; 'article.body' is a member of a member."),
    Field("html", \.html, "The column or member that holds a page's markup, in place of a text."),
    Field("id", \.id, "The column or member that holds the document's id, in CSV and JSON Lines."),
    Field(
      "encoding", \.encoding,
      "What texts that are not UTF-8 are in, such as 'windows-1251'; without it they are looked at."),
    Field("layers", \.layers, "Layers that the documents bring along, so that no stage need write them."),
    Field(
      "max_document_bytes", \.maxDocumentBytes, in: 1...(1 << 40),
      "A longer document fails, under 'on_error'; in bytes."),
  ]
}

/// The name of an input format, as a pipeline file has it.
///
/// The formats are not known here: `PipelineLoader` is given their names, and checks this one.
public struct InputFormatName: OptionValue, Hashable {
  /// The name that stands for the format that is detected.
  public static let automatic = "auto"

  public var name: String { node?.scalarText ?? Self.automatic }
  private let node: ConfigNode?

  /// The default.
  public init() { node = nil }

  private init(_ node: ConfigNode) { self.node = node }

  public static var typeName: String { "the name of an input format" }
  public static var schema: JSONValue { String.schema }

  /// The JSON Schema of an option that has one of these names.
  static func schema(of names: [String]) -> JSONValue { ["enum": .array(names.map { .string($0) })] }

  /// Accepts any value: `check(against:_:)` follows.
  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? { Self(node) }

  /// Reports a value that is not one of the names.
  func check(against names: [String], _ diagnostics: inout [Diagnostic]) {
    guard let node else { return }
    guard let name = node.scalarText else {
      diagnostics.append(Diagnostic(.noFormatName(node, names), at: node.place))
      return
    }
    guard !names.contains(name) else { return }
    diagnostics.append(Diagnostic(.unknownFormat(node, names), at: node.place, suggestion: names.nearest(to: name)))
  }

  public var configValue: JSONValue { .string(name) }
}

extension ConfigNode {
  fileprivate var scalarText: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }
}

extension Diagnostic.Message {
  private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

  static func noFormatName(_ node: ConfigNode, _ names: [String]) -> Self {
    Self("expected \(list(names)), found \(node.kindName)")
  }
  static func unknownFormat(_ node: ConfigNode, _ names: [String]) -> Self {
    Self("expected one of \(list(names)), found \(node.kindName)")
  }
}
