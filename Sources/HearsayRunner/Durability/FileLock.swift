internal import Foundation
public import Hearsay
internal import Synchronization

/// The lock of one output, held by one run at a time.
///
/// It is a file `OUTPUT.lock` that says who holds it, with a lock of the system on it (an open file description lock):
/// a run that dies in any way releases it, whatever remains of the file. The file goes with the run.
public final class FileLock: Sendable {
  /// Why a lock cannot be had.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another run holds it: `pid 4711, since 02:00`.
    case held(path: String, holder: String)
    /// A file of somebody else has the name.
    case isNoLock(String)
    case cannotOpen(OutputError)

    public var description: String {
      switch self {
      case .held(let path, let holder): "another run is writing '\(path)': \(holder); wait for it, or write elsewhere"
      case .isNoLock(let path): "'\(path)' is in the way, and is no lock of Hearsay's; move it away"
      case .cannotOpen(let error): "\(error)"
      }
    }
  }

  let path: String
  private let descriptor: Int32
  /// The first line of the file.
  private static let heading = "Hearsay is writing here; this file goes with the run.\n"
  /// `F_OFD_SETLK`, which Glibc's module leaves out.
  #if os(Linux)
    private static let setLock: Int32 = 37
  #else
    private static let setLock: Int32 = 90
  #endif

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Takes the lock of an output without waiting.
  ///
  /// - Parameters:
  ///   - path: The lock's file.
  ///   - output: What it is the lock of, for messages.
  public static func take(_ path: String, of output: String) throws(Failure) -> FileLock {
    do throws(OutputError) {
      try OutputFolder.make(for: path)
    } catch {
      throw .cannotOpen(error)
    }
    while true {
      if let lock = try make(path) { return lock }
      let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else {
        // The run that had it may be gone by now.
        if errno == ENOENT { continue }
        if errno == ELOOP || errno == EISDIR { throw .isNoLock(path) }
        throw .cannotOpen(OutputError(path: path, action: "open", code: errno))
      }
      let lock = FileLock(path: path, descriptor: descriptor)
      guard FileStatus(ofDescriptor: descriptor)?.isFile == true, lock.text.hasPrefix(heading) else {
        throw .isNoLock(path)
      }
      guard lock.lock() else {
        throw .held(
          path: output, holder: lock.text.dropFirst(heading.count).trimmingCharacters(in: .whitespacesAndNewlines))
      }
      // The run before may have removed the file between our opening and locking it.
      guard FileStatus(ofLinkAt: path)?.identity == FileStatus(ofDescriptor: descriptor)?.identity else { continue }
      lock.sign()
      return lock
    }
  }

  /// Makes the file anew, signed and locked from its first moment on; `nil` where there is one already.
  private static func make(_ path: String) throws(Failure) -> FileLock? {
    // An empty file of the name may be somebody else's, so ours never is empty: it gets its name when it is signed.
    // A file without a name leaves nothing when the run is killed here.
    if let unnamed = UnnamedFile.open(for: path) {
      let lock = try signed(path, unnamed)
      if UnnamedFile.name(unnamed, path) { return lock }
      if errno == EEXIST { return nil }
    }
    let aside = "\(path).\(getpid())"
    let descriptor = unsafe open(aside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .cannotOpen(OutputError(path: aside, action: "open", code: errno)) }
    defer { _ = unsafe unlink(aside) }
    let lock = try signed(path, descriptor)
    if unsafe link(aside, path) == 0 { return lock }
    switch errno {
    case EEXIST: return nil
    case EPERM, EOPNOTSUPP, EMLINK:
      // A file system without hard links.
      guard FileStatus(ofLinkAt: path) == nil, unsafe rename(aside, path) == 0 else { return nil }
      return lock
    default: throw .cannotOpen(OutputError(path: path, action: "make", code: errno))
    }
  }

  private static func signed(_ path: String, _ descriptor: Int32) throws(Failure) -> FileLock {
    let lock = FileLock(path: path, descriptor: descriptor)
    guard lock.sign() else { throw .cannotOpen(OutputError(path: path, action: "write", code: errno)) }
    _ = lock.lock()
    return lock
  }

  deinit { close(descriptor) }

  /// Who holds a lock of outputs that documents name, in one of the folders above `path`; `nil` where no other run does.
  static func holder(above path: String) -> (lock: String, holder: String)? {
    var folder = OutputFolder.path(of: OutputFolder.resolved(path))
    while true {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      where name.contains("{") && name.hasSuffix(".lock") {
        let file = folder + "/" + name
        let descriptor = unsafe open(file, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { continue }
        let lock = FileLock(path: file, descriptor: descriptor)
        let text = lock.text
        let isOwn = text.contains("pid \(getpid()),")
        if text.hasPrefix(heading), !isOwn, !lock.lock() {
          return (file, text.dropFirst(heading.count).trimmingCharacters(in: .whitespacesAndNewlines))
        }
      }
      guard folder != "/", folder != "." else { return nil }
      folder = OutputFolder.path(of: folder)
    }
  }

  /// Removes the file of a lock that nobody holds: a run was killed.
  static func removeStale(_ path: String) {
    if FileStatus(ofLinkAt: path)?.isFile == true { try? take(path, of: path).release() }
  }

  /// Removes the file and releases the lock.
  func release() {
    if FileStatus(ofLinkAt: path)?.identity == FileStatus(ofDescriptor: descriptor)?.identity { unsafe unlink(path) }
    _ = lock(kind: F_UNLCK)
  }

  private var text: String {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  /// Takes the system's lock; `false` where another has it. A file system without locks has none to give: then the run
  /// goes on without.
  private func lock() -> Bool { lock(kind: F_WRLCK) || errno != EAGAIN && errno != EACCES && errno != EINTR }

  private func lock(kind: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(kind)
    lock.l_whence = Int16(SEEK_SET)
    return unsafe fcntl(descriptor, Self.setLock, &lock) == 0
  }

  /// Writes down who holds the lock. - Returns: Whether there was room for it.
  @discardableResult
  private func sign() -> Bool {
    let since = Date().formatted(.iso8601)
    let text = Array((Self.heading + "pid \(getpid()), since \(since)\n").utf8)
    // What is there stays until it is written over: the file is never empty.
    guard unsafe pwrite(descriptor, text, text.count, 0) == text.count else { return false }
    return ftruncate(descriptor, off_t(text.count)) == 0
  }
}

/// The locks of all outputs of a run.
public final class RunLocks: Sendable {
  private let locks = Mutex<[FileLock]>([])

  /// Takes all locks, or none.
  ///
  /// - Parameter wanted: The locks' files, and what each is the lock of.
  public init(_ wanted: [(path: String, output: String)]) throws(FileLock.Failure) {
    for (path, output) in wanted {
      do throws(FileLock.Failure) {
        try add(path, of: output)
      } catch {
        release()
        throw error
      }
    }
  }

  /// Takes one more; one that is held here already is taken once.
  public func add(_ path: String, of output: String) throws(FileLock.Failure) {
    guard !locks.withLock({ $0.contains { $0.path == path } }) else { return }
    let lock = try FileLock.take(path, of: output)
    locks.withLock { $0.append(lock) }
  }

  /// Removes the files of the locks, and releases them.
  public func release() {
    locks.withLock { locks in
      for lock in locks { lock.release() }
      locks = []
    }
  }
}
