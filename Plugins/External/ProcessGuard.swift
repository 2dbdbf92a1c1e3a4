import CProcessGuard
import Foundation
import Hearsay

/// Sees to it that no program, nor what it has started, outlives this process: see `ProcessGuard.h`.
final class ProcessGuard: Sendable {
  private let handle: hearsay_guard

  init() throws(StageError) {
    handle = hearsay_guard_start()
    guard handle.pipe >= 0 else { throw StageError("cannot start a process: \(reason(errno))") }
  }

  deinit { hearsay_guard_end(handle) }

  /// Starts a program with these standard streams, at the head of a process group of its own.
  func start(
    _ command: [String], environment: [String: String], input: Int32, output: Int32, errors: Int32
  ) throws(StageError) -> pid_t {
    let words = unsafe command.map { unsafe strdup($0) } + [nil]
    let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    let process = unsafe hearsay_guard_spawn(handle, words, variables, input, output, errors)
    guard process > 0 else { throw StageError("cannot start '\(command.first ?? "")': \(reason(errno))") }
    return process
  }

  /// Takes a program off the list: it has ended, and its group with it.
  func forget(_ process: pid_t) { hearsay_guard_forget(handle, process) }
}
