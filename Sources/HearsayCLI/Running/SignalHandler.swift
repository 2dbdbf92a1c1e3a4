import Foundation
import HearsayRunner
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a request to end the run in good order. A run that has not ended two seconds later,
/// or gets a second signal, is ended at once: what is lost then is what a kill would lose.
///
/// The signals are blocked in every thread and taken by one that waits for nothing else, so that no code ever runs in
/// a handler.
final class SignalHandler: Sendable {
  private let received = Atomic<Int32>(0)
  /// Less than two seconds, with the end of the process.
  private static let longestEnd = 1.7

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
    // Under nohup, a terminal that goes is no reason to end.
    if !Self.isIgnored(SIGHUP) { unsafe sigaddset(&signals, SIGHUP) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waited = signals
    Self.thread("hearsay-signals") { [self] in
      while true {
        var number: Int32 = 0
        var waited = waited
        guard unsafe sigwait(&waited, &number) == 0 else { continue }
        if received.exchange(number, ordering: .relaxed) != 0 { Self.endAtOnce(number) }
        control.requestStop()
        Self.thread("hearsay-end") { [number] in
          Thread.sleep(forTimeInterval: Self.longestEnd)
          announce("the work in hand takes too long to wait for; what the run has kept before stays")
          Self.endAtOnce(number)
        }
        announce("ending: finishing the documents in work")
      }
    }
  }

  private static func thread(_ name: String, _ work: @escaping @Sendable () -> Void) {
    let thread = Thread(block: work)
    thread.name = name
    thread.start()
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = unsafe action.__sigaction_u.__sa_handler
    #else
      let handler = unsafe action.__sigaction_handler.sa_handler
    #endif
    return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func endAtOnce(_ signal: Int32) -> Never {
    killChildren()
    _exit(128 + signal)
  }
}

/// Ends the programs that this process has started, each with its process group: they have no one left to work for. Their
/// guard would do so too, but a moment after this process has ended.
private func killChildren() {
  // There is no such list beyond Linux.
  let tasks = "/proc/self/task"
  for task in (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? [] {
    let children = try? String(contentsOfFile: "\(tasks)/\(task)/children", encoding: .utf8)
    for child in (children ?? "").split(separator: " ").compactMap({ pid_t($0) }) where child > 1 && !isGuard(child) {
      if kill(-child, SIGKILL) != 0 { kill(child, SIGKILL) }
    }
  }
}

private func isGuard(_ process: pid_t) -> Bool {
  (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8))?.hasPrefix("hearsay-guard") == true
}
