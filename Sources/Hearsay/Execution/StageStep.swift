/// A stage in its place in a pipeline, with the name that reports and messages have for it.
public struct StageStep: Sendable {
  /// `NAME[2]` for the second of two of a name.
  public var label: String
  public var stage: any Stage

  public init(_ label: String, _ stage: any Stage) {
    self.label = label
    self.stage = stage
  }

  /// What a step has made of a document.
  public enum Result: Sendable {
    case kept
    case dropped(reason: String, detail: String?)
    /// At least one.
    case replaced([Document])
    case failed(any Error)

    init(_ result: Swift.Result<Disposition, any Error>) {
      switch result.map(\.normalized) {
      case .success(.keep): self = .kept
      case .success(.drop(let reason, let detail)): self = .dropped(reason: reason, detail: detail)
      case .success(.replace(let documents)): self = .replaced(documents)
      case .failure(let error): self = .failed(error)
      }
    }
  }

  /// Takes one document through the stage: an ordered stage prepares and commits it at once.
  public func run(_ document: inout Document) -> Result {
    Result(Swift.Result { try stage.process(&document) })
  }

  /// Takes several documents through a batch stage at once.
  ///
  /// - Returns: As many results as documents; those that the stage left out are failures.
  public static func run(_ documents: inout [Document], through stage: any BatchStage) -> [Result] {
    let count = documents.count
    var results = stage.process(all: &documents).prefix(count).map(Result.init)
    let answered = min(results.count, documents.count)
    if answered < count {
      results.removeSubrange(answered...)
      results += repeatElement(.failed(StageError("gave no result for this document")), count: count - answered)
    }
    return results
  }

  /// Commits a document that an ordered stage has prepared: see `OrderedStage.commit`.
  ///
  /// - Throws: An error that ends the run; that of one document is the result `failed`.
  public static func commit(
    _ document: inout Document, _ commit: (inout Document) throws -> Disposition
  ) throws -> Result {
    do {
      return Result(.success(try commit(&document)))
    } catch let error as DocumentError {
      return .failed(error)
    }
  }
}
