public import HearsayStreams

/// What a run tells while it goes on. The calls come one at a time, in the order of the documents, from the threads
/// that do the work: they must be short.
public struct RunObserver: Sendable {
  /// How far the run is.
  public struct Progress: Sendable, Hashable {
    /// Documents that are done, whatever became of them.
    public var documents: Int
    /// Their length in the input, in bytes.
    public var bytes: Int
    public var failures: Int
    public var elapsed: Duration
  }

  /// A few times a second, and once at the end.
  public var progress: @Sendable (Progress) -> Void = { _ in }
  /// A document has failed, and the run goes on without it.
  public var failure: @Sendable (DocumentFailure) -> Void = { _ in }
  /// An input is odd, though no document of it has failed.
  public var notice: @Sendable (InputNotice) -> Void = { _ in }

  public init() {}
}
