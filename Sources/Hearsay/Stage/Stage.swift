/// One step of a pipeline: a type with typed options that reads a document and adds to it.
///
/// `process` is synchronous and depends on its document alone: the runner calls it from several threads at once. The
/// declaration is the only place where a stage is described; YAML decoding, messages, the reference, the JSON Schema
/// and the example tests are derived from it.
///
/// A stage that needs more says so by its type: an `OrderedStage` sees documents in their order, a `SinkStage` has
/// outputs of its own, a `BatchStage` takes several documents at once, a `ResumableStage` can go on after a checkpoint.
public protocol Stage: Sendable {
  associatedtype Options: StageOptions = NoOptions
  /// The stage's name in YAML: a verb in `kebab-case`.
  static var name: String { get }
  /// What it does, one sentence.
  static var summary: String { get }
  /// The layers that it reads and writes, whatever its options. None unless declared.
  static var layers: LayerUse { get }
  /// What it does to a few texts; each is a test.
  static var examples: [Example] { get }

  /// Makes the stage. Throws `StageError` where the options do not fit together.
  init(_ options: Options) throws

  /// The layers that this stage reads and writes, where its options decide: those of its type unless declared.
  var layers: LayerUse { get }

  /// Called once before the first document. Calls `open()` unless declared.
  func open(_ context: StageContext) throws
  /// Called once before the first document, for a stage that needs nothing of the run. Does nothing unless declared.
  func open() throws
  /// Does the work on one document.
  ///
  /// - Returns: What becomes of the document: it goes on, is dropped, or is replaced by others.
  /// - Throws: Any error fails this document alone, under the pipeline's `on_error`; `RunEnded` leaves it undone.
  @discardableResult
  func process(_ document: inout Document) throws -> Disposition
  /// Called once when the run ends. Does nothing unless declared.
  func close(_ outcome: RunOutcome) throws
}

extension Stage {
  public static var layers: LayerUse { LayerUse() }
  public var layers: LayerUse { Self.layers }
  public func open(_ context: StageContext) throws { try open() }
  public func open() throws {}
  public func close(_ outcome: RunOutcome) throws {}
}

/// How a run ended.
public enum RunOutcome: Sendable, Hashable {
  /// Every document was seen.
  case finished
  /// The run stopped at a failure or a signal; what it wrote is not whole.
  case interrupted
}
