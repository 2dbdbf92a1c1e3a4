internal import Foundation
internal import Hearsay

/// A file that gets its name when it is whole, so that a kill before leaves nothing. Linux alone has such files, and not on
/// every file system.
enum UnnamedFile {
  /// Opens one in the folder of `path`; `nil` where there is none to be had.
  static func open(for path: String) -> Int32? {
    #if os(Linux)
      // `O_TMPFILE`, which Glibc's module leaves out.
      let unnamed = 0o20_000_000 | O_DIRECTORY
      let descriptor = unsafe Foundation.open(OutputFolder.path(of: path), unnamed | O_RDWR | O_CLOEXEC, 0o644)
      return descriptor >= 0 ? descriptor : nil
    #else
      return nil
    #endif
  }

  /// Gives it its name, which nothing may have; `false` with `errno` set where that cannot be.
  static func name(_ descriptor: Int32, _ path: String) -> Bool {
    unsafe linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }
}
