/// An option's value with the place at which it stands, for what can only be checked later.
public struct Located<Value: OptionValue>: OptionValue {
  public var value: Value
  public var place: SourcePlace

  public init(_ value: Value, at place: SourcePlace) {
    self.value = value
    self.place = place
  }

  public static var typeName: String { Value.typeName }
  public static var schema: JSONValue { Value.schema }
  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Located? {
    Value.decode(node, &diagnostics).map { Located($0, at: node.place) }
  }
  public var configValue: JSONValue { value.configValue }
}
