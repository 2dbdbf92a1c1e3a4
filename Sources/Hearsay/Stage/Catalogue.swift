/// The stages that pipelines can name, in the order in which they are listed.
public struct Catalogue: Sendable {
  public private(set) var stages: [StageDescriptor] = []

  public init(_ stages: [any Stage.Type] = []) {
    for stage in stages { add(stage) }
  }

  /// Adds a stage.
  ///
  /// - Returns: `false` where a stage of that name is there already; the first stays.
  @discardableResult
  public mutating func add(_ stage: any Stage.Type) -> Bool {
    let descriptor = describe(stage)
    guard self[descriptor.name] == nil else { return false }
    stages.append(descriptor)
    return true
  }

  /// Whether this very type is in the catalogue.
  public func contains(_ stage: any Stage.Type) -> Bool { stages.contains { $0.typeID == ObjectIdentifier(stage) } }

  public subscript(name: String) -> StageDescriptor? { stages.first { $0.name == name } }

  /// Every layer that a stage reads or writes, and those that a document may bring along, each once.
  public var layers: [any Layer.Type] {
    var seen: Set<ObjectIdentifier> = []
    let known: [any Layer.Type] = [Sentences.self, Quotes.self, Stances.self, Targets.self, Warnings.self]
    return (known + stages.flatMap(\.layers.types)).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// Runs an example of a stage. Layers that the stage reads are written first, each by the first stage of the
  /// catalogue that can.
  ///
  /// - Parameter prefix: Text to put before the example's, for proving that offsets hold after it.
  /// - Returns: What has become of the document.
  public func run(
    _ example: Example, of stage: StageDescriptor, prefix: String = ""
  ) throws -> [DocumentRun.Outcome] {
    var document = Document(id: "example", text: prefix + example.input, content: example.content)
    for layer in (stage.layers.reads + stage.layers.optionalReads).compactMap(\.type) where !document.has(layer) {
      try write(layer, in: &document)
    }
    let place = SourcePlace(file: example.file, line: example.line)
    var diagnostics: [Diagnostic] = []
    let made = stage.make(example.options.map { ConfigNode($0, at: place) }, at: place, &diagnostics)
    guard let made else { throw StageError(diagnostics.map(\.description).joined(separator: "\n")) }
    // The example of a sink shows that documents pass it.
    let run = DocumentRun([StageStep(stage.name, made)], sinks: .run, layers: layers)
    return try run.whileOpen { run.run(document) }
  }

  private func write(_ layer: any Layer.Type, in document: inout Document) throws {
    let reference = LayerUse.Reference(layer)
    guard let writer = stages.first(where: { $0.layers.writes.contains(reference) }) else { return }
    for needed in writer.layers.reads.compactMap(\.type) where !document.has(needed) && needed != layer {
      try write(needed, in: &document)
    }
    var diagnostics: [Diagnostic] = []
    try writer.make(nil, at: SourcePlace(file: writer.name), &diagnostics)?.process(&document)
  }
}

private func describe<S: Stage>(_ stage: S.Type) -> StageDescriptor { StageDescriptor(stage) }
