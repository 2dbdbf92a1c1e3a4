public import Hearsay
public import HearsayStreams

/// What a run does: from which inputs, through which stages, and how.
public struct RunPlan: Sendable {
  public var steps: [StageStep]
  /// Files, folders and patterns; `-`, or none at all, is the standard input.
  public var inputs: [String]
  public var input: InputSettings
  /// The layers that documents may bring along: `Catalogue.layers`.
  public var layers: [any Layer.Type]
  public var onError: FailurePolicy
  /// How many threads process documents; as many as there are processors where it is `nil`.
  public var workers: Int?
  /// Where the run writes its checkpoints, so that it can be resumed: see `resumeBlocker`.
  public var journal: Journal?
  /// What the run reads and writes, each file for one purpose.
  public var files = RunFiles()
  /// Whether a `.part` of unknown origin is replaced: the user has said so, with `--restart` or `--resume`.
  public var replacesUnfinished = false
  /// The place from which the run goes on.
  public var start: Checkpoint?
  /// A file descriptor that gets one line for each record of the input, whatever became of it, in order: see `ResponseWriter`.
  public var responseDescriptor: Int32?

  public init(
    _ steps: [StageStep], inputs: [String], input: InputSettings = InputSettings(), layers: [any Layer.Type] = [],
    onError: FailurePolicy = .stop, workers: Int? = nil
  ) {
    self.steps = steps
    self.inputs = inputs
    self.input = input
    self.layers = layers
    self.onError = onError
    self.workers = workers
  }
}

extension RunPlan {
  /// Why this run could not be resumed, as a clause; `nil` where it could.
  public var resumeBlocker: String? {
    for step in steps {
      if step.stage is any OrderedStage, !(step.stage is any ResumableStage) {
        return "stage '\(step.label)' cannot go on with a run"
      }
      for output in step.stage.sinkOutputs where OutputPlace(output).filePath == nil {
        let isStandard = OutputPlace(output) == .standardOutput
        return
          "stage '\(step.label)' writes to \(isStandard ? "standard output" : "'\(output)', which is no regular file")"
      }
    }
    if case .quarantine(let path) = onError, OutputPlace(path).filePath == nil {
      return "failed documents go to '\(path)', which is no regular file"
    }
    return nil
  }
}

/// What becomes of a run when a document fails.
public enum FailurePolicy: Sendable, Hashable {
  /// The run ends at the first failing document: the last stage has seen all before it, and none after it.
  ///
  /// An ordered stage that is followed by others may have seen more: it is closed as `.interrupted`.
  case stop
  /// The document is left out, counted and reported.
  case skip
  /// The document is left out, and written to this file with what failed. See `Quarantine`.
  case quarantine(path: String)
}
