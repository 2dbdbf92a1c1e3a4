import Foundation

/// What the system says of a file, a folder or a link.
public struct FileStatus: Hashable, Sendable {
  /// One file, by whatever name it was reached.
  public struct Identity: Hashable, Sendable {
    let device: UInt64
    let node: UInt64
  }

  public enum Kind: Sendable { case file, folder, link, other }

  public let identity: Identity
  public let kind: Kind
  let isPipe: Bool
  /// In bytes.
  public let size: Int
  /// When it was last changed, in nanoseconds since 1970.
  public let modified: Int

  public var isFile: Bool { kind == .file }
  public var isFolder: Bool { kind == .folder }

  /// Follows symbolic links; `nil` where there is nothing.
  public init?(at path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Does not follow symbolic links; `nil` where there is nothing.
  public init?(ofLinkAt path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// `nil` where the descriptor is not open.
  public init?(ofDescriptor descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(status.st_ino))
    let format = status.st_mode & S_IFMT
    kind = format == S_IFREG ? .file : format == S_IFDIR ? .folder : format == S_IFLNK ? .link : .other
    isPipe = format == S_IFIFO
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}
