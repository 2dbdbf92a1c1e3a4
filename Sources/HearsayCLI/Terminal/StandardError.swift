import Foundation
import HearsayText

/// Messages for people: everything but results goes to standard error.
func printError(_ message: TerminalText) { StandardError.write(Array((message.text + "\n").utf8)) }

/// A line that a stage has for people.
@Sendable func log(_ line: String) { printError("\(line)") }

enum StandardError {
  /// Writes the bytes as one piece where the system takes them so.
  ///
  /// What cannot be written is dropped: nobody is left to read it, and a message is not worth the run.
  static func write(_ bytes: [UInt8]) {
    var written = 0
    // A terminal or pipe that takes nothing for this long is given up.
    var waits = 20
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Foundation.write(STDERR_FILENO, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if count < 0, errno == EINTR || errno == EAGAIN, waits > 0 {
        waits -= 1
        waitUntilWritable(STDERR_FILENO, milliseconds: 50)
      } else {
        return
      }
    }
  }

  /// Writes lines of JSON; on a terminal what could control it is escaped.
  static func write(json bytes: [UInt8]) {
    write(isatty(STDERR_FILENO) == 1 ? TerminalFilter.json.filtered(bytes.span) ?? bytes : bytes)
  }
}

/// Waits until a descriptor takes more bytes; for ever where the time is negative.
func waitUntilWritable(_ descriptor: Int32, milliseconds: Int32) {
  var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  _ = unsafe poll(&polled, 1, milliseconds)
}
