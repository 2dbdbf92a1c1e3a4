public import Hearsay
public import HearsayStreams

/// What a run did: how many documents became of what, and where the time went.
public struct RunReport: Sendable {
  /// How the run ended.
  public enum Ending: Sendable {
    /// Every document was seen.
    case finished
    /// A stop was requested; all documents that were read are done.
    case interrupted
    /// A document failed under the policy `stop`.
    case stopped(DocumentFailure)
    /// The run could not go on.
    case failed(RunError)
  }

  /// What a stage did, or the reading before the first.
  public struct StageReport: Sendable, Hashable {
    public var label: String
    /// Documents that came to the stage.
    public var documents = 0
    public var failures = 0
    public var drops = 0
    /// Length of the texts that came to the stage, in bytes; for the reading, of the records.
    public var bytes = 0
    /// Time spent, summed over the workers.
    public var time = Duration.zero
    /// What the stage reports of its work, summed over the documents: repairs by kind, words sent to a model.
    public var counts = StageCounters()

    /// Bytes a second of one worker; 0 where no time was measured.
    public var bytesPerSecond: Double { Self.rate(bytes, time) }

    static func rate(_ bytes: Int, _ time: Duration) -> Double {
      let seconds = time / .seconds(1)
      return seconds > 0 ? Double(bytes) / seconds : 0
    }
  }

  public internal(set) var ending = Ending.finished
  /// The run's name, as its journal has it, however often the run is resumed; `nil` where it keeps none.
  public internal(set) var run: String?
  /// Whether the run is finished, and every document was seen.
  public internal(set) var isOver = false
  /// Documents that were read, or should have been.
  public internal(set) var documentsIn = 0
  /// Documents that came through all stages.
  public internal(set) var documentsOut = 0
  /// Documents that stages added by replacing one by several.
  public internal(set) var documentsAdded = 0
  public internal(set) var documentsDropped = 0
  public internal(set) var documentsFailed = 0
  /// Documents that were read but not finished, because the run ended before their turn.
  public internal(set) var documentsAbandoned = 0
  /// Length in the input of the documents that are done, in bytes.
  public internal(set) var bytesIn = 0
  /// Why documents were dropped, most frequent first. Of many reasons only the first; see `documentsDropped` for all.
  public internal(set) var dropReasons: [(reason: String, documents: Int)] = []
  /// The first failures; `documentsFailed` counts all.
  public internal(set) var failures: [DocumentFailure] = []
  /// The file of failed documents, where there is one.
  public internal(set) var quarantinePath: String?
  /// Of the documents that are done, those that were when the run was resumed.
  public internal(set) var documentsBefore = 0
  /// The first inputs that were begun since then.
  public internal(set) var inputs: [Input] = []
  /// Behind the last document that is done.
  public internal(set) var position = InputPosition()
  /// Whether the run has kept its place, so that it could be resumed unless it is finished.
  public internal(set) var isResumable = false
  public internal(set) var reading = StageReport(label: "input")
  public internal(set) var stages: [StageReport] = []
  public internal(set) var workers = 1
  public internal(set) var wallTime = Duration.zero

  /// Whether every document that was read is accounted for.
  public var isBalanced: Bool {
    documentsIn + documentsAdded == documentsOut + documentsDropped + documentsFailed + documentsAbandoned
  }

  init() {}
}
