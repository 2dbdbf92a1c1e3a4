public import Hearsay
public import HearsayStreams

/// What a run does: from which inputs, through which stages, and how.
public struct RunPlan: Sendable {
  /// A stage with the name that reports and messages have for it.
  public struct Step: Sendable {
    public var label: String
    public var stage: any Stage

    public init(_ label: String, _ stage: any Stage) {
      self.label = label
      self.stage = stage
    }
  }

  public var steps: [Step]
  /// Files, folders and patterns; `-`, or none at all, is the standard input.
  public var inputs: [String]
  public var input: InputSettings
  /// The layers that documents may bring along: `Catalogue.layers`.
  public var layers: [any Layer.Type]
  public var onError: FailurePolicy
  /// How many threads process documents; as many as there are processors where it is `nil`.
  public var workers: Int?
  /// Where the run keeps its place, so that it can be taken up again: see `obstacleToResuming`.
  public var journal: Journal?
  /// What the run reads and writes, each file for one purpose.
  public var files = RunFiles()
  /// Whether a `.part` of unknown origin is replaced: somebody has said so, by beginning anew or going on.
  public var replacesUnfinished = false
  /// The place from which the run goes on.
  public var start: Checkpoint?
  /// A file descriptor that gets one line for each record of the input, whatever became of it, in order: see `Answers`.
  public var answersDescriptor: Int32?

  public init(
    _ steps: [Step], inputs: [String], input: InputSettings = InputSettings(), layers: [any Layer.Type] = [],
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
  /// Why this run could not be taken up again, as a clause; `nil` where it could.
  public var obstacleToResuming: String? {
    for step in steps {
      if step.stage is any OrderedStage, !(step.stage is any ResumableStage) {
        return "stage '\(step.label)' does not know how to go on with a run"
      }
      for output in step.stage.outputs where OutputPlace(output).filePath == nil {
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
