import Hearsay

/// The child processes that wait for documents, and how many more may be started.
///
/// A worker acquires one and releases it, so there are never more than workers.
struct ProcessPool: Sendable {
  private let command: [String]
  private let environment: [String: String]
  private let restarts: Int
  /// Made with the first child.
  private var processes: ProcessGuard?
  private var idle: [ChildProcess] = []
  /// How many have failed one after the other with no answer from any between them.
  private var failuresInARow = 0

  init(command: [String], environment: [String: String], restarts: Int) {
    self.command = command
    self.environment = environment
    self.restarts = restarts
  }

  /// A child that runs: an idle one, or a new one.
  mutating func acquire() throws(StageError) -> ChildProcess {
    while let child = idle.popLast() {
      if !child.hasEnded { return child }
      // One that ended while it was idle has failed no document.
      failuresInARow += 1
    }
    guard failuresInARow <= restarts else {
      throw StageError("the program was started \(failuresInARow) times in a row without an answer, and is given up")
    }
    if let processes { return try ChildProcess(command, environment: environment, processes) }
    let made = try ProcessGuard()
    processes = made
    return try ChildProcess(command, environment: environment, made)
  }

  mutating func release(_ child: ChildProcess) {
    idle.append(child)
    failuresInARow = 0
  }

  /// Notes that a child has failed, after answers to some documents or to none.
  mutating func recordFailure(didAnswer: Bool) {
    failuresInARow = didAnswer ? 0 : failuresInARow + 1
  }

  /// Removes all idle children, and the guard with them.
  mutating func removeAll() -> [ChildProcess] {
    defer {
      idle = []
      processes = nil
    }
    return idle
  }
}
