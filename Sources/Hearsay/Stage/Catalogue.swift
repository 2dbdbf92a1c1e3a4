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
    return (known + stages.flatMap { $0.reads + $0.readsIfPresent + $0.writes })
      .filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// Runs an example of a stage. Layers that the stage reads are written first, each by the first stage of the
  /// catalogue that can.
  ///
  /// - Parameter prefix: Text to put before the example's, for proving that offsets hold behind it.
  /// - Returns: The document as the stage leaves it.
  public func run(_ example: Example, of stage: StageDescriptor, prefix: String = "") throws -> Document {
    var document = Document(id: "example", text: prefix + example.input, content: example.content)
    for layer in stage.reads + stage.readsIfPresent where !document.has(layer) { try write(layer, in: &document) }
    let place = SourcePlace(file: example.file, line: example.line)
    var diagnostics: [Diagnostic] = []
    let made = stage.make(example.options.map { ConfigNode($0, at: place) }, at: place, &diagnostics)
    guard let made else { throw StageError(diagnostics.map(\.description).joined(separator: "\n")) }
    try made.open(StageContext(label: stage.name, layers: layers))
    try made.process(&document)
    try made.close(.finished)
    return document
  }

  private func write(_ layer: any Layer.Type, in document: inout Document) throws {
    let writer = stages.first { stage in stage.writes.contains { $0 == layer } }
    guard let writer else { return }
    for needed in writer.reads where !document.has(needed) && needed != layer { try write(needed, in: &document) }
    var diagnostics: [Diagnostic] = []
    try writer.make(nil, at: SourcePlace(file: writer.name), &diagnostics)?.process(&document)
  }
}

private func describe<S: Stage>(_ stage: S.Type) -> StageDescriptor { StageDescriptor(stage) }
