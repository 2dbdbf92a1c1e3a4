import Foundation
import HearsayRunner
import Synchronization

/// Turns SIGINT and SIGTERM into a request to end the run in good order; a second one ends the process at once.
///
/// The signals are blocked in every thread and taken by one that waits for nothing else, so that no code ever runs in
/// a handler.
final class Interruption: Sendable {
  private let received = Atomic<Int32>(0)

  /// The signal that has come.
  var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Call it before the run's threads are made: they take over which signals are blocked.
  ///
  /// - Parameter announce: Takes a line for people once the first signal has come.
  init(of control: RunControl, announce: @escaping @Sendable (String) -> Void) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waited = signals
    let thread = Thread { [self] in
      while true {
        var number: Int32 = 0
        var waited = waited
        guard unsafe sigwait(&waited, &number) == 0 else { continue }
        if received.exchange(number, ordering: .relaxed) != 0 {
          killChildren()
          _exit(128 + number)
        }
        control.requestStop()
        announce("ending: finishing the documents in work; a second signal ends at once")
      }
    }
    thread.name = "hearsay-signals"
    thread.start()
  }
}

/// Ends the programs that this process has started, each with its process group: they have no one left to work for.
private func killChildren() {
  // There is no such list beyond Linux; programs end there at the end of their input.
  let tasks = "/proc/self/task"
  for task in (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? [] {
    let children = try? String(contentsOfFile: "\(tasks)/\(task)/children", encoding: .utf8)
    for child in (children ?? "").split(separator: " ").compactMap({ pid_t($0) }) where child > 1 {
      if kill(-child, SIGKILL) != 0 { kill(child, SIGKILL) }
    }
  }
}
