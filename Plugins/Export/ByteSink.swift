import Foundation
import Hearsay

/// A file, or standard output, that is written in large pieces.
///
/// A file is written aside as `NAME.part` and takes its name only when it is whole, so that nobody reads half of it
/// and an older file stays until then. Devices and pipes are written to as they are.
struct ByteSink: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let partPath: String?
  private var buffer: [UInt8] = []
  private static let pieceSize = 1 << 18

  /// - Parameter path: A file, whose folder is made where missing; `-` for standard output.
  init(path: String) throws(OutputError) {
    let (descriptor, partPath) = try Self.open(path)
    self.path = path
    self.descriptor = descriptor
    self.partPath = partPath
  }

  private static func open(_ path: String) throws(OutputError) -> (descriptor: Int32, partPath: String?) {
    guard path != "-" else { return (STDOUT_FILENO, nil) }
    var status = stat()
    let isDevice = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let part = isDevice ? nil : path + ".part"
    if !isDevice { try makeFolder(of: path) }
    let flags = isDevice ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let descriptor = unsafe Foundation.open(part ?? path, flags, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, action: "open", code: errno) }
    return (descriptor, part)
  }

  /// Makes the folders above `path` that are missing.
  private static func makeFolder(of path: String) throws(OutputError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if unsafe mkdir(made, 0o755) != 0, errno != EEXIST {
        throw OutputError(path: made, action: "make the folder", code: errno)
      }
    }
  }

  mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Hands everything on to the system.
  mutating func flush() throws(OutputError) {
    var done = 0
    while done < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Foundation.write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let code = errno
        buffer.removeAll()
        throw OutputError(path: path, action: "write", code: code)
      }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left. A whole file takes its name; of an interrupted one the `.part` stays.
  consuming func close(_ outcome: RunOutcome) throws(OutputError) {
    do {
      try flush()
    } catch {
      if path != "-" { _ = Foundation.close(descriptor) }
      throw error
    }
    guard path != "-" else { return }
    if partPath != nil, fsync(descriptor) != 0, errno != EINVAL {
      throw OutputError(path: path, action: "write", code: errno)
    }
    guard Foundation.close(descriptor) == 0 else { throw OutputError(path: path, action: "write", code: errno) }
    guard let partPath, outcome == .finished else { return }
    guard unsafe rename(partPath, path) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
  }
}
