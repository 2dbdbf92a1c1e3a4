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
    _ command: [String], environment: [String: String]
  ) throws(StageError) -> (pipes: Pipes, process: pid_t) {
    try starting.withLock { _ throws(StageError) in
      let pipes = try Pipes()
      return (pipes, try pipes.spawn(command, environment))
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

  /// Starts a program on the far ends, at the head of a process group of its own.
  private func spawn(_ command: [String], _ environment: [String: String]) throws(StageError) -> pid_t {
    defer { for end in [input.read, output.write, errors.write] { close(end) } }
    var id: pid_t = 0
    let code = spawn(command, ProcessInfo.processInfo.environment.merging(environment) { $1 }, &id)
    guard code == 0 else {
      for end in [input.write, output.read, errors.read] { close(end) }
      throw StageError("cannot start '\(command.first ?? "")': \(reason(code))")
    }
    return id
  }

  private func spawn(_ command: [String], _ environment: [String: String], _ id: inout pid_t) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (end, standard) in [(input.read, STDIN_FILENO), (output.write, STDOUT_FILENO), (errors.write, STDERR_FILENO)] {
      unsafe posix_spawn_file_actions_adddup2(&actions, end, standard)
    }
    // The child starts with no signal blocked, and dies of a closed pipe as programs expect to, whatever holds here.
    var none = sigset_t()
    var defaults = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = unsafe command.map { unsafe strdup($0) }
    let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") }
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    return unsafe posix_spawnp(
      &id, command.first ?? "", &actions, &attributes, words + [nil], variables + [nil])
  }
}

/// What the system says about an error number.
func reason(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text).lowercased()
}
