internal import Dispatch
internal import Foundation
internal import Hearsay
internal import HearsayStreams
internal import Synchronization

/// The threads of one run. Each takes the most urgent work from the queue, does it, and asks for more.
final class WorkerPool: Sendable {
  /// The reader, which one thread at a time has: the one whose work is to read.
  private final class ReaderBox: @unchecked Sendable {  // The queue gives `.read` to one thread at a time.
    var reader: InputReader
    /// When checkpoints are due; `nil` where there are none.
    var schedule: CheckpointInterval.CheckpointSchedule?

    init(_ reader: InputReader, _ interval: CheckpointInterval?) {
      self.reader = reader
      schedule = interval.map(CheckpointInterval.CheckpointSchedule.init)
    }
  }

  private let steps: [StageStep]
  private let groups: [StageGroup]
  private let onError: FailurePolicy
  private let responds: Bool
  private let threads: Int
  private let queue: BatchQueue
  private let box: ReaderBox
  private let accounting: Mutex<RunAccounting>
  private let batchSize: BatchSizing

  /// Whether a batch that ends at a checkpoint is between the reader and the journal. There is one at most: the journal
  /// needs from each stage what its last checkpoint rests on, and a stage keeps only that and the one before.
  private let isCheckpointInside = Atomic(false)

  private static let stackBytes = 16 << 20

  init(
    _ plan: RunPlan, workers: Int, control: RunControl, observer: RunObserver,
    registerOutput: @escaping @Sendable (String) throws(OutputError) -> Void
  ) {
    steps = plan.steps
    responds = plan.responseDescriptor != nil
    groups = StageGroup.groups(of: plan.steps, responds: responds)
    onError = plan.onError
    batchSize = BatchSizing(plan.steps)
    threads = max(workers, batchSize.concurrentCalls)
    queue = BatchQueue(
      groups: groups.count, workers: threads, mostBytes: 4 * threads * batchSize.mostBytes, control: control)
    box = ReaderBox(InputReader(plan.inputs, settings: plan.input, layers: plan.layers), plan.journal?.interval)
    accounting = Mutex(RunAccounting(plan, workers: workers, observer: observer, registerOutput: registerOutput))
    box.reader.isCancelled = { [weak self] in self?.isReadingCancelled ?? true }
  }

  /// Asked while the reader reads, which may take long.
  private var isReadingCancelled: Bool {
    // Time goes on. An accounting that is busy reports progress itself.
    _ = accounting.withLockIfAvailable { $0.reportProgress(atOnce: false) }
    return queue.isCancelled
  }

  /// Takes the journal, which must be open.
  func use(_ journal: Journal) { accounting.withLock { $0.use(journal) } }

  /// Goes on after the checkpoint, before any work is done.
  func resume(from checkpoint: Checkpoint) throws(RunError) {
    // First, so that a run which is ended meanwhile still writes a checkpoint.
    accounting.withLock { $0.resume(from: checkpoint) }
    do throws(InputError) {
      try box.reader.resume(at: checkpoint.position)
    } catch {
      throw RunError(action: .resume, error: error)
    }
  }

  func resumeQuarantine(from checkpoint: Checkpoint) throws(RunError) {
    try accounting.withLock { accounting throws(RunError) in try accounting.resumeQuarantine(from: checkpoint) }
  }

  /// Writes a checkpoint of the place at which the run has ended.
  ///
  /// - Parameter states: Of each ordered stage, by its step.
  func writeCheckpoint(_ states: [Int: Data], isComplete: Bool) throws(RunError) {
    try accounting.withLock { accounting throws(RunError) in
      try accounting.writeCheckpoint(states, isComplete: isComplete)
    }
  }

  /// Whether the run has written a checkpoint at least once.
  var hasCheckpoint: Bool { accounting.withLock { $0.hasCheckpoint } }

  /// Does all the work there is.
  func work() -> BatchQueue.Totals {
    let atWork = DispatchGroup()
    for number in 1...threads {
      atWork.enter()
      let thread = Thread { [self] in
        while let work = queue.nextWork() { perform(work) }
        atWork.leave()
      }
      thread.name = "hearsay-\(number)"
      thread.stackSize = Self.stackBytes
      thread.start()
    }
    atWork.wait()
    let totals = queue.totals
    if let error = totals.fatal { fail(error) }
    return totals
  }

  func fail(_ error: RunError) { accounting.withLock { $0.fail(error) } }

  func close(_ totals: BatchQueue.Totals) -> RunReport { accounting.withLock { $0.close(totals) } }

  private func perform(_ work: BatchQueue.Work) {
    switch work {
    case .read: read()
    case .process(let batch):
      let start = monotonicNanoseconds()
      groups[batch.group].process(batch)
      if batch.isUnfinished { return queue.returnUnfinished(batch) }
      if batch.group == 0 { didProcessFirst(batch, monotonicNanoseconds() &- start) }
      queue.processed(batch)
    case .commit(let batch):
      do throws(RunError) {
        let isLast = try groups[batch.group].commit(batch, stops: onError == .stop, steps: steps)
        if batch.group == groups.count - 1 {
          try accounting.withLock { accounting throws(RunError) in
            try accounting.add(batch, isLast: isLast)
          }
          if batch.endsAtCheckpoint { isCheckpointInside.store(false, ordering: .releasing) }
        }
        queue.passed(batch, isLast: isLast)
      } catch {
        queue.fail(error, at: batch)
      }
    }
  }

  private func read() {
    let start = monotonicNanoseconds()
    box.reader.batchSize = batchSize.next
    let raw = box.reader.next()
    let isFree = !isCheckpointInside.load(ordering: .acquiring)
    let endsAtCheckpoint = raw.flatMap { box.schedule?.isDue(after: $0.byteCount, isFree: isFree) } ?? false
    if endsAtCheckpoint { isCheckpointInside.store(true, ordering: .releasing) }
    queue.add(
      raw, isComplete: box.reader.isAtEnd, steps: steps.count, readNanoseconds: monotonicNanoseconds() &- start,
      endsAtCheckpoint: endsAtCheckpoint)
  }

  private func didProcessFirst(_ batch: Batch, _ nanoseconds: UInt64) {
    batchSize.record(batch, nanoseconds: nanoseconds)
    // Only the quarantine and responses need records as they came.
    if case .quarantine = onError { return }
    if responds { return }
    batch.raw.releaseBytes()
  }
}
