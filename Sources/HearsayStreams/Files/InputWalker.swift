internal import Hearsay

/// Resolves the inputs that a user names to files, one after the other: paths, patterns, folders with all below them.
///
/// Folders are walked in the order of names, so that a run reads its documents in the same order everywhere. Hidden
/// entries are left out, and so are links that lead out of the folder that was named. Only the folders on the path to
/// the current file are in memory, and of large ones a part: see `FolderNames`.
struct InputWalker: Sendable {
  enum Item: Sendable, Hashable {
    case file(String, FileStatus)
    case standardInput
    case failure(InputError)
  }

  /// The name of the standard input in messages and ids.
  static let standardInputName = "stdin"

  /// A folder that is being walked.
  private struct OpenFolder {
    let path: String
    var names: FolderNames
    /// The pattern that entries must match; `nil` where all are read.
    let glob: (pattern: GlobPattern, states: [Int])?
    let identity: FileStatus.Identity
    /// The folder that the user named, which is this one or contains it; `nil` where a pattern is still to be matched.
    let root: LinkBoundary?
    /// Whether it is that folder itself.
    let isRoot: Bool
  }

  private var arguments: ArraySlice<String>
  private var openFolders: [OpenFolder] = []
  /// The folders that the current argument has led to. A link to one of them is not followed again.
  private var visited: Set<FileStatus.Identity> = []
  /// The current argument, where it is a pattern that nothing has matched yet.
  private var unmatched: String?
  private let followsLinks: Bool
  private var notices: [InputNotice] = []

  /// - Parameters:
  ///   - arguments: Paths and patterns; `-`, or none at all, is the standard input.
  ///   - followsLinks: Whether links may lead out of the folder that they are found in.
  init(_ arguments: [String], followsLinks: Bool) {
    self.arguments = (arguments.isEmpty ? ["-"] : arguments)[...]
    self.followsLinks = followsLinks
  }

  /// The notices on the folders that were walked since the last call.
  mutating func takeNotices() -> [InputNotice] {
    defer { notices = [] }
    return notices
  }

  /// The next file, or the failure in its place; `nil` at the end.
  mutating func next() -> Item? {
    while true {
      if let last = openFolders.indices.last {
        do throws(SystemError) {
          guard let name = try openFolders[last].names.next() else {
            close(openFolders.removeLast())
            continue
          }
          if let item = visit(name, in: openFolders[last]) { return item }
        } catch {
          let folder = openFolders.removeLast()
          close(folder)
          return .failure(.cannotOpen(folder.path, error))
        }
      } else if let pattern = unmatched {
        unmatched = nil
        return .failure(.nothingMatches(pattern))
      } else if let argument = arguments.popFirst() {
        visited = []
        if let item = begin(argument) { return item }
      } else {
        return nil
      }
    }
  }

  /// Closes a folder.
  private mutating func close(_ folder: OpenFolder) {
    guard folder.isRoot, let root = folder.root, root.leftOut > 0 else { return }
    notices.append(.linksLeftOut(root.leftOut, of: root.path))
  }

  private mutating func begin(_ argument: String) -> Item? {
    guard argument != "-" else { return .standardInput }
    // A file whose name has brackets is that file.
    if GlobPattern.isPattern(argument), (try? FileStatus(of: argument)) == nil {
      let pattern = GlobPattern(argument)
      unmatched = argument
      let base = pattern.base.isEmpty ? "." : pattern.base
      guard let status = try? FileStatus(of: base), status.kind == .folder else { return nil }
      return enter(pattern.base, status, glob: (pattern, pattern.start))
    }
    return visit(argument, in: nil)
  }

  private mutating func visit(_ name: String, in folder: OpenFolder) -> Item? {
    let path = folder.path.isEmpty ? name : folder.path.hasSuffix("/") ? folder.path + name : "\(folder.path)/\(name)"
    guard let (pattern, states) = folder.glob else {
      return name.hasPrefix(".") ? nil : visit(path, in: folder.root)
    }
    let next = pattern.states(after: states, entry: name)
    if pattern.accepts(next) {
      unmatched = nil
      return visit(path, in: nil)
    }
    guard !next.isEmpty, let status = try? FileStatus(of: path), status.kind == .folder else { return nil }
    return enter(path, status, glob: (pattern, next))
  }

  /// - Parameter root: The folder in whose walk the path was found; `nil` where the user asked for this very path:
  ///   then a pipe or a device is read too.
  private mutating func visit(_ path: String, in root: LinkBoundary?) -> Item? {
    do throws(SystemError) {
      let status: FileStatus
      if let root {
        let entry = try FileStatus(ofEntryAt: path)
        if entry.kind == .link, !followsLinks, root.leavesOut(path) { return nil }
        status = entry.kind == .link ? try FileStatus(of: path) : entry
      } else {
        status = try FileStatus(of: path)
      }
      switch status.kind {
      case .file: return .file(path, status)
      case .folder: return enter(path, status, glob: nil, root: root)
      case .link, .other: return root == nil ? .file(path, status) : .failure(.notAFile(path))
      }
    } catch {
      return .failure(.cannotFind(path, error))
    }
  }

  private mutating func enter(
    _ path: String, _ status: FileStatus, glob: (pattern: GlobPattern, states: [Int])?, root: LinkBoundary? = nil
  ) -> Item? {
    if openFolders.contains(where: { $0.identity == status.identity }) { return .failure(.loop(path)) }
    guard visited.insert(status.identity).inserted else { return nil }
    do throws(SystemError) {
      let names = try FolderNames(of: path.isEmpty ? "." : path)
      let boundary = glob == nil ? root ?? LinkBoundary(path) : nil
      openFolders.append(
        OpenFolder(
          path: path, names: names, glob: glob, identity: status.identity, root: boundary, isRoot: root == nil))
      return nil
    } catch {
      return .failure(.cannotOpen(path, error))
    }
  }
}

extension InputNotice {
  static func linksLeftOut(_ count: Int, of path: String) -> Self {
    Self(
      path: path,
      message: count == 1
        ? "a link leads out of the folder and was left out; --follow reads it"
        : "\(count) links lead out of the folder and were left out; --follow reads them")
  }
}

extension InputError {
  static func nothingMatches(_ pattern: String) -> Self {
    Self(.notFound, pattern, "no file matches this pattern", hint: "check the spelling and the current folder")
  }
  static func cannotFind(_ path: String, _ error: SystemError) -> Self {
    guard error.isNotFound else { return cannotOpen(path, error) }
    return FileStatus(ofLinkAt: path)?.kind == .link
      ? Self(.notFound, path, "the symbolic link leads to nothing", hint: "remove it or mend it")
      : Self(.notFound, path, "there is no such file or folder", hint: "check the spelling and the current folder")
  }
  static func cannotOpen(_ path: String, _ error: SystemError) -> Self {
    Self(.unreadable, path, "cannot be read (\(error))", hint: "check its permissions, or leave it out")
  }
  static func notAFile(_ path: String) -> Self {
    Self(.unreadable, path, "is neither a file nor a folder", hint: "name it itself if it is to be read")
  }
  static func loop(_ path: String) -> Self {
    Self(.folderLoop, path, "the folder leads back to one that holds it", hint: "remove the symbolic link")
  }
}
