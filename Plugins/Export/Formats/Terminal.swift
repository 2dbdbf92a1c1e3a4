import Foundation

/// Whether standard output is a terminal that wants colour (<https://no-color.org>).
func isTerminal() -> Bool {
  let environment = ProcessInfo.processInfo.environment
  return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
}
