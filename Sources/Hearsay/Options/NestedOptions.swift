/// Options that stand in a map under one key of other options.
///
/// ```swift
/// public struct Limits: NestedOptions {
///   public var most = 100
///   public init() {}
///   public static let fields: [Field<Self>] = [Field("most", \.most, "How many to keep.")]
/// }
/// ```
public protocol NestedOptions: StageOptions, OptionValue {}

extension NestedOptions {
  public static var typeName: String { "a map" }
  public static var schema: JSONValue { mapSchema }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    switch node.content {
    // What could be read is given even where something else is wrong, so that no mistake is reported twice.
    case .map: decode(node, of: DiagnosticSubject("this map", "key"), &diagnostics)
    default: node.isNull ? Self() : mismatch(node, &diagnostics)
    }
  }

  public var configValue: JSONValue {
    .object(Self.fields.map { JSONValue.Member($0.key, $0.currentValue(self)) })
  }
}

/// Whose options are read, for messages: `stage 'clean' has no option 'langauge'`.
public struct DiagnosticSubject: Sendable, Hashable {
  public var name: String
  /// What it calls one of them: an option, a key.
  public var noun: String

  public init(_ name: String, _ noun: String = "option") {
    self.name = name
    self.noun = noun
  }

  public static func stage(_ name: String) -> Self { DiagnosticSubject("stage '\(name)'") }
}

extension StageOptions {
  /// The fields with their defaults, for reference pages and schemas.
  public static var descriptions: [OptionDescription] {
    let defaults = Self()
    return fields.map {
      OptionDescription(
        key: $0.key, typeName: $0.typeName, defaultValue: $0.currentValue(defaults), summary: $0.summary,
        schema: $0.schema)
    }
  }

  /// The JSON Schema of the map that holds these options.
  public static var mapSchema: JSONValue { .schema(of: descriptions) }
}

extension JSONValue {
  /// The JSON Schema of a map with these options and no others.
  public static func schema(of options: [OptionDescription]) -> JSONValue {
    let properties = options.map { option in
      var members = option.schema.objectValue ?? []
      members.append(Member("description", .string(option.summary)))
      if option.defaultValue != .null { members.append(Member("default", option.defaultValue)) }
      return Member(option.key, .object(members))
    }
    return ["type": "object", "properties": .object(properties), "additionalProperties": false]
  }
}

/// A value of any shape, for options that look into it themselves.
extension ConfigNode: OptionValue {
  public static var typeName: String { "any value" }
  public static var schema: JSONValue { .object([]) }
  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> ConfigNode? { node }
  public var configValue: JSONValue { json }
}
