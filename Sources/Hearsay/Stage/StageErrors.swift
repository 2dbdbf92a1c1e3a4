/// Why a stage could not be made, or could not do its work.
public struct StageError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// Why an ordered stage cannot take one document in its turn, while it can take others: the file that the document asks
/// for has a name that is too long.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// A stage has left its work on a document undone, as the run is to end before its input does: see
/// `StageContext.isCancelled`. The document has not failed; a run that goes on takes it again.
public struct RunEnded: Error, Hashable, Sendable, CustomStringConvertible {
  public init() {}
  public var description: String { "the run was ended before the work was done" }
}
