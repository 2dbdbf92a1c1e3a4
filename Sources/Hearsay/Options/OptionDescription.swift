/// One option of a stage, for reference pages and schemas.
public struct OptionDescription: Sendable, Hashable {
  public let key: String
  public let typeName: String
  public let defaultValue: JSONValue
  public let summary: String
  /// The JSON Schema of its values.
  public let schema: JSONValue
}
