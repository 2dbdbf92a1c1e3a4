/// What a run tells its stages before the first document.
public struct StageContext: Sendable {
  /// The stage's name in reports and messages; `NAME[2]` for the second of two of a name.
  public var label: String
  /// The layers that documents of the run may carry: those of its stages, and those that the format has.
  public var layers: [any Layer.Type]
  /// Takes a line for the people who watch the run. May be called at any time, from any thread.
  public var log: @Sendable (String) -> Void
  /// Where a `ResumableStage` may keep files that its checkpoints rest on: a folder that is there, for this stage alone,
  /// until the run is finished, however often it is taken up again. `nil` where the run keeps no journal.
  public var folder: String?
  /// Takes the path of a file that the stage is about to make, and writes as `PATH.part` until it is whole. Where the run
  /// breaks off, one that begins anew in its place removes the `.part`, whatever its own files are called.
  public var willWrite: @Sendable (String) -> Void = { _ in }
  /// Whether the run is to end before its input does, as after a signal. A stage that waits for something in `open` asks
  /// now and then, and throws an `OutputError` or a `POSIXError` of `EINTR`.
  public var isEnding: @Sendable () -> Bool = { false }

  public init(
    label: String, layers: [any Layer.Type] = Catalogue().layers, folder: String? = nil,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.label = label
    self.layers = layers
    self.folder = folder
    self.log = log
  }
}
