internal import Foundation
public import Hearsay
internal import Synchronization

/// The files of one run, each with one purpose: what it reads, what it writes, and what it keeps beside its outputs.
///
/// Two purposes never share a file, by name or by link: the second one is refused. Names that documents make are asked for
/// while the run goes on, all others before it begins.
public final class RunFiles: Sendable {
  /// What a file is for.
  private struct Purpose: Sendable {
    /// As messages have it: `the quarantine file`.
    let name: String
    /// The step that writes it; `nil` where the run itself reads or writes it.
    let step: Int?
    /// Whether the file is reserved, and its step has not begun it.
    var isReserved = false
  }

  private struct State {
    /// By the path without links, `.part`s among them.
    var purposes: [String: Purpose] = [:]
    /// Files of the run itself, by their names without regard to case and Unicode form: some file systems have none.
    var own: [String: String] = [:]
    /// Folders that hold one of the files.
    var folders: [String: String] = [:]
    var identities: [FileStatus.Identity: String] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  /// Keeps a file that is there, such as an input, from being written over.
  ///
  /// - Parameter purpose: What it is, as a message would say: `an input`.
  public func protect(_ path: String, as purpose: String) {
    let name = Self.name(of: path)
    let identity = FileStatus(at: path).flatMap { $0.isFile ? $0.identity : nil }
    state.withLock { state in
      state.purposes[name] = state.purposes[name] ?? Purpose(name: purpose, step: nil)
      if let identity { state.identities[identity] = state.identities[identity] ?? purpose }
    }
  }

  /// Takes a file that the run itself writes, or the folder of its journal.
  public func take(_ path: String, as purpose: String, hasPart: Bool = true) throws(OutputError) {
    try add(path, Purpose(name: purpose, step: nil), hasPart: hasPart)
  }

  /// Reserves a file that a step will write.
  public func reserve(_ path: String, step: Int, label: String) throws(OutputError) {
    try add(path, Purpose(name: "an output of stage '\(label)'", step: step, isReserved: true), hasPart: true)
  }

  /// Takes a file that a step begins to write.
  func begin(_ path: String, step: Int, label: String) throws(OutputError) {
    try add(path, Purpose(name: "an output of stage '\(label)'", step: step), hasPart: true)
  }

  private func add(_ path: String, _ purpose: Purpose, hasPart: Bool) throws(OutputError) {
    let name = Self.name(of: path)
    let status = FileStatus(at: path)
    let identity = status.flatMap { $0.isFile ? $0.identity : nil }
    if status?.isFolder == true, purpose.step != nil { throw OutputError(path: path, action: "write", code: EISDIR) }
    let other: String? = state.withLock { state in
      let names = hasPart ? [name, OutputFile.partPath(of: name)] : [name]
      if let present = state.purposes[name], present.isReserved, present.step == purpose.step, !purpose.isReserved {
        state.purposes[name]?.isReserved = false
        return nil
      }
      for name in names {
        if let other = state.purposes[name]?.name ?? state.own[Self.folded(name)] ?? state.folders[name] {
          return other
        }
      }
      if purpose.step == nil {
        let taken = state.purposes.first { taken in names.contains { Self.folded($0) == Self.folded(taken.key) } }
        if let taken { return taken.value.name }
      }
      for folder in Self.folders(above: name) {
        if let other = state.purposes[folder]?.name ?? state.own[Self.folded(folder)] { return other }
      }
      if let identity, let other = state.identities[identity] { return other }
      for name in names {
        state.purposes[name] = purpose
        if purpose.step == nil { state.own[Self.folded(name)] = purpose.name }
      }
      for folder in Self.folders(above: name) where state.folders[folder] == nil {
        state.folders[folder] = purpose.name
      }
      if let identity { state.identities[identity] = purpose.name }
      return nil
    }
    guard let other else { return }
    let detail =
      purpose.step == nil
      ? "it would be \(purpose.name), and is \(other)" : "it is \(other) already; give each a name of its own"
    throw OutputError(path: path, action: "write", code: EEXIST, detail: detail)
  }

  /// The path from the root on, without links in the folders that are there, and with the file's own links followed.
  private static func name(of path: String) -> String {
    let path = OutputPlace(path).filePath ?? path
    var above = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    var below: [String] = []
    while let last = above.popLast() {
      below.insert(last, at: 0)
      let folder = (path.hasPrefix("/") ? "/" : "./") + above.joined(separator: "/")
      guard let real = unsafe realpath(folder, nil) else { continue }
      defer { unsafe free(real) }
      let root = unsafe String(cString: real)
      return (root == "/" ? "" : root) + "/" + below.joined(separator: "/")
    }
    return path
  }

  /// `/a/b` and `/a` of `/a/b/c`.
  private static func folders(above name: String) -> [String] {
    name.indices.dropFirst().filter { name[$0] == "/" }.map { String(name[..<$0]) }
  }

  private static func folded(_ name: String) -> String { name.precomposedStringWithCanonicalMapping.lowercased() }
}
