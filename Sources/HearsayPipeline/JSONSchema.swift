public import Hearsay

extension Catalogue {
  /// The JSON Schema (draft 2020-12) of pipeline files over these stages, for editors to complete and check from.
  ///
  /// `${VARIABLES}` stand as text where a number is expected, so every value may also be such a text.
  ///
  /// - Parameter inputFormats: The names of the input formats.
  public func pipelineSchema(inputFormats: [String]) -> JSONValue {
    var top = Self.map(PipelineKeys.descriptions)
    Self.set("stages", "items", in: &top, to: ["$ref": "#/$defs/stage"], type: "array", minimum: 1)
    Self.set("tests", "items", in: &top, to: ["$ref": "#/$defs/test"], type: "array")
    Self.set("input", nil, in: &top, to: ["$ref": "#/$defs/input"])
    var definitions: [JSONValue.Member] = [
      .init("stage", stageSchema),
      .init("input", inputSchema(inputFormats)),
      .init("test", testSchema),
      .init("variable", ["type": "string", "pattern": #"\$\{[A-Za-z_][A-Za-z_0-9]*(:-[^}]*)?\}"#]),
    ]
    for stage in stages { definitions.append(.init("stage-\(stage.name)", options(of: stage))) }
    let head: [JSONValue.Member] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Hearsay pipeline"),
    ]
    let tail: [JSONValue.Member] = [.init("required", ["stages"]), .init("$defs", .object(definitions))]
    return .object(head + (top.objectValue ?? []) + tail)
  }

  private func inputSchema(_ formats: [String]) -> JSONValue {
    Self.map(PipelineInput.descriptions, replacing: ["format": InputFormatName.schema(of: formats)])
  }

  /// A stage's bare name, or a map from its name to its options.
  private var stageSchema: JSONValue {
    let named = stages.map { stage in
      JSONValue.Member(stage.name, ["$ref": .string("#/$defs/stage-\(stage.name)")])
    }
    return [
      "anyOf": [
        ["enum": .array(stages.map { .string($0.name) })],
        [
          "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
          "properties": .object(named),
        ],
      ]
    ]
  }

  private func options(of stage: StageDescriptor) -> JSONValue {
    var members = Self.map(stage.options).objectValue ?? []
    members.removeAll { $0.key == "type" }
    // A name with nothing after its colon has the defaults.
    return .object([.init("description", .string(stage.summary)), .init("type", ["object", "null"])] + members)
  }

  private var testSchema: JSONValue {
    var schema = Self.map(TestKeys.descriptions)
    Self.set("meta", nil, in: &schema, to: .object([]), type: "object")
    Self.set("expect", nil, in: &schema, to: .object([]), type: "object")
    return .object(
      (schema.objectValue ?? []) + [
        .init("required", ["expect"]), .init("oneOf", [["required": ["text"]], ["required": ["html"]]]),
      ])
  }

  /// A map of options, each of which may also be a variable.
  ///
  /// - Parameter schemas: The schemas of options whose type does not determine them.
  private static func map(
    _ options: [OptionDescription], replacing schemas: [String: JSONValue] = [:]
  ) -> JSONValue {
    let properties = options.map { option in
      var members: [JSONValue.Member] = [.init("description", .string(option.summary))]
      if option.defaultValue != .null { members.append(.init("default", option.defaultValue)) }
      members.append(.init("anyOf", [schemas[option.key] ?? option.schema, ["$ref": "#/$defs/variable"]]))
      return JSONValue.Member(option.key, .object(members))
    }
    return ["type": "object", "properties": .object(properties), "additionalProperties": false]
  }

  /// Replaces what a property may be, and keeps its description.
  private static func set(
    _ key: String, _ member: String?, in schema: inout JSONValue, to value: JSONValue, type: String? = nil,
    minimum: Int? = nil
  ) {
    guard var properties = schema["properties"]?.objectValue,
      let index = properties.firstIndex(where: { $0.key == key }), var top = schema.objectValue,
      let at = top.firstIndex(where: { $0.key == "properties" })
    else { return }
    var members = (properties[index].value.objectValue ?? []).filter { $0.key == "description" }
    if let type { members.append(.init("type", .string(type))) }
    if let minimum { members.append(.init("minItems", .number("\(minimum)"))) }
    if let member { members.append(.init(member, value)) } else { members += value.objectValue ?? [] }
    properties[index].value = .object(members)
    top[at].value = .object(properties)
    schema = .object(top)
  }
}
