public import Hearsay
import HearsayText
import Synchronization

/// Counts the judgements of a run by holder, target, source or month, and writes the table at the end of the run.
///
/// Documents are not changed. Scores are summed in whole thousandths, so the table is the same for any number of workers.
/// Memory is bounded by the number of rows.
public final class SummarizeStance: SinkStage, ResumableStage {
  public struct Options: StageOptions {
    public var by: [StanceCounts.GroupingKey] = [.holder, .target]
    public var format = Format.text
    public var path = "-"
    public var minimumCount = 1
    public var mostRows = 100_000
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "by", \.by,
        """
        What a row is for: `holder`, `target`, `source` (`meta.source`, or the host of `meta.url`), `month` \
        (of `meta.date`).
        """),
      Field("format", \.format, "What to write: `text`, to be read, or `csv`."),
      Field("path", \.path, "The file to write; `-` is standard output. It appears when the run is done."),
      Field("minimum_count", \.minimumCount, in: 1...1_000_000, "Leave out rows of fewer judgements."),
      Field(
        "most_rows", \.mostRows, in: 1...10_000_000,
        "How many rows to keep, at under 1 KB each; what is new beyond them is counted in a row of its own."),
    ]
  }

  /// The ways to write the table.
  public enum Format: String, OptionEnum { case text, csv }

  public static let name = "summarize-stance"
  public static let summary = "Ends the run with a table of who leans which way toward whom: mean and count."
  public static let layers = LayerUse(reads: [Stances.self])
  public static let examples = [
    Example(
      "documents are not changed", "It rained.", becomes: "It rained.",
      options: ["by": ["target", "month"], "path": "/dev/null"])
  ]

  private let options: Options
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var counts: StanceCounts
    var file: OutputFile?
    var log: (@Sendable (String) -> Void)?
  }

  public init(_ options: Options) throws {
    let path = try OutputPlace.normalized(options.path)
    if options.by.isEmpty || Set(options.by).count < options.by.count {
      throw StageError("by must name at least one of holder, target, source, month, and none twice")
    }
    var options = options
    options.path = path
    self.options = options
    state = Mutex(State(counts: StanceCounts(by: options.by, maximumRows: options.mostRows)))
  }

  public var outputs: [String] { [options.path] }

  public func open(_ context: StageContext) throws {
    try begin(StanceCounts(by: options.by, maximumRows: options.mostRows), context)
  }

  public func resume(_ context: StageContext, from checkpoint: [UInt8]) throws {
    try begin(StanceCounts(by: options.by, maximumRows: options.mostRows, checkpoint: checkpoint), context)
  }

  private func begin(_ counts: StanceCounts, _ context: StageContext) throws {
    // Opened before the first document, so that a path that cannot be written to is reported at once.
    try state.withLock { state in
      state = State(counts: counts, file: try OutputFile(new: options.path, in: context), log: context.log)
    }
  }

  public func checkpoint() -> [UInt8] { state.withLock { $0.counts.checkpoint } }

  public func prepare(_ document: Document) -> [StanceCounts.Judgement] {
    StanceCounts.judgements(of: document, by: options.by)
  }

  public func commit(_ judgements: [StanceCounts.Judgement], _ document: inout Document) -> Disposition {
    state.withLock { state in
      let wasFull = state.counts.others.count > 0
      for judgement in judgements { state.counts.add(judgement) }
      if !wasFull, state.counts.others.count > 0 {
        state.log?("\(options.mostRows) rows are full; new ones are counted as one (raise most_rows)")
      }
    }
    return .keep
  }

  public func close(_ outcome: RunOutcome) throws {
    try state.withLock { state in
      guard var file = state.file.take() else { return }
      if outcome == .finished {
        let table = SummaryTable(state.counts, minimumCount: options.minimumCount)
        let bytes = options.format == .csv ? table.csv : table.text
        let filter = options.format == .csv ? TerminalFilter.csv : .text
        try file.write(Terminal.isAt(options.path) ? filter.filtered(bytes.span) ?? bytes : bytes)
      }
      state.counts = StanceCounts(by: options.by, maximumRows: options.mostRows)
      try file.finish(outcome)
    }
  }
}
