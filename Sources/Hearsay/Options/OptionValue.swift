/// A type that an option can have: how it is read from a file, described, and shown.
public protocol OptionValue: Sendable {
  /// The type in words with an article, for messages: `a whole number`.
  static var typeName: String { get }
  /// The type as a JSON Schema.
  static var schema: JSONValue { get }
  /// Reads the value, or adds what is wrong to `diagnostics` and gives `nil`.
  static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self?
  /// The value as it would stand in a file, for showing defaults.
  var configValue: JSONValue { get }
}

extension Diagnostic.Message {
  static func wrongType(_ node: ConfigNode, wanted: String) -> Self {
    Self("expected \(wanted), found \(node.kindName)")
  }
}

extension OptionValue {
  /// Reports that `node` is not of this type.
  public static func mismatch(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    diagnostics.append(Diagnostic(.wrongType(node, wanted: typeName), at: node.place))
    return nil
  }
}

extension String: OptionValue {
  public static var typeName: String { "text" }
  public static var schema: JSONValue { ["type": ["string", "number", "boolean"]] }

  /// Any scalar is text as it is spelled: `no` and `1.10` need no quotation marks.
  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return mismatch(node, &diagnostics) }
    return text
  }

  public var configValue: JSONValue { .string(self) }
}

extension Int: OptionValue {
  public static var typeName: String { "a whole number" }
  public static var schema: JSONValue { ["type": "integer"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Int? {
    guard case .scalar(let text, _) = node.content, let number = Int(text.replacingUnderscores) else {
      return mismatch(node, &diagnostics)
    }
    return number
  }

  public var configValue: JSONValue { .number(String(self)) }
}

extension Double: OptionValue {
  public static var typeName: String { "a number" }
  public static var schema: JSONValue { ["type": "number"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Double? {
    guard case .scalar(let text, _) = node.content, let number = Double(text.replacingUnderscores), number.isFinite
    else { return mismatch(node, &diagnostics) }
    return number
  }

  public var configValue: JSONValue { .number(self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)") }
}

extension String {
  /// `1_000` is a number in YAML 1.1 and in Swift: it is here.
  fileprivate var replacingUnderscores: String { String(filter { $0 != "_" }) }
}

extension Bool: OptionValue {
  public static var typeName: String { "true or false" }
  public static var schema: JSONValue { ["type": "boolean"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Bool? {
    guard case .scalar(let text, isQuoted: false) = node.content, let value = Bool(yaml: text) else {
      return mismatch(node, &diagnostics)
    }
    return value
  }

  public var configValue: JSONValue { .bool(self) }
}

extension Array: OptionValue where Element: OptionValue {
  public static var typeName: String { "a list, each \(Element.typeName)" }
  public static var schema: JSONValue { ["anyOf": [["type": "array", "items": Element.schema], Element.schema]] }

  /// One value that is no list counts as a list of one.
  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> [Element]? {
    guard case .list(let nodes) = node.content else {
      if node.isNull { return [] }
      return Element.decode(node, &diagnostics).map { [$0] }
    }
    let before = diagnostics.count
    let values = nodes.compactMap { Element.decode($0, &diagnostics) }
    return diagnostics.count == before ? values : nil
  }

  public var configValue: JSONValue { .array(map(\.configValue)) }
}

extension Dictionary: OptionValue where Key == String, Value: OptionValue {
  public static var typeName: String { "a map, each value \(Value.typeName)" }
  public static var schema: JSONValue { ["type": "object", "additionalProperties": Value.schema] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> [String: Value]? {
    guard case .map(let entries) = node.content else { return node.isNull ? [:] : mismatch(node, &diagnostics) }
    let before = diagnostics.count
    var values: [String: Value] = [:]
    for entry in entries { values[entry.key] = Value.decode(entry.value, &diagnostics) }
    return diagnostics.count == before ? values : nil
  }

  public var configValue: JSONValue {
    .object(sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.configValue) })
  }
}

extension Optional: OptionValue where Wrapped: OptionValue {
  public static var typeName: String { Wrapped.typeName }
  public static var schema: JSONValue { ["anyOf": [Wrapped.schema, ["type": "null"]]] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Wrapped?? {
    if node.isNull { return .some(nil) }
    return Wrapped.decode(node, &diagnostics).map { .some($0) }
  }

  public var configValue: JSONValue { self?.configValue ?? .null }
}

/// An option with a fixed set of words: conform a `String` enum to it and it is an `OptionValue`.
public protocol OptionEnum: OptionValue, RawRepresentable<String>, CaseIterable {}

extension OptionEnum {
  public static var typeName: String { allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") }
  public static var schema: JSONValue { ["enum": .array(allCases.map { .string($0.rawValue) })] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    if case .scalar(let text, _) = node.content {
      if let value = Self(rawValue: text) { return value }
      let suggestion = allCases.map(\.rawValue).nearest(to: text)
      diagnostics.append(
        Diagnostic(.wrongType(node, wanted: "one of \(typeName)"), at: node.place, suggestion: suggestion))
      return nil
    }
    return mismatch(node, &diagnostics)
  }

  public var configValue: JSONValue { .string(rawValue) }
}

extension Quote.Kind: OptionEnum {}
