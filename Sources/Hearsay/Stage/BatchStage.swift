/// A stage that is faster over several documents at once: a child process, a model that takes many texts.
public protocol BatchStage: Stage {
  /// Does the work on each document; one that fails leaves the others alone.
  ///
  /// - Returns: As many results as there are documents, in their order.
  func process(all documents: [Document]) -> [Result<Document, any Error>]
}

extension BatchStage {
  public func process(_ document: inout Document) throws {
    guard let result = process(all: [document]).first else { throw StageError("gave no result") }
    document = try result.get()
  }
}
