#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is open for reading; closed with its last reference.
final class OpenFile: Sendable {
  private let descriptor: Int32
  private let closes: Bool
  /// The length in bytes of a regular file; `nil` for a pipe, a terminal, a device.
  let size: Int?
  /// When it was last changed, in nanoseconds since 1970.
  let modified: Int

  static var standardInput: OpenFile { OpenFile(descriptor: STDIN_FILENO, closes: false) }

  convenience init(path: String) throws(SystemError) {
    // A named pipe that nobody writes to would wait here for ever; so the waiting is left to `isReady`.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno) }
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
    self.init(descriptor: descriptor, closes: true)
  }

  init(descriptor: Int32, closes: Bool) {
    self.descriptor = descriptor
    self.closes = closes
    var status = stat()
    let isRegular = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    // Files of /proc say that they are empty.
    size = isRegular && status.st_size > 0 ? Int(status.st_size) : nil
    modified = status.modified
  }

  deinit {
    if closes { close(descriptor) }
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

  /// Leaves out the next `count` bytes of a regular file; `false` of any other.
  func skip(_ count: Int) -> Bool { size != nil && lseek(descriptor, off_t(count), SEEK_CUR) >= 0 }

  /// The bytes at an offset of a regular file, wherever it is read; fewer at its end, `nil` where they cannot be read.
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

  /// Whether a read would not wait, after waiting up to `milliseconds`. Always so for a regular file.
  func isReady(within milliseconds: Int32) -> Bool {
    guard size == nil else { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&request, 1, milliseconds)
    // What poll cannot wait for, such as /dev/null on some systems, is left to read.
    return ready > 0 || ready < 0 && errno != EINTR
  }
}

extension stat {
  fileprivate var modified: Int {
    #if canImport(Darwin)
      let time = st_mtimespec
    #else
      let time = st_mtim
    #endif
    return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}

/// What the system says about why a call failed.
struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  let code: Int32

  init(_ code: Int32) { self.code = code }

  var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  var description: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }
}

/// What stands at a path.
struct PathStatus: Hashable, Sendable {
  enum Kind: Sendable { case file, folder, other }

  /// One file or folder, by whatever path it was reached.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let node: UInt64
  }

  let kind: Kind
  let identity: Identity
  /// The length in bytes of a regular file.
  let size: Int
  /// When it was last changed, in nanoseconds since 1970.
  let modified: Int

  /// Follows symbolic links.
  init(of path: String) throws(SystemError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw SystemError(errno) }
    self.init(status)
  }

  /// What stands at a path, following symbolic links, and whether the path is one. It takes one call for all others.
  static func ofEntry(_ path: String) throws(SystemError) -> (status: PathStatus, isLink: Bool) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw SystemError(errno) }
    guard status.st_mode & S_IFMT == S_IFLNK else { return (PathStatus(status), false) }
    return (try PathStatus(of: path), true)
  }

  private init(_ status: stat) {
    size = Int(status.st_size)
    modified = status.modified
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(status.st_ino))
  }

  /// Whether there is a symbolic link at the path, be it one to nothing.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

extension Swift.Span<UInt8> {
  /// The offset of the first `byte` at or after `start`.
  func firstOffset(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, let hit = unsafe memchr(base + start, Int32(byte), count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }
}
