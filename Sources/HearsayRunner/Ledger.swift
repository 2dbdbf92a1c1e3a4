internal import Hearsay
internal import HearsayStreams

/// Counts what becomes of each document, and tells of it, in the order of the input.
struct Ledger: Sendable {
  private let steps: [RunPlan.Step]
  private let observer: RunObserver
  private let started: UInt64
  private var toldProgress: UInt64
  private var tallies: [Tally]
  private var quarantine: Quarantine?
  private let answers: Answers?
  private var reasons: [String: Int] = [:]
  private var report = RunReport()

  private static let shownFailures = 20
  private static let shownReasons = 20
  private static let progressInterval: UInt64 = 250_000_000

  init(_ plan: RunPlan, observer: RunObserver) {
    steps = plan.steps
    self.observer = observer
    started = monotonicNanoseconds()
    toldProgress = started
    tallies = Array(repeating: Tally(), count: plan.steps.count + 1)
    answers = plan.answersDescriptor.map(Answers.init)
    if case .quarantine(let path) = plan.onError { quarantine = Quarantine(path: path) }
  }

  /// Enters a batch that has passed the last gate.
  ///
  /// - Parameter isLast: Whether it ends with the failure at which the run stops.
  mutating func enter(_ batch: Batch, isLast: Bool) throws(RunError) {
    let failures: [(index: Int, failure: DocumentFailure)] = batch.slots.indices.compactMap { index in
      batch.failure(at: index, steps: steps).map { (index: index, failure: $0) }
    }
    if quarantine != nil {
      try quarantine?.add(failures.map { ($0.failure, batch.raw.rawBytes(at: $0.index)) })
      report.quarantinePath = failures.isEmpty ? report.quarantinePath : quarantine?.path
    }
    try answers?.write(batch, steps: steps)
    for index in batch.slots.indices {
      report.bytesIn += batch.raw.byteCount(at: index)
      switch batch.slots[index].outcome {
      case .going: report.documentsOut += 1
      case .failed: report.documentsFailed += 1
      case .dropped(_, let reason, _):
        report.documentsDropped += 1
        if reasons.count < Self.shownReasons || reasons[reason] != nil { reasons[reason, default: 0] += 1 }
      }
    }
    for (index, tally) in batch.tallies.enumerated() { tallies[index] += tally }
    batch.raw.notices.forEach(observer.notice)
    for (_, failure) in failures {
      if report.failures.count < Self.shownFailures { report.failures.append(failure) }
      if !isLast { observer.failure(failure) }
    }
    if isLast, let failure = failures.last?.failure { report.ending = .stopped(failure) }
    tellProgress(atOnce: false)
  }

  private mutating func tellProgress(atOnce: Bool) {
    let now = monotonicNanoseconds()
    guard atOnce || now &- toldProgress >= Self.progressInterval else { return }
    toldProgress = now
    observer.progress(
      RunObserver.Progress(
        documents: report.documentsOut + report.documentsDropped + report.documentsFailed, bytes: report.bytesIn,
        failures: report.documentsFailed, elapsed: .nanoseconds(now &- started)))
  }

  /// Ends the run with this error, unless an earlier one did.
  mutating func fail(_ error: RunError) {
    if case .failed = report.ending { return }
    report.ending = .failed(error)
  }

  /// The report of the run that is over.
  mutating func close(_ totals: Window.Totals, workers: Int) -> RunReport {
    do throws(RunError) {
      try quarantine?.close()
    } catch {
      fail(error)
    }
    report.documentsIn = totals.documents
    report.documentsAbandoned = totals.abandoned
    report.workers = workers
    report.dropReasons = reasons.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    report.reading = RunReport.StageReport(label: "input", tallies[0])
    report.stages = zip(steps, tallies.dropFirst()).map { RunReport.StageReport(label: $0.label, $1) }
    if case .finished = report.ending, !totals.isWhole { report.ending = .interrupted }
    tellProgress(atOnce: true)
    report.wallTime = .nanoseconds(monotonicNanoseconds() &- started)
    return report
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
