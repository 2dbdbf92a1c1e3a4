import Foundation
import Hearsay
import HearsayText

/// A verb's results, for people and programs.
enum StandardOutput {
  /// Writes the text and a line break.
  static func write(_ text: TerminalText) throws(OutputError) { try write(Array((text.text + "\n").utf8)) }

  /// Writes the text byte for byte; on a terminal through `filter`.
  static func write(exactly text: String, onTerminal filter: TerminalFilter) throws(OutputError) {
    try write(Array((isatty(STDOUT_FILENO) == 1 ? filter.filtered(text) : text).utf8))
  }

  /// A reader that has gone is no error: it has seen enough, and the verb still has its exit status to find.
  private static func write(_ bytes: [UInt8]) throws(OutputError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Foundation.write(STDOUT_FILENO, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable(STDOUT_FILENO, milliseconds: -1)
      case EPIPE: return
      case let code: throw OutputError(path: "-", action: "write", code: code)
      }
    }
  }
}
