/// One step of a pipeline: a type with typed options that reads a document and adds to it.
///
/// `process` is synchronous and depends on its document alone: the runner calls it from several threads at once. The
/// declaration is the only place where a stage is described; YAML decoding, messages, the reference, the JSON Schema
/// and the example tests are derived from it.
public protocol Stage: Sendable {
  associatedtype Options: StageOptions = NoOptions
  /// The stage's name in YAML: a verb in `kebab-case`.
  static var name: String { get }
  /// What it does, one sentence.
  static var summary: String { get }
  /// Layers that must have been written before it.
  static var reads: [any Layer.Type] { get }
  /// Layers that it uses where they are there. None unless declared.
  static var readsIfPresent: [any Layer.Type] { get }
  /// Layers that it writes.
  static var writes: [any Layer.Type] { get }
  /// What it does to a few texts; each is a test.
  static var examples: [Example] { get }

  /// Makes the stage. Throws `StageError` where the options do not fit together.
  init(_ options: Options) throws

  /// The names of the layers that this stage reads, where its options decide: those of `reads` unless declared.
  var layersRead: [String] { get }
  /// The names of the layers that this stage writes, where its options decide: those of `writes` unless declared.
  var layersWritten: [String] { get }

  /// The files that this stage writes, as its options name them; `-` is standard output. None unless declared. No two
  /// stages of a pipeline may write the same.
  var outputs: [String] { get }

  /// Called once before the first document. Calls `open()` unless declared.
  func open(_ context: StageContext) throws
  /// Called once before the first document, for a stage that needs nothing of the run. Does nothing unless declared.
  func open() throws
  /// Does the work on one document. A thrown error fails this document alone, under the pipeline's `on_error`.
  func process(_ document: inout Document) throws
  /// Called once when the run ends. Does nothing unless declared.
  func close(_ outcome: RunOutcome) throws
}

extension Stage {
  public static var readsIfPresent: [any Layer.Type] { [] }
  public var layersRead: [String] { Self.reads.map { $0.name } }
  public var layersWritten: [String] { Self.writes.map { $0.name } }
  public var outputs: [String] { [] }
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

/// A stage that must see documents one at a time and in their order: an export, a filter of duplicates.
///
/// The costly part, `prepare`, runs on any worker; `commit` is called in document order, never twice at once. State
/// belongs behind the stage's own lock.
public protocol OrderedStage: Stage {
  associatedtype Prepared: Sendable
  /// Computes from the document alone what `commit` needs.
  func prepare(_ document: Document) throws -> Prepared
  /// Takes the document in its turn, and says whether it goes on.
  ///
  /// - Throws: A `DocumentError` where only this document cannot be taken: it fails, under the pipeline's `on_error`. Any
  ///   other error ends the run.
  func commit(_ prepared: Prepared, _ document: inout Document) throws -> Disposition
}

extension OrderedStage {
  public func process(_ document: inout Document) throws {
    _ = try commit(try prepare(document), &document)
  }
}

/// What becomes of a document after an ordered stage.
public enum Disposition: Sendable, Hashable {
  case keep
  /// The document leaves the run. The reason is one of few, by which a run counts: `duplicate`; the detail is of this
  /// document: `of wire-17`.
  case drop(reason: String, detail: String? = nil)
}

/// Why an ordered stage cannot take one document in its turn, while it can take others: the file that the document asks for
/// has a name that is too long.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// A stage has left its work on a document undone, as the run is to end before its input does: see `StageContext.isCancelled`.
/// The document has not failed; a run that goes on takes it anew.
public struct RunEnded: Error, Hashable, Sendable, CustomStringConvertible {
  public init() {}
  public var description: String { "the run was ended before the work was done" }
}

/// Why a stage could not be made, or could not do its work.
public struct StageError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}
