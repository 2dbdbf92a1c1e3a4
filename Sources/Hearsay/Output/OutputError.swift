import Foundation

/// An output that cannot be written: where, and what the system said.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file; `-` for standard output.
  public var path: String
  /// What was tried: `open`, `write`, `rename`.
  public var action: String
  /// The system's error number.
  public var code: Int32
  /// What is wrong and what to do, in place of the system's words.
  public var detail: String?

  public init(path: String, action: String, code: Int32, detail: String? = nil) {
    self.path = path
    self.action = action
    self.code = code
    self.detail = detail
  }

  /// Whether the reader of a pipe has gone: no failure, but the end of the need for output.
  public var isClosedPipe: Bool { code == EPIPE }

  /// Whether the fault is this name's alone, so that another file could still be written: it is too long, the file system
  /// cannot hold it, or something else has it.
  public var isOfName: Bool {
    [ENAMETOOLONG, EILSEQ, EINVAL, ENOTDIR, EISDIR, ELOOP, EEXIST, ENOENT].contains(code)
  }

  public var description: String {
    let name = path == "-" ? "standard output" : "'\(path)'"
    if let detail { return "cannot \(action) \(name): \(detail)" }
    let reason = unsafe String(cString: strerror(code))
    let hint =
      switch code {
      case ENOSPC, EDQUOT: "; make room there, or write elsewhere"
      case EACCES, EROFS, EPERM: "; choose a place that may be written to"
      case ENOENT: "; the folder is not there"
      case ENAMETOOLONG: "; choose a shorter one"
      default: ""
      }
    return "cannot \(action) \(name): \(reason.lowercased())\(hint)"
  }
}

extension OutputError {
  static func unfinished(_ path: String) -> Self {
    Self(
      path: path, action: "make", code: EEXIST,
      detail: "it is there already, of another run or of a run that broke off; begin anew by --restart, or move it away"
    )
  }

  static func isNoFile(_ path: String) -> Self {
    Self(path: path, action: "write", code: ELOOP, detail: "it is no regular file; move it away")
  }
}
