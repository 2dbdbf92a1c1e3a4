import Foundation

/// Detects terminals among outputs.
public enum Terminal {
  /// Whether the path, `-` for standard output, names a terminal.
  public static func isAt(_ path: String) -> Bool {
    if path == "-" { return isatty(STDOUT_FILENO) == 1 }
    guard path.hasPrefix("/dev/") || path.hasPrefix("/proc/") else { return false }
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return false }
    let descriptor = unsafe open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return isatty(descriptor) == 1
  }

  /// Whether standard output is a terminal that wants colour (<https://no-color.org>).
  public static var wantsColor: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }
}
