/// A stage that is faster over several documents at once: a child process, a model that takes many texts.
public protocol BatchStage: Stage {
  /// How many documents it wants at a time, and how many calls at once. The runner fills batches accordingly.
  var batch: BatchPreference { get }
  /// Does the work on each document; one that fails leaves the others alone.
  ///
  /// - Parameter documents: At least one, and at most as many as `batch` asks for. Changed in place.
  /// - Returns: As many results as there are documents, in their order: what becomes of each, or its error. What a
  ///   failed document holds does not matter.
  func process(all documents: inout [Document]) -> [Result<Disposition, any Error>]
}

extension BatchStage {
  @discardableResult
  public func process(_ document: inout Document) throws -> Disposition {
    var documents = [document]
    let results = process(all: &documents)
    guard let result = results.first, let processed = documents.first else { throw StageError("gave no result") }
    document = processed
    return try result.get()
  }
}

/// What a `BatchStage` wants at a time. A batch is full when it has this many documents, or this much text.
public struct BatchPreference: Sendable, Hashable {
  /// At least 1.
  public var documents: Int
  /// Text of all documents of a call, in bytes. It bounds the memory of a run; one longer document is a call of its own.
  public var bytes: Int
  /// How many calls may run at once. Where it is more than the run has workers, the run gets as many threads; `nil` is
  /// one call for each worker.
  public var concurrentCalls: Int?

  public init(documents: Int, bytes: Int = 1 << 20, concurrentCalls: Int? = nil) {
    self.documents = max(documents, 1)
    self.bytes = max(bytes, 1)
    self.concurrentCalls = concurrentCalls.map { max($0, 1) }
  }
}
