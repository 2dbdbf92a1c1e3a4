internal import Foundation
internal import Hearsay

/// Where a run keeps its last checkpoint, so that a later one can go on from there.
///
/// It is a folder beside the outputs, whose `run.json` marks it as a journal and says of which run. `journal.json` says
/// where the run stands; it is written aside, synced and renamed, so that it is always whole. Files of the stages' own lie
/// in a folder each beside it, and `outputs` names what the run has begun to write. When a run is finished, the journal's
/// files are removed one by one, and the folder where nothing else is in it.
public struct Journal: Sendable {
  public let path: String
  public let identity: RunIdentity
  public let interval: CheckpointInterval
  /// Names the run, however often it is resumed.
  public internal(set) var run = UUID().uuidString

  /// The journal's `run.json`.
  private struct Marker: Codable {
    static let kind = "hearsay journal"
    var kind = Marker.kind
    var version = Journal.version
    var run: String
    var identity: RunIdentity
    /// Whether the run made the folder, so that it may remove it.
    var madeFolder: Bool
  }

  static let version = 2
  private var markerFile: String { path + "/run.json" }
  private var file: String { path + "/journal.json" }
  /// The paths of the files that the run has begun, a zero byte after each.
  private var outputs: String { path + "/outputs" }

  /// - Parameters:
  ///   - path: The folder; it is made when the run begins.
  ///   - identity: What the run is.
  public init(path: String, identity: RunIdentity, interval: CheckpointInterval = .usual) {
    self.path = path
    self.identity = identity
    self.interval = interval
  }

  // MARK: What is there

  /// What a journal from before says.
  public enum State: Sendable {
    case none
    /// Something else has the path: a folder with files that no run has made, or no folder at all.
    case foreign
    /// A run has begun, and was broken off before its first checkpoint.
    case begun
    case unfinished(Checkpoint)
    /// The run that it is of is another one; these things differ.
    case other(differences: [String])
    /// It cannot be read.
    case damaged(reason: String)
  }

  /// Looks for what was kept by a run before, and goes by its name from here on.
  public mutating func read() -> State {
    let status = FileStatus(ofLinkAt: path)
    guard status != nil else { return .none }
    guard FileStatus(at: path)?.isFolder == true else { return .foreign }
    guard let bytes = Self.contents(markerFile) else { return isEmpty ? .none : .foreign }
    guard let marker = try? JSONDecoder().decode(Marker.self, from: bytes), marker.kind == Marker.kind else {
      return .foreign
    }
    guard marker.version == Self.version else {
      return .other(differences: ["the journal is of another version of Hearsay"])
    }
    run = marker.run
    let differences = identity.differences(from: marker.identity)
    guard differences.isEmpty else { return .other(differences: differences) }
    guard let bytes = Self.contents(file) else { return .begun }
    do {
      return .unfinished(try Checkpoint(checked: bytes, run: run))
    } catch {
      return .damaged(reason: "\(error)")
    }
  }

  private var isEmpty: Bool { (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == true }

  /// The bytes of a regular file; `nil` where there is none.
  private static func contents(_ path: String) -> Data? {
    guard FileStatus(ofLinkAt: path)?.isFile == true else { return nil }
    return FileManager.default.contents(atPath: path)
  }

  /// Where a stage's own files lie.
  func folder(ofStep step: Int) -> String { "\(path)/stage-\(step)" }

  // MARK: The run

  /// Makes the folders of these steps.
  ///
  /// - Parameter keeps: Whether what is there stays, because the run is resumed.
  mutating func open(steps: [Int], keeps: Bool) throws(RunError) {
    if !keeps {
      removeUnfinishedOutputs()
      remove()
      run = UUID().uuidString
    }
    let madeFolder = FileStatus(at: path) == nil
    let (markerFile, run, identity) = (markerFile, run, identity)
    try attempt {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      if !keeps {
        let marker = Marker(run: run, identity: identity, madeFolder: madeFolder)
        // With half a mark the folder would be nobody's.
        try [UInt8](Self.encoder.encode(marker)).makeFile(at: markerFile)
      }
      for folder in steps.map(folder) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    }
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// Adds a file that the run is about to make as `output.part`. One that cannot be added is no reason to end a run.
  func add(output: String) {
    let descriptor = unsafe Foundation.open(outputs, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try? (Array(Self.absolute(output).utf8) + [0]).write(to: descriptor, path: outputs)
  }

  /// The files that this run has begun to write.
  func begunOutputs() -> Set<String> {
    guard let list = Self.contents(outputs) else { return [] }
    // After the last zero byte is nothing, or a path that was torn.
    return Set(
      list.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) })
  }

  /// Who begins anew may do so from another folder.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  /// Removes what the run of this journal has begun to write and not finished.
  private func removeUnfinishedOutputs() {
    for output in begunOutputs() {
      OutputFile.removeUnfinished(output)
      FileLock.removeStale(output + ".lock")
    }
  }

  func write(_ checkpoint: Checkpoint) throws(RunError) {
    let (file, run) = (file, run)
    try attempt { try checkpoint.checked(run: run).replaceFile(at: file) }
  }

  // MARK: Removal

  /// Removes the journal's files: the run is finished, or begins anew. A folder that is no journal stays as it is, and so
  /// does a file that no run has made.
  public func remove() {
    guard let bytes = Self.contents(markerFile), let marker = try? JSONDecoder().decode(Marker.self, from: bytes),
      marker.kind == Marker.kind
    else { return }
    // First what says that there is something to go on from: half a journal must not look like a run.
    unsafe unlink(file)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let begun = ["journal.json.", "run.json.", "replacement."]
    for name in names
    where name == "outputs" || name.hasSuffix(".part") && begun.contains(where: { name.hasPrefix($0) }) {
      _ = unsafe unlink("\(path)/\(name)")
    }
    for name in names where name.hasPrefix("stage-") && Int(name.dropFirst(6)) != nil {
      removeFolder("\(path)/\(name)")
    }
    // The mark goes last, so that what stays after a kill is known.
    unsafe unlink(markerFile)
    if marker.madeFolder { unsafe rmdir(path) }
  }

  /// Removes a stage's folder and its files; links are not followed.
  private func removeFolder(_ folder: String) {
    guard FileStatus(ofLinkAt: folder)?.isFolder == true else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      if FileStatus(ofLinkAt: "\(folder)/\(name)")?.isFile == true { unsafe unlink("\(folder)/\(name)") }
    }
    unsafe rmdir(folder)
  }

  private func attempt<Result>(_ work: () throws -> Result) throws(RunError) -> Result {
    do {
      return try work()
    } catch {
      throw RunError(action: .journal(path: path), error: error)
    }
  }
}
