internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Accumulates the outcomes of documents, reports progress and writes checkpoints, in the order of the input.
struct RunAccounting: Sendable {
  private let steps: [StageStep]
  private let observer: RunObserver
  private let started: UInt64
  private var lastProgress: UInt64
  private var counts: RunCounts
  /// The counts of the run that this one resumes.
  private var before: RunCounts
  /// After the last document that was added.
  private var position = InputPosition()
  private var inputs = InputList()
  private var quarantine: Quarantine?
  private let responses: ResponseWriter?
  private var journal: Journal?
  private(set) var hasCheckpoint = false
  private let workers: Int
  private var report = RunReport()

  private static let shownFailures = 20
  private static let shownReasons = 20
  private static let progressInterval: UInt64 = 250_000_000

  init(
    _ plan: RunPlan, workers: Int, observer: RunObserver,
    registerOutput: @escaping @Sendable (String) throws(OutputError) -> Void
  ) {
    steps = plan.steps
    self.observer = observer
    self.workers = workers
    started = monotonicNanoseconds()
    lastProgress = started
    counts = RunCounts(steps: plan.steps.count)
    before = counts
    responses = plan.responseDescriptor.map(ResponseWriter.init)
    if case .quarantine(let path) = plan.onError { quarantine = Quarantine(path: path, registerOutput: registerOutput) }
  }

  /// Takes the journal, which must be open.
  mutating func use(_ journal: Journal) { self.journal = journal }

  /// Continues the counts of the run that is resumed.
  mutating func resume(from checkpoint: Checkpoint) {
    before = checkpoint.counts
    counts = checkpoint.counts
    position = checkpoint.position
    hasCheckpoint = true
  }

  /// Continues the file of failed documents as it was at the checkpoint.
  mutating func resumeQuarantine(from checkpoint: Checkpoint) throws(RunError) {
    guard let mark = checkpoint.quarantine else { return }
    try quarantine?.resume(at: mark)
  }

  /// Adds a batch that has passed all stages.
  ///
  /// - Parameter isLast: Whether it ends with the failure at which the run stops.
  mutating func add(_ batch: Batch, isLast: Bool) throws(RunError) {
    let failures: [(index: Int, failure: DocumentFailure)] = batch.slots.indices.compactMap { index in
      batch.failure(at: index, steps: steps).map { (index: index, failure: $0) }
    }
    try quarantine?.add(failures.map { ($0.failure, batch.raw.rawBytes(at: batch.slots[$0.index].record)) })
    try responses?.write(batch, steps: steps)
    count(batch)
    batch.raw.notices.forEach(observer.notice)
    for (_, failure) in failures {
      if report.failures.count < Self.shownFailures { report.failures.append(failure) }
      if !isLast { observer.failure(failure) }
    }
    if isLast, let failure = failures.last?.failure { report.ending = .stopped(failure) }
    if batch.endsAtCheckpoint, !isLast { try writeCheckpoint(batch.states, isComplete: false) }
    reportProgress(atOnce: false)
  }

  private mutating func count(_ batch: Batch) {
    counts.added += batch.slots.count + batch.abandoned - batch.count
    var record: Int?
    for index in batch.slots.indices {
      if batch.slots[index].record != record {
        record = batch.slots[index].record
        counts.bytes += batch.raw.byteCount(at: batch.slots[index].record)
      }
      switch batch.slots[index].outcome {
      case .going: counts.out += 1
      case .failed: counts.failed += 1
      case .dropped(_, let reason, _):
        counts.dropped += 1
        if counts.reasons.count < Self.shownReasons || counts.reasons[reason] != nil {
          counts.reasons[reason, default: 0] += 1
        }
      }
    }
    for (index, stats) in batch.stats.enumerated() { counts.stats[index] += stats }
    position = batch.raw.end
    inputs.add(batch.raw)
  }

  /// Writes a checkpoint of the place after the last document that was added.
  ///
  /// - Parameter states: Of each ordered stage there, by its step.
  mutating func writeCheckpoint(_ states: [Int: Data], isComplete: Bool) throws(RunError) {
    guard let journal else { return }
    try quarantine?.synchronize()
    var counts = counts
    counts.elapsed = before.elapsed &+ (monotonicNanoseconds() &- started)
    try journal.write(
      Checkpoint(
        position: position, isComplete: isComplete, states: states, quarantine: quarantine?.mark, counts: counts))
    hasCheckpoint = true
  }

  /// Reports how far the run is.
  ///
  /// - Parameter atOnce: Whether to do so even where it was reported a moment ago.
  mutating func reportProgress(atOnce: Bool) {
    let now = monotonicNanoseconds()
    guard atOnce || now &- lastProgress >= Self.progressInterval else { return }
    lastProgress = now
    var soFar = report
    fill(&soFar)
    soFar.documentsIn = counts.done
    observer.progress(
      RunObserver.Progress(
        documents: counts.done, bytes: counts.bytes, failures: counts.failed, elapsed: soFar.wallTime,
        bytesBefore: before.bytes, elapsedBefore: .nanoseconds(before.elapsed), report: soFar))
  }

  /// Ends the run with this error, unless an earlier one did.
  mutating func fail(_ error: RunError) {
    if case .failed = report.ending { return }
    report.ending = .failed(error)
  }

  /// The report of the run that is over.
  mutating func close(_ totals: BatchQueue.Totals) -> RunReport {
    if case .finished = report.ending, !totals.isComplete { report.ending = .interrupted }
    do throws(RunError) {
      var isFinished = false
      if case .finished = report.ending { isFinished = true }
      try quarantine?.close(isFinal: isFinished || !hasCheckpoint)
    } catch {
      fail(error)
    }
    if case .finished = report.ending { report.isOver = true }
    reportProgress(atOnce: true)
    fill(&report)
    report.documentsIn = before.done + totals.documents
    report.documentsAbandoned = totals.abandoned
    return report
  }

  /// Puts the counts so far into a report.
  private func fill(_ report: inout RunReport) {
    report.documentsOut = counts.out
    report.documentsAdded = counts.added
    report.documentsDropped = counts.dropped
    report.documentsFailed = counts.failed
    report.documentsBefore = before.done
    report.bytesIn = counts.bytes
    report.workers = workers
    report.quarantinePath = counts.failed > 0 ? quarantine?.path : nil
    report.dropReasons = counts.reasons.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    report.reading = RunReport.StageReport(label: "input", counts.stats[0])
    report.stages = zip(steps, counts.stats.dropFirst()).map { RunReport.StageReport(label: $0.label, $1) }
    report.wallTime = .nanoseconds(before.elapsed &+ (monotonicNanoseconds() &- started))
    report.inputs = inputs.entries
    report.position = position
    report.isResumable = hasCheckpoint
    report.run = journal?.run
  }
}

extension RunReport.StageReport {
  fileprivate init(label: String, _ stats: StageStats) {
    self.init(
      label: label, documents: stats.documents, failures: stats.failures, drops: stats.drops, bytes: stats.bytes,
      time: .nanoseconds(stats.nanoseconds), counts: stats.counts)
  }
}

extension Duration {
  fileprivate static func nanoseconds(_ count: UInt64) -> Duration { .nanoseconds(Int64(clamping: count)) }
}
