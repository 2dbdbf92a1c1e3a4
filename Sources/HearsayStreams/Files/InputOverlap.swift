#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Hearsay

extension InputSettings {
  /// The first of the inputs, as they are named, that is the file at `path`; `nil` where none is.
  public static func input(among arguments: [String], naming path: String) -> String? {
    guard let file = try? FileStatus(of: path), file.kind == .file else { return nil }
    return arguments.first { $0 != "-" && (try? FileStatus(of: $0))?.identity == file.identity }
  }

  /// The first of the folders and patterns among the inputs that leads to a file at `path`, or would if it were there;
  /// `nil` where none does.
  ///
  /// - Parameter path: Braces, as in `{source}.jsonl`, stand for anything within a name. A link within an input's
  ///   folder is not followed to it.
  public static func input(among arguments: [String], leadingTo path: String) -> String? {
    let file = ResolvedPath(path)
    return arguments.first { $0 != "-" && file.isReached(by: $0) }
  }
}

/// The path of a file, which need not exist, with its links resolved.
private struct ResolvedPath {
  /// The names from the root on. Only the last may be a link.
  private let names: [String]

  init(_ path: String) { names = Self.names(of: path) }

  func isReached(by argument: String) -> Bool {
    if let status = try? FileStatus(of: argument) {
      guard status.kind == .folder, let names = names(below: argument) else { return false }
      return !names.contains(where: \.isHidden)
    }
    guard GlobPattern.isPattern(argument) else { return false }
    let pattern = GlobPattern(argument)
    guard let names = names(below: pattern.base) else { return false }
    var states = pattern.start
    for index in names.indices {
      states = pattern.states(after: states, template: names[index])
      // In a folder that matches, everything is read that is not hidden.
      if pattern.accepts(states), !names[index...].dropFirst().contains(where: \.isHidden) { return true }
    }
    return false
  }

  /// The names that lead from a folder to the file; `nil` where the file is not in it.
  private func names(below folder: String) -> ArraySlice<String>? {
    guard let folder = Self.realNames(of: folder.isEmpty ? "." : folder), names.starts(with: folder) else { return nil }
    return names[folder.count...]
  }

  private static func names(of path: String) -> [String] {
    var above = path.split(separator: "/").map(String.init)
    var below: [String] = []
    while let name = above.popLast() {
      if name != "." || below.isEmpty { below.insert(name, at: 0) }
      let folder = (path.hasPrefix("/") ? "/" : "./") + above.joined(separator: "/")
      if let real = realNames(of: folder) { return real + below }
    }
    return below
  }

  /// The names from the root on of a file or folder that exists.
  private static func realNames(of path: String) -> [String]? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real).split(separator: "/").map(String.init)
  }
}

extension String {
  fileprivate var isHidden: Bool { hasPrefix(".") }
}
