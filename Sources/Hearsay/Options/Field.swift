/// The options of a stage: a struct whose initial values are the defaults, and one table of its fields.
///
/// ```swift
/// public struct Options: StageOptions {
///   public var longest = 2_000
///   public init() {}
///   public static let fields: [Field<Self>] = [
///     Field("longest", \.longest, in: 40...100_000, "Cut a longer sentence at a clause mark; in bytes.")
///   ]
/// }
/// ```
public protocol StageOptions: Sendable {
  /// The defaults.
  init()
  static var fields: [Field<Self>] { get }
}

/// The options of a stage that has none.
public struct NoOptions: StageOptions {
  public init() {}
  public static let fields: [Field<Self>] = []
}

/// One option: its key in YAML, where its value goes, its range and a sentence about it. Reading, defaults, messages,
/// reference pages and the JSON Schema all come from here.
public struct Field<Options: StageOptions>: Sendable {
  /// In `snake_case`.
  public let key: String
  /// What the option does, one sentence; it says the unit.
  public let summary: String
  /// The option's type and range as a JSON Schema.
  public let schema: JSONValue
  /// The type, with the range, in words.
  public let typeName: String
  let decode: @Sendable (ConfigNode, inout Options, inout [Diagnostic]) -> Void
  let currentValue: @Sendable (Options) -> JSONValue

  public init<Value: OptionValue>(
    _ key: String, _ path: any WritableKeyPath<Options, Value> & Sendable, _ summary: String
  ) {
    self.key = key
    self.summary = summary
    schema = Value.schema
    typeName = Value.typeName
    decode = { node, options, diagnostics in
      if let value = Value.decode(node, &diagnostics) { options[keyPath: path] = value }
    }
    currentValue = { $0[keyPath: path].configValue }
  }

  public init<Value: OptionValue & Comparable>(
    _ key: String, _ path: any WritableKeyPath<Options, Value> & Sendable, in range: ClosedRange<Value>,
    _ summary: String
  ) {
    self.key = key
    self.summary = summary
    let bounds: [JSONValue.Member] = [
      JSONValue.Member("minimum", range.lowerBound.configValue),
      JSONValue.Member("maximum", range.upperBound.configValue),
    ]
    schema = .object((Value.schema.objectValue ?? []) + bounds)
    typeName = "\(Value.typeName) from \(range.lowerBound) to \(range.upperBound)"
    decode = { node, options, diagnostics in
      guard let value = Value.decode(node, &diagnostics) else { return }
      guard range.contains(value) else {
        diagnostics.append(
          Diagnostic(.outOfRange(node, key, "\(range.lowerBound)", "\(range.upperBound)"), at: node.place))
        return
      }
      options[keyPath: path] = value
    }
    currentValue = { $0[keyPath: path].configValue }
  }
}

extension Diagnostic.Message {
  static func outOfRange(_ node: ConfigNode, _ key: String, _ low: String, _ high: String) -> Self {
    Self("\(key) is \(node.kindName), but must lie from \(low) to \(high)")
  }
  static func unknownOption(_ key: String, of owner: DiagnosticSubject) -> Self {
    Self("\(owner.name) has no \(owner.noun) '\(key)'")
  }
  static func optionsNotAMap(_ owner: DiagnosticSubject, _ node: ConfigNode) -> Self {
    Self("the \(owner.noun)s of \(owner.name) must be a map, found \(node.kindName)")
  }
}

extension StageOptions {
  /// Reads options from their map. All that is wrong is added to `diagnostics`; what is not given keeps its default.
  public static func decode(
    _ node: ConfigNode?, of owner: DiagnosticSubject, _ diagnostics: inout [Diagnostic]
  ) -> Self {
    var options = Self()
    guard let node, !node.isNull else { return options }
    guard case .map(let entries) = node.content else {
      diagnostics.append(Diagnostic(.optionsNotAMap(owner, node), at: node.place))
      return options
    }
    for entry in entries {
      if let field = fields.first(where: { $0.key == entry.key }) {
        field.decode(entry.value, &options, &diagnostics)
      } else {
        let suggestion = diagnostics.hasReachedLimit ? nil : fields.map(\.key).nearest(to: entry.key)
        diagnostics.append(
          Diagnostic(.unknownOption(entry.key, of: owner), at: entry.keyPlace, suggestion: suggestion))
      }
    }
    return options
  }
}
