import Foundation

/// An output that cannot be written: where, and what the system said.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file; `-` for standard output.
  public var path: String
  /// What was tried: `open`, `write`, `rename`.
  public var action: String
  /// The system's error number.
  public var code: Int32

  public init(path: String, action: String, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
  }

  /// Whether the reader behind a pipe has gone: no failure, but the end of the need for output.
  public var isClosedPipe: Bool { code == EPIPE }

  public var description: String {
    let name = path == "-" ? "standard output" : "'\(path)'"
    let reason = unsafe String(cString: strerror(code))
    let hint =
      switch code {
      case ENOSPC, EDQUOT: "; make room there, or write elsewhere"
      case EACCES, EROFS, EPERM: "; choose a place that may be written to"
      case ENOENT: "; the folder is not there"
      default: ""
      }
    return "cannot \(action) \(name): \(reason.lowercased())\(hint)"
  }
}
