import Foundation

/// A file that is written aside as `NAME.part` and takes its name only when it is whole, so that nobody reads half of
/// it and an older file stays until then. Standard output, devices and pipes are written to as they are.
public struct OutputFile: Sendable {
  /// The path as it was given, `-` for standard output.
  public let path: String
  /// Whether what is written is gone: standard output, a device, a pipe.
  public let isStream: Bool
  /// Bytes that the system has taken.
  public private(set) var length = 0
  public private(set) var isOpen = false
  /// Where the file gets its name: `path` with its symbolic links followed.
  let target: String
  private var hash = XXH64()
  /// Whether the system may still lose bytes that it has taken, or the file's name.
  private var isUnsynced = true
  private var descriptor: Int32 = -1
  private var identity: FileStatus.Identity?

  /// The bytes of a file up to a checkpoint.
  public struct Mark: Codable, Hashable, Sendable {
    public var byteCount: Int
    /// XXH64 of them.
    public var hash: UInt64

    public init(byteCount: Int, hash: UInt64) {
      self.byteCount = byteCount
      self.hash = hash
    }
  }

  /// The bytes so far.
  public var mark: Mark { Mark(byteCount: length, hash: hash.value) }

  /// Where the file is until it is whole.
  public var partPath: String { isStream ? path : Self.partPath(of: target) }

  /// Where the file at `path` is until it is whole.
  public static func partPath(of path: String) -> String { path + ".part" }

  // MARK: Opening

  /// Makes the file anew.
  ///
  /// - Parameter context: The run whose output it is.
  public init(new path: String, in context: StageContext) throws(OutputError) {
    try self.init(new: path, registerOutput: context.registerOutput, isCancelled: context.isCancelled)
  }

  /// Makes the file anew.
  ///
  /// - Parameters:
  ///   - registerOutput: Called with the file's path before it is made: see `StageContext.registerOutput`.
  ///   - isCancelled: Whether to give up the wait for the reader of a named pipe.
  public init(
    new path: String, registerOutput: (String) throws(OutputError) -> Void, isCancelled: () -> Bool = { false }
  ) throws(OutputError) {
    let place = OutputPlace(path)
    self.path = place == .standardOutput ? "-" : path
    isStream = place.filePath == nil
    target = place.filePath ?? path
    switch place {
    case .standardOutput:
      descriptor = STDOUT_FILENO
      isOpen = true
    case .descriptor(let number):
      descriptor = fcntl(number, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { throw failure("open") }
      isOpen = true
    case .folder: throw OutputError(path: path, action: "open", code: EISDIR)
    case .stream: try openStream(unless: isCancelled)
    case .file:
      if let status = FileStatus(ofLinkAt: target), !status.isFile { throw .isNoFile(path) }
      try registerOutput(target)
      try OutputFolder.make(for: target)
      try open(O_CREAT | O_EXCL)
    }
  }

  /// Goes on with a file that had these bytes at a checkpoint. What stands after them is cut off.
  ///
  /// - Parameter registerContinuedOutput: Called with the file's path before it is changed: see `StageContext.registerContinuedOutput`.
  /// - Throws: `StageError` where the file is not what it was; then nothing was changed.
  public init(
    resuming path: String, at mark: Mark, registerContinuedOutput: (String) throws(OutputError) -> Void = { _ in }
  ) throws {
    self.path = path
    guard let target = OutputPlace(path).filePath else {
      throw StageError("'\(path)' is no regular file any more; start the run anew")
    }
    self.target = target
    isStream = false
    hash = try Self.verify(target, mark)
    try registerContinuedOutput(target)
    try Self.putAside(target)
    try open(0)
    guard ftruncate(descriptor, off_t(mark.byteCount)) == 0 else { throw failure("cut") }
    length = mark.byteCount
    guard lseek(descriptor, off_t(length), SEEK_SET) >= 0 else { throw failure("write") }
  }

  /// Opens a device or a pipe. A named pipe is waited for until somebody reads it: the system would wait as well, but for
  /// ever, whoever ends the run.
  private mutating func openStream(unless isCancelled: () -> Bool) throws(OutputError) {
    let flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    while true {
      descriptor = unsafe Foundation.open(path, flags)
      guard descriptor < 0 else { break }
      guard errno == ENXIO, FileStatus(at: path)?.isPipe == true else { throw failure("open") }
      guard !isCancelled() else { throw OutputError(path: path, action: "open", code: EINTR) }
      usleep(20_000)
    }
    isOpen = true
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
  }

  /// Opens the `.part`, which must be a regular file and no link to one.
  private mutating func open(_ flags: Int32) throws(OutputError) {
    descriptor = unsafe Foundation.open(partPath, flags | O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else {
      switch errno {
      case EEXIST where FileStatus(ofLinkAt: partPath)?.isFile == false: throw .isNoFile(partPath)
      case EEXIST: throw .unfinished(partPath)
      case ELOOP: throw .isNoFile(partPath)
      default: throw failure("open")
      }
    }
    isOpen = true
    let status = FileStatus(ofDescriptor: descriptor)
    guard let status, status.isFile, identity == nil || identity == status.identity else {
      close()
      throw .isNoFile(partPath)
    }
    identity = status.identity
  }

  // MARK: Writing

  public mutating func write(_ bytes: [UInt8]) throws(OutputError) { try write(bytes.span) }

  /// Hands the bytes on to the system. A file that was closed to save descriptors is opened again.
  public mutating func write(_ bytes: Swift.Span<UInt8>) throws(OutputError) {
    if !isOpen { try open(O_APPEND) }
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
      if !isStream { hash.update(bytes.extracting(done..<done + count)) }
      done += count
      length += count
    }
  }

  /// Waits until a loss of power can take nothing that was written.
  public mutating func sync() throws(OutputError) {
    guard isUnsynced, !isStream else { return }
    if !isOpen { try open(O_APPEND) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("write") }
    isUnsynced = false
  }

  /// Lets go of the descriptor. More can be written to a file: it is opened again then.
  public mutating func close() {
    guard isOpen, descriptor != STDOUT_FILENO else { return }
    _ = Foundation.close(descriptor)
    isOpen = false
  }

  /// Ends the file: a whole one is made durable and takes its name, of an interrupted run the `.part` stays.
  public mutating func finish(_ outcome: RunOutcome) throws(OutputError) {
    defer { close() }
    try sync()
    guard outcome == .finished, !isStream else { return }
    try Self.takeName(target)
    try OutputFolder.sync([OutputFolder.path(of: target)])
  }

  private func failure(_ action: String) -> OutputError { OutputError(path: path, action: action, code: errno) }
}

// MARK: Names

extension OutputFile {
  /// Gives the whole file that was written aside the name `path`. One that has it already, as the run broke off while
  /// it gave names, stays. Nothing but a regular file is ever replaced.
  ///
  /// - Returns: The path, with its symbolic links followed.
  @discardableResult
  public static func takeName(_ path: String) throws(OutputError) -> String {
    let target = OutputPlace(path).filePath ?? path
    let part = partPath(of: target)
    let present = FileStatus(ofLinkAt: target)
    if FileStatus(ofLinkAt: part) == nil, present?.isFile == true { return target }
    guard present == nil || present?.isFile == true else { throw .isNoFile(path) }
    guard unsafe rename(part, target) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
    return target
  }

  /// Takes a file's name back where the run broke off while it gave names.
  public static func putAside(_ path: String) throws(OutputError) {
    let target = OutputPlace(path).filePath ?? path
    let part = partPath(of: target)
    guard FileStatus(ofLinkAt: part) == nil, FileStatus(ofLinkAt: target)?.isFile == true else { return }
    guard unsafe rename(target, part) == 0 else { throw OutputError(path: path, action: "rename", code: errno) }
  }

  /// Where the bytes of an unfinished output are: at its `.part`, or at its own path where the run broke off while it
  /// renamed its files. `path` has its symbolic links followed already: see `OutputPlace.filePath`.
  ///
  /// - Throws: `StageError` where there is no regular file.
  public static func unfinishedPath(of path: String) throws(StageError) -> String {
    let part = partPath(of: path)
    let found = FileStatus(ofLinkAt: part) == nil ? path : part
    guard FileStatus(ofLinkAt: found)?.isFile == true else { throw .isGone(part) }
    return found
  }

  /// Removes what a run has begun to write as `path` and not finished, with what SQLite puts beside it. A link, a device or
  /// a pipe is nobody's unfinished file, and stays.
  public static func removeUnfinished(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] {
      let file = partPath(of: path) + ending
      if FileStatus(ofLinkAt: file)?.isFile == true { _ = unsafe unlink(file) }
    }
  }

  /// All bytes of a file that was written aside, or has its name by now.
  ///
  /// - Throws: `StageError` where it is gone.
  public static func present(_ path: String) throws -> Mark {
    let hash = try read(OutputPlace(path).filePath ?? path, nil)
    return Mark(byteCount: hash.byteCount, hash: hash.value)
  }

  /// Sees that a file that was written aside, or has its name by now, begins with the bytes that it had at a checkpoint.
  ///
  /// - Returns: Their hash, to which what is written next is added.
  /// - Throws: `StageError` where they are others, or the file is gone.
  private static func verify(_ target: String, _ mark: Mark) throws -> XXH64 {
    let hash = try read(target, mark.byteCount)
    guard hash.value == mark.hash else {
      throw StageError("'\(partPath(of: target))' is not what it was when the run broke off; start the run anew")
    }
    return hash
  }

  /// Reads the first `byteCount` bytes of a file, or all of them.
  private static func read(_ target: String, _ byteCount: Int?) throws -> XXH64 {
    let found = try unfinishedPath(of: target)
    let descriptor = unsafe Foundation.open(found, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0, let status = FileStatus(ofDescriptor: descriptor), status.isFile else {
      if descriptor >= 0 { _ = Foundation.close(descriptor) }
      throw StageError.isGone(partPath(of: target))
    }
    defer { _ = Foundation.close(descriptor) }
    if let byteCount, status.size < byteCount {
      throw StageError(
        "'\(found)' has \(status.size) bytes, but had \(byteCount) when the run broke off: it was changed since; start "
          + "the run anew")
    }
    return try Self.hash(descriptor, byteCount ?? status.size, found)
  }

  /// The hash of the next bytes of an open file.
  private static func hash(_ descriptor: Int32, _ byteCount: Int, _ path: String) throws(OutputError) -> XXH64 {
    var hash = XXH64()
    var bytes = [UInt8](repeating: 0, count: min(byteCount, 1 << 18))
    while hash.byteCount < byteCount {
      let wanted = min(bytes.count, byteCount - hash.byteCount)
      let count = unsafe bytes.withUnsafeMutableBytes { unsafe Foundation.read(descriptor, $0.baseAddress, wanted) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputError(path: path, action: "read", code: count < 0 ? errno : EIO) }
      hash.update(bytes.span.extracting(0..<count))
    }
    return hash
  }
}

extension StageError {
  fileprivate static func isGone(_ part: String) -> Self {
    Self("'\(part)' is gone: the run cannot go on without it; start it anew")
  }
}
