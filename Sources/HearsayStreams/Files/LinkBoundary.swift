#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Synchronization

/// A folder whose links must not lead out of it.
final class LinkBoundary: Sendable {
  /// The folder as the user named it.
  let path: String
  private let state = Mutex(State())

  private struct State: Sendable {
    /// The folder's real path, with a slash at its end; resolved at the first link.
    var realPath: String?
    var leftOut = 0
  }

  init(_ path: String) { self.path = path }

  /// How many links were left out.
  var leftOut: Int { state.withLock(\.leftOut) }

  /// Whether the link leads out of the folder; then it is counted. A link to nothing does not.
  func leavesOut(_ link: String) -> Bool {
    guard let target = Self.realPath(of: link) else { return false }
    return state.withLock { state in
      guard let folder = state.realPath ?? Self.realPath(of: path.isEmpty ? "." : path) else { return false }
      state.realPath = folder
      guard !target.utf8.starts(with: folder.utf8) else { return false }
      state.leftOut += 1
      return true
    }
  }

  /// The path with its links resolved, and a slash at its end.
  private static func realPath(of path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    let text = unsafe String(cString: real)
    return text.hasSuffix("/") ? text : text + "/"
  }
}
