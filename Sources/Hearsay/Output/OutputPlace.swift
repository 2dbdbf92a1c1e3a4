import Foundation

/// What a path that somebody gave for an output stands for.
public enum OutputPlace: Hashable, Sendable {
  /// `-`, `/dev/stdout`, and whatever else names descriptor 1 of this process.
  case standardOutput
  /// Another descriptor of this process, as `/dev/fd/3` names it.
  case descriptor(Int32)
  /// A device, a named pipe or a socket. It is written to as it is, never replaced.
  case stream
  case folder
  /// A regular file at this path, or none yet. Symbolic links are followed, so that it is the file that is replaced and
  /// not the link.
  case file(String)

  private static let mostLinks = 40

  public init(_ path: String) {
    if path == "-" {
      self = .standardOutput
      return
    }
    var path = path
    for _ in 0..<Self.mostLinks {
      if let descriptor = Self.descriptor(named: path) {
        self = descriptor == STDOUT_FILENO ? .standardOutput : .descriptor(descriptor)
        return
      }
      guard let status = FileStatus(ofLinkAt: path), status.kind == .link, let target = Self.target(of: path) else {
        break
      }
      path = target.hasPrefix("/") ? target : OutputFolder.path(of: path) + "/" + target
    }
    self =
      switch FileStatus(ofLinkAt: path)?.kind {
      case nil, .file: .file(path)
      case .folder: .folder
      // A chain of links that is too long: it is not followed, and whoever opens it gets the error.
      case .link: .file(path)
      case .other: .stream
      }
  }

  /// The path of an output as a sink keeps it: `-` for standard output by any of its names.
  ///
  /// - Throws: `StageError` where the path is empty.
  public static func normalized(_ path: String) throws(StageError) -> String {
    if path.isEmpty { throw StageError("path is empty; give a file, or '-' for standard output") }
    return OutputPlace(path) == .standardOutput ? "-" : path
  }

  /// The path of the file, where it is one.
  public var filePath: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The descriptor that a path stands for by its name. What the descriptor is open on does not matter: it may be a
  /// regular file, of which the path is only a link.
  private static func descriptor(named path: String) -> Int32? {
    switch path {
    case "/dev/stdin": return STDIN_FILENO
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count)).flatMap { $0 >= 0 ? $0 : nil }
    }
    return nil
  }

  /// What a symbolic link holds.
  private static func target(of link: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(link, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
