import Foundation
import Hearsay

/// What outputs ask of the file system beside writing.
enum FileSystem {
  /// Makes the folders above `path` that are missing.
  static func makeFolder(of path: String) throws(OutputError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if unsafe mkdir(made, 0o755) != 0, errno != EEXIST {
        throw OutputError(path: made, action: "make the folder", code: errno)
      }
    }
  }

  /// The folder that `path` stands in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Gives a whole file its name. One that has it already, as the run broke off in the midst of naming, stays.
  static func takeName(_ path: String) throws(OutputError) {
    let part = path + ".part"
    if !exists(part), exists(path) { return }
    guard unsafe rename(part, path) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
  }

  /// Takes a file's name back where the run broke off in the midst of naming.
  static func putAside(_ path: String) throws(OutputError) {
    let part = path + ".part"
    guard !exists(part), exists(path) else { return }
    guard unsafe rename(path, part) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
  }

  /// Waits until a loss of power can take no name in these folders.
  static func sync(folders: Set<String>) throws(OutputError) {
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
