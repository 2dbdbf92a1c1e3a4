internal import Foundation
package import Hearsay

extension [UInt8] {
  /// Writes all bytes.
  ///
  /// - Parameter path: What messages call the file.
  func write(to descriptor: Int32, path: String) throws(OutputError) {
    var done = 0
    while done < count {
      let written = unsafe withUnsafeBytes { bytes in
        unsafe Foundation.write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw OutputError(path: path, action: "write", code: errno)
      }
      done += written
    }
  }

  /// Puts these bytes in the place of the file at `path` at once: whoever reads finds the old ones or the new ones,
  /// whole, after a loss of power too.
  ///
  /// - Parameter isDurable: Whether to wait until they would survive such a loss.
  package func replaceFile(at path: String, isDurable: Bool = true) throws(OutputError) {
    let part = path + ".part"
    let descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, action: "open", code: errno) }
    do throws(OutputError) {
      try write(to: descriptor, path: path)
      if isDurable, fsync(descriptor) != 0 { throw OutputError(path: path, action: "write", code: errno) }
    } catch {
      close(descriptor)
      unsafe unlink(part)
      throw error
    }
    guard close(descriptor) == 0 else { throw OutputError(path: path, action: "write", code: errno) }
    guard unsafe rename(part, path) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
    if isDurable { syncFolder(of: path) }
  }
}

/// Makes names in the folder of `path` survive a loss of power. Not every file system knows how: then nothing happens.
func syncFolder(of path: String) {
  let folder = path.contains("/") ? (path as NSString).deletingLastPathComponent : "."
  let descriptor = unsafe open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
