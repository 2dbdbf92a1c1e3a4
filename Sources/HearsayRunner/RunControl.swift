internal import Synchronization

/// A handle by which another thread, such as one that waits for signals, ends a run early.
public final class RunControl: Sendable {
  private let stopRequested = Atomic(false)

  public init() {}

  /// Ends the input here. Documents that were read already are finished, and the stages closed as `.interrupted`.
  public func requestStop() { stopRequested.store(true, ordering: .relaxed) }

  public var isStopRequested: Bool { stopRequested.load(ordering: .relaxed) }
}
