/// A stage in its place in a pipeline, with the name that reports and messages have for it.
public struct StageStep: Sendable {
  /// `NAME[2]` for the second of two of a name.
  public var label: String
  public var stage: any Stage

  public init(_ label: String, _ stage: any Stage) {
    self.label = label
    self.stage = stage
  }

  /// What a step has made of a document: what becomes of it, normalized, or its error.
  public typealias Result = Swift.Result<Disposition, any Error>

  /// Takes one document through the stage: an ordered stage prepares and commits it at once.
  public func run(_ document: inout Document) -> Result {
    Result { try stage.process(&document).normalized }
  }

  /// Takes several documents through a batch stage at once.
  ///
  /// - Returns: As many results as documents; those that the stage left out are failures. Their documents are still there.
  public static func run(_ documents: inout [Document], through stage: any BatchStage) -> [Result] {
    let ids = documents.map(\.id)
    let results = stage.process(all: &documents).map { $0.map(\.normalized) }
    let answered = min(results.count, documents.count)
    if documents.count < ids.count { documents += ids[documents.count...].map { Document(id: $0, text: "") } }
    return ids.indices.map {
      $0 < answered ? results[$0] : .failure(StageError("gave no result for this document"))
    }
  }

  /// Commits a document that an ordered stage has prepared: see `OrderedStage.commit`.
  ///
  /// - Throws: An error that ends the run; that of one document is a failure.
  public static func commit(
    _ document: inout Document, _ commit: (inout Document) throws -> Disposition
  ) throws -> Result {
    do {
      return .success(try commit(&document).normalized)
    } catch let error as DocumentError {
      return .failure(error)
    }
  }
}
