import Foundation
import Hearsay
import Synchronization

/// The pipes between this process and a child, and the start of the child over them.
struct Pipes {
  /// The two ends of a pipe, as file descriptors.
  struct Ends {
    var read: Int32
    var write: Int32
  }

  let input: Ends
  let output: Ends
  let errors: Ends

  /// What the system is asked to keep in a pipe, in bytes: few turns for many documents.
  private static let capacity: Int32 = 1 << 20
  /// `F_SETPIPE_SZ`, which Glibc's module leaves out.
  private static let setCapacity: Int32 = 1031
  /// Between its making and its mark as not to be inherited, a pipe must not slip into somebody else's child.
  private static let starting = Mutex(())

  /// Starts a program with these pipes at its standard input, output and error.
  static func start(
    _ command: [String], environment: [String: String], _ processes: ProcessGuard
  ) throws(StageError) -> (pipes: Pipes, process: pid_t) {
    try starting.withLock { _ throws(StageError) in
      let pipes = try Pipes()
      return (pipes, try pipes.start(command, environment, processes))
    }
  }

  /// Makes three pipes, whose ends on this side never wait, and which no other child inherits.
  private init() throws(StageError) {
    var made: [Ends] = []
    while made.count < 3 {
      do {
        made.append(try Self.pipe())
      } catch {
        for end in made.flatMap({ [$0.read, $0.write] }) { close(end) }
        throw error
      }
    }
    (input, output, errors) = (made[0], made[1], made[2])
    for end in [input.write, output.read, errors.read] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      #if os(Linux)
        _ = fcntl(end, Self.setCapacity, Self.capacity)
      #endif
    }
  }

  private static func pipe() throws(StageError) -> Ends {
    var ends: [Int32] = [-1, -1]
    let isMade = unsafe Foundation.pipe(&ends) == 0
    for end in ends where isMade { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard isMade else { throw StageError("cannot make a pipe: \(reason(errno))") }
    return Ends(read: ends[0], write: ends[1])
  }

  /// Starts a program on the far ends.
  private func start(
    _ command: [String], _ environment: [String: String], _ processes: ProcessGuard
  ) throws(StageError) -> pid_t {
    defer { for end in [input.read, output.write, errors.write] { close(end) } }
    do {
      return try processes.start(
        command, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, input: input.read,
        output: output.write, errors: errors.write)
    } catch {
      for end in [input.write, output.read, errors.read] { close(end) }
      throw error
    }
  }
}

/// What the system says about an error number.
func reason(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text).lowercased()
}
