import Foundation

/// What outputs ask of the folders that they stand in.
public enum OutputFolder {
  /// The folder that `path` stands in.
  public static func path(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path with no symbolic link in its folder, whose own name may be one.
  public static func resolved(_ path: String) -> String {
    let folder = self.path(of: path)
    guard let real = unsafe realpath(folder, nil) else { return path }
    defer { unsafe free(real) }
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    let root = unsafe String(cString: real)
    return (root == "/" ? "" : root) + "/" + name
  }

  /// Makes the folders above `path` that are missing.
  public static func make(for path: String) throws(OutputError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if unsafe mkdir(made, 0o755) != 0, errno != EEXIST {
        throw OutputError(path: made, action: "make the folder", code: errno)
      }
    }
  }

  /// Waits until a loss of power can take no name in these folders.
  public static func sync(_ folders: Set<String>) throws(OutputError) {
    for folder in folders {
      let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError(path: folder, action: "open", code: errno) }
      defer { close(descriptor) }
      // Some network file systems cannot sync a folder, and say so.
      guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
        throw OutputError(path: folder, action: "write", code: errno)
      }
    }
  }
}
