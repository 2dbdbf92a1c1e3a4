/// A stage that must see documents one at a time and in their order: a filter of duplicates, an export.
///
/// The costly part, `prepare`, runs on any worker; `commit` is called in document order, never twice at once. State
/// belongs in the stage's own lock.
public protocol OrderedStage: Stage {
  associatedtype Prepared: Sendable
  /// Computes from the document alone what `commit` needs. A thrown error fails this document alone.
  func prepare(_ document: Document) throws -> Prepared
  /// Takes the document in its turn.
  ///
  /// - Returns: What becomes of the document.
  /// - Throws: A `DocumentError` where only this document cannot be taken: it fails, under the pipeline's `on_error`. Any
  ///   other error ends the run.
  func commit(_ prepared: Prepared, _ document: inout Document) throws -> Disposition
}

extension OrderedStage {
  @discardableResult
  public func process(_ document: inout Document) throws -> Disposition {
    try commit(try prepare(document), &document)
  }
}
