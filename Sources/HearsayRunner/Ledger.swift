internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Counts what becomes of each document, tells of it, and keeps the run's place, in the order of the input.
struct Ledger: Sendable {
  private let steps: [RunPlan.Step]
  private let observer: RunObserver
  private let started: UInt64
  private var toldProgress: UInt64
  private var counts: LedgerCounts
  /// What a run before this one had counted.
  private var before: LedgerCounts
  /// Behind the last document that was entered.
  private var position = InputPosition()
  private var inputs = InputList()
  private var quarantine: Quarantine?
  private let answers: Answers?
  private var journal: Journal?
  private(set) var hasKeptPlace = false
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
    toldProgress = started
    counts = LedgerCounts(steps: plan.steps.count)
    before = counts
    answers = plan.answersDescriptor.map(Answers.init)
    if case .quarantine(let path) = plan.onError { quarantine = Quarantine(path: path, registerOutput: registerOutput) }
  }

  /// Takes the journal, which is open by now.
  mutating func keepPlace(in journal: Journal?) { self.journal = journal }

  /// Goes on with the counts of the run before.
  mutating func resume(from checkpoint: Checkpoint) {
    before = checkpoint.counts
    counts = checkpoint.counts
    position = checkpoint.position
    hasKeptPlace = true
  }

  /// Goes on with the file of failed documents as it was at the checkpoint.
  mutating func resumeQuarantine(from checkpoint: Checkpoint) throws(RunError) {
    guard let mark = checkpoint.quarantine else { return }
    try quarantine?.resume(at: mark)
  }

  /// Enters a batch that has passed the last gate.
  ///
  /// - Parameter isLast: Whether it ends with the failure at which the run stops.
  mutating func enter(_ batch: Batch, isLast: Bool) throws(RunError) {
    let failures: [(index: Int, failure: DocumentFailure)] = batch.slots.indices.compactMap { index in
      batch.failure(at: index, steps: steps).map { (index: index, failure: $0) }
    }
    try quarantine?.add(failures.map { ($0.failure, batch.raw.rawBytes(at: $0.index)) })
    try answers?.write(batch, steps: steps)
    count(batch)
    batch.raw.notices.forEach(observer.notice)
    for (_, failure) in failures {
      if report.failures.count < Self.shownFailures { report.failures.append(failure) }
      if !isLast { observer.failure(failure) }
    }
    if isLast, let failure = failures.last?.failure { report.ending = .stopped(failure) }
    if batch.isMarked, !isLast { try keepPlace(batch.states, isWhole: false) }
    tellProgress(atOnce: false)
  }

  private mutating func count(_ batch: Batch) {
    for index in batch.slots.indices {
      counts.bytes += batch.raw.byteCount(at: index)
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
    for (index, tally) in batch.tallies.enumerated() { counts.tallies[index] += tally }
    position = batch.raw.end
    inputs.enter(batch.raw)
  }

  /// Writes down that the run stands behind the last document that was entered.
  ///
  /// - Parameter states: Of each ordered stage there, by its step.
  mutating func keepPlace(_ states: [Int: Data], isWhole: Bool) throws(RunError) {
    guard let journal else { return }
    try quarantine?.synchronize()
    var counts = counts
    counts.elapsed = before.elapsed &+ (monotonicNanoseconds() &- started)
    try journal.write(
      Checkpoint(
        position: position, isWhole: isWhole, states: states, quarantine: quarantine?.mark, counts: counts))
    hasKeptPlace = true
  }

  /// Tells how far the run is.
  ///
  /// - Parameter atOnce: Whether to do so even where that was told a moment ago.
  mutating func tellProgress(atOnce: Bool) {
    let now = monotonicNanoseconds()
    guard atOnce || now &- toldProgress >= Self.progressInterval else { return }
    toldProgress = now
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
  mutating func close(_ totals: Window.Totals) -> RunReport {
    if case .finished = report.ending, !totals.isWhole { report.ending = .interrupted }
    do throws(RunError) {
      var isFinished = false
      if case .finished = report.ending { isFinished = true }
      try quarantine?.close(isFinal: isFinished || !hasKeptPlace)
    } catch {
      fail(error)
    }
    if case .finished = report.ending { report.isOver = true }
    tellProgress(atOnce: true)
    fill(&report)
    report.documentsIn = before.done + totals.documents
    report.documentsAbandoned = totals.abandoned
    return report
  }

  /// Puts the counts so far into a report.
  private func fill(_ report: inout RunReport) {
    report.documentsOut = counts.out
    report.documentsDropped = counts.dropped
    report.documentsFailed = counts.failed
    report.documentsBefore = before.done
    report.bytesIn = counts.bytes
    report.workers = workers
    report.quarantinePath = counts.failed > 0 ? quarantine?.path : nil
    report.dropReasons = counts.reasons.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    report.reading = RunReport.StageReport(label: "input", counts.tallies[0])
    report.stages = zip(steps, counts.tallies.dropFirst()).map { RunReport.StageReport(label: $0.label, $1) }
    report.wallTime = .nanoseconds(before.elapsed &+ (monotonicNanoseconds() &- started))
    report.inputs = inputs.entries
    report.position = position
    report.isResumable = hasKeptPlace
    report.run = journal?.run
  }
}

extension RunReport.StageReport {
  fileprivate init(label: String, _ tally: Tally) {
    self.init(
      label: label, documents: tally.documents, failures: tally.failures, drops: tally.drops, bytes: tally.bytes,
      time: .nanoseconds(tally.nanoseconds), counts: tally.counts)
  }
}

extension Duration {
  fileprivate static func nanoseconds(_ count: UInt64) -> Duration { .nanoseconds(Int64(clamping: count)) }
}
