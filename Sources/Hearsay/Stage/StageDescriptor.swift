/// A stage type as data: what a catalogue lists, documents and makes.
public struct StageDescriptor: Sendable {
  public let name: String
  public let summary: String
  public let options: [OptionDescription]
  public let layers: LayerUse
  /// Whether the stage has outputs of its own.
  public let isSink: Bool
  public let examples: [Example]
  let typeID: ObjectIdentifier
  private let instantiate: @Sendable (ConfigNode?, SourcePlace, inout [Diagnostic]) -> (any Stage)?

  public init<S: Stage>(_ stage: S.Type) {
    name = S.name
    summary = S.summary
    options = S.Options.descriptions
    layers = S.layers
    isSink = S.self is any SinkStage.Type
    examples = S.examples
    typeID = ObjectIdentifier(S.self)
    instantiate = { node, place, diagnostics in
      let before = diagnostics.count
      let options = S.Options.decode(node, of: .stage(S.name), &diagnostics)
      guard diagnostics.count == before else { return nil }
      do {
        return try S(options)
      } catch {
        diagnostics.append(Diagnostic(.cannotMake(S.name, error), at: node?.place ?? place))
        return nil
      }
    }
  }

  /// Makes the stage from its options in a file.
  ///
  /// - Parameters:
  ///   - options: The options' map; `nil` for the defaults.
  ///   - place: Where the stage is named.
  ///   - diagnostics: All that is wrong with the options is added here.
  /// - Returns: `nil` where anything is wrong.
  public func make(_ options: ConfigNode?, at place: SourcePlace, _ diagnostics: inout [Diagnostic]) -> (any Stage)? {
    instantiate(options, place, &diagnostics)
  }
}

extension Diagnostic.Message {
  static func cannotMake(_ stage: String, _ error: any Error) -> Self { Self("stage '\(stage)': \(error)") }
}
