/// Takes one document at a time through steps, outside of a run: for tests, examples and `hearsay explain`.
///
/// The rules are those of a run: a dropped document goes no further, the parts of a replaced one each go on, a failed one
/// ends. A run takes many documents at once, and each of its steps through `StageStep`, as this does.
public struct DocumentRun: Sendable {
  /// What becomes of stages that have outputs of their own.
  public enum Sinks: Sendable {
    /// Neither opened nor run: documents pass them unchanged, and nothing is written.
    case skip
    case run
  }

  /// What has become of a document at the end of the steps, or where it left them.
  public enum Outcome: Sendable {
    case kept(Document)
    case dropped(Document, step: StageStep, reason: String, detail: String?)
    case failed(Document, step: StageStep, error: any Error)

    /// The document, as it was when it left the steps.
    public var document: Document {
      switch self {
      case .kept(let document), .dropped(let document, _, _, _), .failed(let document, _, _): document
      }
    }
  }

  /// What one step did: the document before and after it, and the result.
  public struct Visit: Sendable {
    public var step: StageStep
    /// Whether the step is a sink that was left out.
    public var isSkipped: Bool
    public var before: Document
    public var after: Document
    public var result: StageStep.Result
  }

  public let steps: [StageStep]
  public let sinks: Sinks
  /// Whether each step's text edits are mapped to the text before that step, not to the raw input.
  public var isolatesEdits = false
  /// Whether stages are asked why they found what they found: see `Reasons`.
  public var collectsReasons = false
  private let layers: [any Layer.Type]
  private let log: @Sendable (String) -> Void

  /// - Parameters:
  ///   - layers: The layers that documents may carry: `Catalogue.layers`.
  ///   - log: Takes what stages have to say.
  public init(
    _ steps: [StageStep], sinks: Sinks = .skip, layers: [any Layer.Type] = Catalogue().layers,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.steps = steps
    self.sinks = sinks
    self.layers = layers
    self.log = log
  }

  /// Opens the steps, does the work, and closes them, whatever comes of it.
  ///
  /// - Throws: What a stage throws where it is opened or closed, and what `work` throws.
  public func whileOpen<Value>(_ work: () throws -> Value) throws -> Value {
    var opened: [StageStep] = []
    do {
      for step in steps where !isSkipped(step) {
        try step.stage.open(StageContext(label: step.label, layers: layers, log: log))
        opened.append(step)
      }
      let value = try work()
      while let step = opened.first {
        opened.removeFirst()
        try step.stage.close(.finished)
      }
      return value
    } catch {
      for step in opened { try? step.stage.close(.interrupted) }
      throw error
    }
  }

  /// Takes a document through all steps, which must be open.
  ///
  /// - Returns: One outcome for each document that it became, in order.
  public func run(_ document: Document) -> [Outcome] { run(document, observe: { _ in }) }

  /// The same.
  ///
  /// - Parameter observe: Called after each step that a document reached.
  public func run(_ document: Document, observe: (Visit) throws -> Void) rethrows -> [Outcome] {
    try run(document, from: 0, observe)
  }

  private func run(
    _ document: Document, from first: Int, _ observe: (Visit) throws -> Void
  ) rethrows -> [Outcome] {
    var document = document
    for (index, step) in steps.enumerated().dropFirst(first) {
      if isolatesEdits { document.resetProvenance() }
      let before = document
      if collectsReasons { document[Reasons.self] = [] }
      let isSkipped = isSkipped(step)
      let result = isSkipped ? .success(.keep) : step.run(&document)
      try observe(Visit(step: step, isSkipped: isSkipped, before: before, after: document, result: result))
      switch result {
      case .success(.keep): continue
      case .success(.drop(let reason, let detail)):
        return [.dropped(document, step: step, reason: reason, detail: detail)]
      case .failure(let error): return [.failed(before, step: step, error: error)]
      case .success(.replace(let parts)): return try parts.flatMap { try run($0, from: index + 1, observe) }
      }
    }
    return [.kept(document)]
  }

  private func isSkipped(_ step: StageStep) -> Bool { sinks == .skip && step.stage is any SinkStage }
}
