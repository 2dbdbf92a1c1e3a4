import Foundation
import HearsayRunner

/// A line on a terminal that is written over while the run goes on.
struct ProgressLine: Sendable {
  /// `nil` where standard error is no terminal.
  static func onTerminal() -> ProgressLine? { isatty(STDERR_FILENO) == 1 ? ProgressLine() : nil }

  func show(_ progress: RunObserver.Progress) {
    let seconds = max(progress.elapsed / .seconds(1), 0.001)
    let megabytes = Double(progress.bytes) / 1e6
    var line = String(
      format: "%d documents, %.0f MB, %.0f MB/s", progress.documents, megabytes, megabytes / seconds)
    if progress.failures > 0 { line += ", \(progress.failures) failed" }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
  }

  func clear() { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
}
