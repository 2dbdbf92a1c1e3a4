#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Hearsay

/// A file that is open for reading. It is closed when its last reference is released.
final class OpenFile: Sendable {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  /// The length in bytes of a regular file; `nil` for a pipe, a terminal, a device.
  let size: Int?
  /// When it was last changed, in nanoseconds since 1970.
  let modified: Int

  static var standardInput: OpenFile { OpenFile(descriptor: STDIN_FILENO, ownsDescriptor: false) }

  convenience init(path: String) throws(SystemError) {
    // Opening a named pipe without a writer would block; `isReady` waits instead.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno) }
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
    self.init(descriptor: descriptor, ownsDescriptor: true)
  }

  init(descriptor: Int32, ownsDescriptor: Bool) {
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
    let status = FileStatus(ofDescriptor: descriptor)
    // Files of /proc have the size 0, whatever they hold.
    size = status.flatMap { $0.isFile && $0.size > 0 ? $0.size : nil }
    modified = status?.modified ?? 0
  }

  deinit {
    if ownsDescriptor { close(descriptor) }
  }

  /// Appends up to `count` bytes; `false` at the file's end.
  func readRaw(_ count: Int, into bytes: inout [UInt8]) throws(SystemError) -> Bool {
    let before = bytes.count
    var failure: SystemError?
    bytes.append(addingCapacity: max(count, 1)) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        while true {
          #if canImport(Glibc)
            let read = unsafe Glibc.read(descriptor, base + initialized, buffer.count - initialized)
          #elseif canImport(Musl)
            let read = unsafe Musl.read(descriptor, base + initialized, buffer.count - initialized)
          #else
            let read = unsafe Darwin.read(descriptor, base + initialized, buffer.count - initialized)
          #endif
          if read < 0, errno == EINTR { continue }
          if read < 0 { failure = SystemError(errno) }
          if read > 0 { initialized += read }
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes.count > before
  }

  /// Skips the next `count` bytes of a regular file; `false` for any other.
  func skip(_ count: Int) -> Bool { size != nil && lseek(descriptor, off_t(count), SEEK_CUR) >= 0 }

  /// The bytes at an offset of a regular file, whatever was read before; fewer at its end, `nil` where they cannot be
  /// read.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count, let base = buffer.baseAddress {
        let read = unsafe pread(descriptor, base + initialized, count - initialized, off_t(offset + initialized))
        if read < 0, errno == EINTR { continue }
        if read < 0 { failed = true }
        if read <= 0 { return }
        initialized += read
      }
    }
    return failed ? nil : bytes
  }

  /// Whether a read would not block, after waiting up to `milliseconds`. Always so for a regular file.
  func isReady(within milliseconds: Int32) -> Bool {
    guard size == nil else { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&request, 1, milliseconds)
    // Where poll fails, as for /dev/null on some systems, `read` decides.
    return ready > 0 || ready < 0 && errno != EINTR
  }
}

/// The reason for which a system call failed.
struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  let code: Int32

  init(_ code: Int32) { self.code = code }

  var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  var description: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }
}

extension FileStatus {
  /// What is at a path, following symbolic links.
  init(of path: String) throws(SystemError) {
    guard let status = FileStatus(at: path) else { throw SystemError(errno) }
    self = status
  }

  /// What is at a path; a symbolic link is one.
  init(ofEntryAt path: String) throws(SystemError) {
    guard let status = FileStatus(ofLinkAt: path) else { throw SystemError(errno) }
    self = status
  }
}
