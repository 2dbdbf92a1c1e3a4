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
  /// whole, after a loss of power too. A device or a pipe is written to as it is.
  ///
  /// - Parameters:
  ///   - isDurable: Whether to wait until they would survive such a loss.
  ///   - folder: Where they are written first; beside the file where it is `nil`, or on another file system.
  package func replaceFile(
    at path: String, isDurable: Bool = true, from folder: String? = nil
  ) throws(OutputError) {
    switch OutputPlace(path) {
    case .file(let target):
      if let folder, (try? replaceRegularFile(at: target, isDurable, beside: folder + "/replacement")) != nil { return }
      try replaceRegularFile(at: target, isDurable, beside: target)
    case .folder: throw OutputError(path: path, action: "open", code: EISDIR)
    case .standardOutput: try write(to: STDOUT_FILENO, path: path)
    case .descriptor(let number): try write(to: number, path: path)
    case .stream:
      // A pipe that nobody reads is an error, not a wait.
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
      guard descriptor >= 0 else { throw OutputError(path: path, action: "open", code: errno) }
      defer { close(descriptor) }
      try write(to: descriptor, path: path)
    }
  }

  /// Makes a file of these bytes that is whole from its first moment, and durable.
  func makeFile(at path: String) throws(OutputError) {
    guard let descriptor = UnnamedFile.open(for: path) else { return try replaceFile(at: path) }
    defer { close(descriptor) }
    try write(to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw OutputError(path: path, action: "write", code: errno) }
    guard UnnamedFile.name(descriptor, path) else { return try replaceFile(at: path) }
    try? OutputFolder.sync([OutputFolder.path(of: path)])
  }

  private func replaceRegularFile(at path: String, _ isDurable: Bool, beside place: String) throws(OutputError) {
    let (descriptor, part) = try Self.newFile(beside: place)
    do throws(OutputError) {
      try write(to: descriptor, path: path)
      if isDurable, fsync(descriptor) != 0 { throw OutputError(path: path, action: "write", code: errno) }
    } catch {
      close(descriptor)
      unsafe unlink(part)
      throw error
    }
    let isClosed = close(descriptor) == 0
    guard isClosed, unsafe rename(part, path) == 0 else {
      let code = errno
      unsafe unlink(part)
      throw OutputError(path: path, action: isClosed ? "rename" : "write", code: code)
    }
    if isDurable { try? OutputFolder.sync([OutputFolder.path(of: path)]) }
  }

  /// Makes a file of a name that nothing has yet: neither a link nor a file of somebody else's is written to.
  private static func newFile(beside path: String) throws(OutputError) -> (descriptor: Int32, path: String) {
    for number in 0..<100 {
      let part = "\(path).\(getpid())-\(number).part"
      let descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return (descriptor, part) }
      guard errno == EEXIST else { throw OutputError(path: path, action: "open", code: errno) }
    }
    throw OutputError(path: path, action: "open", code: EEXIST)
  }
}
