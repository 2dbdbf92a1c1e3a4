import Foundation
import Hearsay

/// A file that is written aside as `NAME.part` and takes its name only when it is whole, so that nobody reads half of
/// it and an older file stays until then. Standard output, devices and pipes are written to as they are.
struct OutputFile: Sendable {
  let path: String
  /// Whether what is written is gone: standard output, a device, a pipe.
  let isStream: Bool
  /// Bytes that the system has taken.
  private(set) var length = 0
  private(set) var isOpen = false
  /// Whether the system may still lose bytes that it has taken, or the file's name.
  private var isUnsynced = true
  private var descriptor: Int32 = -1

  var partPath: String { isStream ? path : path + ".part" }

  /// Makes the file anew; what an earlier run left aside is overwritten.
  ///
  /// - Parameter context: The run whose output it is; `nil` for a file that goes with the run's journal.
  init(new path: String, in context: StageContext? = nil) throws(OutputError) {
    self.path = path
    let kind = path == "-" ? nil : Self.kind(of: path)
    isStream = path == "-" || kind != nil && kind != S_IFREG
    if path == "-" {
      descriptor = STDOUT_FILENO
      isOpen = true
    } else if kind == S_IFIFO {
      try openPipe(unless: context?.isEnding ?? { false })
    } else if isStream {
      try open(O_WRONLY)
    } else {
      context?.willWrite(path)
      try FileSystem.makeFolder(of: path)
      try open(O_WRONLY | O_CREAT | O_TRUNC)
    }
  }

  /// Goes on with a file that was `length` bytes long; what stands behind them is cut off.
  init(resuming path: String, at length: Int) throws {
    self.path = path
    isStream = false
    try FileSystem.putAside(path)
    try open(O_WRONLY)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure("read") }
    guard Int(status.st_size) >= length else {
      close()
      throw StageError(
        "'\(partPath)' has \(status.st_size) bytes, but had \(length) when the run broke off: it was changed since; start "
          + "the run anew")
    }
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw failure("cut") }
    self.length = length
    guard lseek(descriptor, off_t(length), SEEK_SET) >= 0 else { throw failure("write") }
  }

  /// What stands at the path, as `S_IFMT` has it; `nil` where nothing does.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Opens a named pipe as soon as somebody reads it. The system would wait as well, but for ever, whoever ends the run.
  private mutating func openPipe(unless isEnding: () -> Bool) throws(OutputError) {
    while true {
      do throws(OutputError) {
        try open(O_WRONLY | O_NONBLOCK)
        break
      } catch {
        guard error.code == ENXIO else { throw error }
        guard !isEnding() else { throw OutputError(path: path, action: "open", code: EINTR) }
        usleep(20_000)
      }
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
  }

  private mutating func open(_ flags: Int32) throws(OutputError) {
    descriptor = unsafe Foundation.open(partPath, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("open") }
    isOpen = true
  }

  mutating func write(_ bytes: [UInt8]) throws(OutputError) { try write(bytes.span) }

  /// Hands the bytes on to the system. A file that was closed to save descriptors is opened again.
  mutating func write(_ bytes: Swift.Span<UInt8>) throws(OutputError) {
    if !isOpen { try open(O_WRONLY | O_APPEND) }
    isUnsynced = true
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe Foundation.write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("write")
      }
      done += count
      length += count
    }
  }

  /// Waits until a loss of power can take nothing that was written.
  mutating func sync() throws(OutputError) {
    guard isUnsynced, !isStream else { return }
    if !isOpen { try open(O_WRONLY | O_APPEND) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("write") }
    isUnsynced = false
  }

  /// Lets go of the descriptor. More can be written: the file is opened again then.
  mutating func close() {
    guard isOpen, path != "-" else { return }
    _ = Foundation.close(descriptor)
    isOpen = false
  }

  /// Ends the file: a whole one is made durable and takes its name, of an interrupted run the `.part` stays.
  mutating func finish(_ outcome: RunOutcome) throws(OutputError) {
    defer { close() }
    try sync()
    guard outcome == .finished, !isStream else { return }
    try FileSystem.takeName(path)
    try FileSystem.sync(folders: [FileSystem.folder(of: path)])
  }

  private func failure(_ action: String) -> OutputError { OutputError(path: path, action: action, code: errno) }
}
