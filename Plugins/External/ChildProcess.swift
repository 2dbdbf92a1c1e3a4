import Foundation
import Hearsay

/// A running program with pipes to its standard input, output and error, none of which ever waits.
///
/// It is the head of a process group of its own: what it started goes with it, and a key that interrupts the run on a
/// terminal does not reach it. It is always waited for, so that no zombie stays.
final class ChildProcess: @unchecked Sendable {  // One worker at a time has it: the crew hands it from one to the next.
  private let id: pid_t
  private let processes: ProcessGuard
  /// -1 once it is closed.
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  /// A pipe whose other end is closed is always ready: it must not be waited for again.
  private var outputIsOpen = true
  private var errorsAreOpen = true
  /// As `waitpid` gave it, once the program has ended.
  private var status: Int32?
  /// Output after the last line that was taken.
  var leftover: [UInt8] = []
  private var errorText: [UInt8] = []
  /// The last line on standard error that says something.
  private var lastWords: String?

  private static let readSize = 1 << 18
  /// A longer line on standard error is cut, in bytes.
  private static let longestErrorLine = 1 << 13

  init(_ command: [String], environment: [String: String], _ processes: ProcessGuard) throws(StageError) {
    let (pipes, id) = try Pipes.start(command, environment: environment, processes)
    self.id = id
    self.processes = processes
    input = pipes.input.write
    output = pipes.output.read
    errors = pipes.errors.read
  }

  deinit {
    end()
    closeInput()
    close(output)
    close(errors)
  }

  // MARK: Pipes

  /// What came of a read or a write.
  enum Transfer { case moved, waiting, ended }

  /// Where something can be done without waiting.
  struct Ready {
    var output = false
    var errors = false
    var input = false
  }

  /// Waits until there is something to read, or, with `toWrite`, room to write; at most `milliseconds`.
  func wait(toWrite: Bool, milliseconds: Int32) -> Ready {
    // poll passes over a negative descriptor.
    unsafe withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 3) { polled in
      unsafe polled[0] = pollfd(fd: outputIsOpen ? output : -1, events: Int16(POLLIN), revents: 0)
      unsafe polled[1] = pollfd(fd: errorsAreOpen ? errors : -1, events: Int16(POLLIN), revents: 0)
      unsafe polled[2] = pollfd(fd: toWrite ? input : -1, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(polled.baseAddress, 3, milliseconds) > 0 else { return Ready() }
      return unsafe Ready(
        output: polled[0].revents != 0, errors: polled[1].revents != 0, input: polled[2].revents != 0)
    }
  }

  /// Writes bytes from `start` on, and moves it.
  func write(_ bytes: [UInt8], from start: inout Int) -> Transfer {
    guard start < bytes.count else { return .moved }
    guard input >= 0 else { return .ended }
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Foundation.write(input, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? .waiting : .ended }
    start += count
    return .moved
  }

  /// Appends what there is of output.
  func read(into bytes: inout [UInt8]) -> Transfer {
    let transfer = Self.read(output, into: &bytes)
    if transfer == .ended { outputIsOpen = false }
    return transfer
  }

  private static func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Transfer {
    var transfer = Transfer.moved
    bytes.append(addingCapacity: readSize) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        let count = unsafe Foundation.read(descriptor, base + initialized, buffer.count - initialized)
        if count > 0 {
          initialized += count
        } else {
          transfer = count < 0 && (errno == EAGAIN || errno == EINTR) ? .waiting : .ended
        }
      }
    }
    return transfer
  }

  /// Reads what there is on standard error, and logs its whole lines.
  func readErrors(_ log: (String) -> Void) -> Transfer {
    let transfer = Self.read(errors, into: &errorText)
    if transfer == .ended { errorsAreOpen = false }
    let isOver = transfer == .ended || errorText.count > Self.longestErrorLine
    var lines = errorText.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let rest = isOver ? [] : Array(lines.popLast() ?? [])
    for line in lines where !line.isEmpty {
      let text = String(decoding: line.prefix(Self.longestErrorLine), as: UTF8.self)
      if !text.allSatisfy(\.isWhitespace) { lastWords = text }
      log(text)
    }
    errorText = rest
    return transfer
  }

  // MARK: Ending

  /// Whether the program has ended, and is waited for.
  var hasEnded: Bool { ended(waiting: false) }

  private func ended(waiting: Bool) -> Bool {
    guard status == nil else { return true }
    var status: Int32 = 0
    while true {
      let ended = unsafe waitpid(id, &status, waiting ? 0 : WNOHANG)
      if ended < 0, errno == EINTR { continue }
      guard ended != 0 else { return false }
      break
    }
    self.status = status
    // What it started goes too: the group's number is not given out again while one of them lives.
    _ = kill(-id, SIGKILL)
    processes.forget(id)
    return true
  }

  /// Ends the program and all that it started.
  func end() {
    guard !hasEnded else { return }
    _ = kill(-id, SIGKILL)
    _ = ended(waiting: true)
  }

  /// Says that nothing more comes.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Lets the program end by itself at the end of its input, and ends it where it takes longer.
  ///
  /// - Parameter isDue: Whether it has taken too long.
  func finish(unless isDue: () -> Bool, log: (String) -> Void) {
    closeInput()
    while outputIsOpen || errorsAreOpen, !isDue() {
      let ready = wait(toWrite: false, milliseconds: 10)
      leftover.removeAll(keepingCapacity: true)
      if ready.output { _ = read(into: &leftover) }
      if ready.errors { _ = readErrors(log) }
    }
    while !hasEnded, !isDue() { usleep(1_000) }
    end()
  }

  /// How the program ended, which has closed its output: it is given a moment to do so.
  func causeOfDeath(log: (String) -> Void) -> String {
    let deadline = now() + 1
    while !hasEnded, now() < deadline { usleep(1_000) }
    end()
    // What is in the pipe by now, though others may still hold its other end.
    for _ in 0..<16 where readErrors(log) != .moved { break }
    let status = status ?? 0
    let signal = status & 0x7F
    let how = signal == 0 ? "ended with status \(status >> 8 & 0xFF)" : "was ended by signal \(signal)"
    return lastWords.map { "\(how): \($0)" } ?? how
  }
}

/// Seconds since some moment; never goes back.
func now() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
