internal import Dispatch
internal import Foundation
internal import Hearsay
internal import HearsayStreams
internal import Synchronization

/// The threads of one run. Each takes the most urgent work from the window, does it, and comes back for more.
final class Crew: Sendable {
  /// The reader, which one thread at a time has: the one whose work is to read.
  private final class ReaderBox: @unchecked Sendable {  // The window gives `.read` to one thread at a time.
    var reader: InputReader
    /// Says where checkpoints stand; `nil` where there are none.
    var pace: CheckpointInterval.Pace?

    init(_ reader: InputReader, _ interval: CheckpointInterval?) {
      self.reader = reader
      pace = interval.map(CheckpointInterval.Pace.init)
    }
  }

  private let steps: [RunPlan.Step]
  private let segments: [Segment]
  private let onError: FailurePolicy
  private let answers: Bool
  private let workers: Int
  private let window: Window
  private let box: ReaderBox
  private let ledger: Mutex<Ledger>
  /// How large the next batch should be. Slow stages get small ones, so that all workers have some.
  private let batchBytes = Atomic(firstBatchBytes)

  /// Whether a marked batch is between the reader and the journal. There is one at most: of each stage the journal needs
  /// what its last checkpoint rests on, and a stage keeps no more than that and the one before.
  private let isCheckpointInside = Atomic(false)

  private static let firstBatchBytes = 32_768
  private static let mostBatchBytes = 262_144
  /// How long a batch should take a worker, in nanoseconds.
  private static let batchTime = 20_000_000.0
  private static let stackBytes = 16 << 20

  init(
    _ plan: RunPlan, workers: Int, control: RunControl, observer: RunObserver,
    registerOutput: @escaping @Sendable (String) throws(OutputError) -> Void
  ) {
    steps = plan.steps
    answers = plan.answersDescriptor != nil
    segments = Segment.segments(of: plan.steps, answers: answers)
    onError = plan.onError
    self.workers = workers
    window = Window(
      segments: segments.count, workers: workers, mostBytes: 4 * workers * Self.mostBatchBytes, control: control)
    box = ReaderBox(InputReader(plan.inputs, settings: plan.input, layers: plan.layers), plan.journal?.interval)
    ledger = Mutex(Ledger(plan, workers: workers, observer: observer, registerOutput: registerOutput))
    box.reader.isCancelled = { [weak self] in self?.isReadingCancelled ?? true }
  }

  /// Asked while the reader reads, which may take long.
  private var isReadingCancelled: Bool {
    // Time goes on. A ledger that is busy tells so itself.
    _ = ledger.withLockIfAvailable { $0.tellProgress(atOnce: false) }
    return window.isCancelled
  }

  /// Takes the journal, which is open by now.
  func keepPlace(in journal: Journal) { ledger.withLock { $0.keepPlace(in: journal) } }

  /// Goes on after the checkpoint, before any work is done.
  func resume(from checkpoint: Checkpoint) throws(RunError) {
    // First, so that a run which is ended meanwhile keeps its place.
    ledger.withLock { $0.resume(from: checkpoint) }
    do throws(InputError) {
      try box.reader.resume(at: checkpoint.position)
    } catch {
      throw RunError(action: .resume, error: error)
    }
  }

  func resumeQuarantine(from checkpoint: Checkpoint) throws(RunError) {
    try ledger.withLock { ledger throws(RunError) in try ledger.resumeQuarantine(from: checkpoint) }
  }

  /// Keeps the place at which the run has ended.
  ///
  /// - Parameter states: Of each ordered stage, by its step.
  func keepPlace(_ states: [Int: Data], isWhole: Bool) throws(RunError) {
    try ledger.withLock { ledger throws(RunError) in try ledger.keepPlace(states, isWhole: isWhole) }
  }

  /// Whether the run has kept its place at least once.
  var hasKeptPlace: Bool { ledger.withLock { $0.hasKeptPlace } }

  /// Does all the work there is.
  func work() -> Window.Totals {
    let atWork = DispatchGroup()
    for number in 1...workers {
      atWork.enter()
      let thread = Thread { [self] in
        while let work = window.nextWork() { perform(work) }
        atWork.leave()
      }
      thread.name = "hearsay-\(number)"
      thread.stackSize = Self.stackBytes
      thread.start()
    }
    atWork.wait()
    let totals = window.totals
    if let error = totals.fatal { fail(error) }
    return totals
  }

  func fail(_ error: RunError) { ledger.withLock { $0.fail(error) } }

  func close(_ totals: Window.Totals) -> RunReport { ledger.withLock { $0.close(totals) } }

  private func perform(_ work: Window.Work) {
    switch work {
    case .read: read()
    case .process(let batch):
      let start = monotonicNanoseconds()
      segments[batch.segment].process(batch)
      if batch.isLeftUndone { return window.leaveUndone(batch) }
      if batch.segment == 0 { didProcessFirst(batch, monotonicNanoseconds() &- start) }
      window.processed(batch)
    case .commit(let batch):
      do throws(RunError) {
        let isLast = try segments[batch.segment].commit(batch, stops: onError == .stop, steps: steps)
        if batch.segment == segments.count - 1 {
          try ledger.withLock { ledger throws(RunError) in
            try ledger.enter(batch, isLast: isLast)
          }
          if batch.isMarked { isCheckpointInside.store(false, ordering: .releasing) }
        }
        window.passed(batch, isLast: isLast)
      } catch {
        window.fail(error, at: batch)
      }
    }
  }

  private func read() {
    let start = monotonicNanoseconds()
    box.reader.batchBytes = batchBytes.load(ordering: .relaxed)
    let raw = box.reader.next()
    let isFree = !isCheckpointInside.load(ordering: .acquiring)
    let isMarked = raw.flatMap { box.pace?.isDue(after: $0.byteCount, isFree: isFree) } ?? false
    if isMarked { isCheckpointInside.store(true, ordering: .releasing) }
    window.add(
      raw, isWhole: box.reader.isAtEnd, steps: steps.count, readNanoseconds: monotonicNanoseconds() &- start,
      isMarked: isMarked)
  }

  private func didProcessFirst(_ batch: Batch, _ nanoseconds: UInt64) {
    let rate = Double(batch.raw.byteCount) / Double(max(nanoseconds, 1))
    let wanted = min(max(rate * Self.batchTime, 1), Double(Self.mostBatchBytes))
    batchBytes.store(Int(wanted), ordering: .relaxed)
    // Only the quarantine and answers ask for records as they came.
    if case .quarantine = onError { return }
    if answers { return }
    batch.raw.releaseBytes()
  }
}
