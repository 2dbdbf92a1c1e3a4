public import HearsayStreams

/// What a run reports while it goes on. The calls come one at a time, in the order of the documents, from the threads
/// that do the work: they must be short. Only `message` may be called at any time.
public struct RunObserver: Sendable {
  /// How far the run is.
  public struct Progress: Sendable {
    /// Documents that are done, whatever became of them.
    public var documents: Int
    /// Their length in the input, in bytes.
    public var bytes: Int
    public var failures: Int
    public var elapsed: Duration
    /// Of the bytes and of the time, those of a run before that this one goes on with.
    public var bytesBefore = 0
    public var elapsedBefore = Duration.zero
    /// All that is counted so far; `documentsIn` are those that are done.
    public var report: RunReport
  }

  /// A line that a stage has for the people who watch the run.
  public struct Message: Sendable, Hashable, CustomStringConvertible {
    /// The stage's label.
    public var stage: String
    public var text: String

    public var description: String { "\(stage): \(text)" }
  }

  /// A few times a second, and once at the end.
  public var progress: @Sendable (Progress) -> Void = { _ in }
  /// A document has failed, and the run goes on without it.
  public var failure: @Sendable (DocumentFailure) -> Void = { _ in }
  /// An input is odd, though no document of it has failed.
  public var notice: @Sendable (InputNotice) -> Void = { _ in }
  /// A stage says something, on any thread.
  public var message: @Sendable (Message) -> Void = { _ in }

  public init() {}
}
