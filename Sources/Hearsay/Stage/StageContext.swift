/// What a run gives its stages before the first document.
public struct StageContext: Sendable {
  /// The stage's name in reports and messages; `NAME[2]` for the second of two of a name.
  public var label: String
  /// The layers that documents of the run may carry: those of its stages, and those that the format has.
  public var layers: [any Layer.Type]
  /// Takes a line for the people who watch the run. May be called at any time, from any thread.
  public var log: @Sendable (String) -> Void
  /// Where a `ResumableStage` may keep files that its checkpoints rest on: a folder that is there, for this stage alone,
  /// until the run is finished, however often it is resumed. `nil` where the run keeps no journal.
  public var folder: String?
  /// To be called with the path of a file before the stage makes it as `PATH.part`: `OutputFile` does so. Where the run
  /// breaks off, one that begins anew in its place removes the `.part`, whatever its own files are called.
  ///
  /// Throws where the file is another one's: an output of another stage, an input, a file of the run's own, or a `.part`
  /// that this run has not made. What this run, or the one that it goes on from, has left as `PATH.part` is removed.
  public var registerOutput: @Sendable (_ path: String) throws(OutputError) -> Void = { path in
    OutputFile.removeUnfinished(path)
  }
  /// To be called with the path of each file that a stage goes on with after a checkpoint, or has finished before it:
  /// `OutputFile` does so. Throws where the file is another one's.
  public var registerContinuedOutput: @Sendable (_ path: String) throws(OutputError) -> Void = { _ in }
  /// Whether the run is to end before its input does, as after a signal. A stage that waits for something asks now and
  /// then. In `open` it throws an `OutputError` or a `POSIXError` of `EINTR` then; in `process` it throws `RunEnded`, within a
  /// second.
  public var isCancelled: @Sendable () -> Bool = { false }

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
