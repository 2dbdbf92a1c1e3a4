internal import Foundation
internal import HearsayStreams

/// The batches between the reader and the last ordered stage, bounded in number and in bytes: a reorder buffer that decides
/// what a worker does next.
///
/// The oldest work goes first, so a batch that others wait for never waits for younger ones.
final class BatchQueue: @unchecked Sendable {  // `state` is touched with `condition` locked only.
  /// One piece of work for one worker.
  enum Work {
    /// Read the next batch, and report it with `add`.
    case read
    /// Take the batch through its stage group, and report it with `processed`.
    case process(Batch)
    /// Commit the batch to the ordered stage of its group, and report it with `passed` or `fail`.
    case commit(Batch)
  }

  /// What has become of a run's input.
  struct Totals: Sendable {
    /// Documents that were read.
    var documents = 0
    /// Those of them that were given up.
    var abandoned = 0
    /// Whether the whole input has passed all ordered stages.
    var isComplete = false
    /// Whether everything that was read has passed all ordered stages.
    var isDrained = true
    var fatal: RunError?
  }

  /// Where batches wait for their turn at an ordered stage.
  fileprivate struct Barrier {
    /// The number of the batch whose turn it is.
    var next = 0
    var isBusy = false
    var waiting: [Int: Batch] = [:]
  }

  fileprivate struct State {
    var ready: [Batch] = []
    var barriers: [Barrier]
    var isReading = false
    var isInputDone = false
    /// Whether the input was read to its end.
    var isInputWhole = false
    /// Batches that were read.
    var batches = 0
    var documents = 0
    /// Batches between the reader and the last ordered stage, and their bytes.
    var batchesInside = 0
    var bytesInside = 0
    /// The last batch that may still pass; those after it are given up.
    var last = Int.max
    /// Whether all ordered stages will have seen the same batches.
    var isDrained = true
    var abandoned = 0
    var fatal: RunError?
  }

  private let condition = NSCondition()
  private var state: State
  private let mostBatches: Int
  private let mostBytes: Int
  private let control: RunControl

  init(groups: Int, workers: Int, mostBytes: Int, control: RunControl) {
    state = State(barriers: Array(repeating: Barrier(), count: groups))
    mostBatches = 4 * workers
    self.mostBytes = mostBytes
    self.control = control
  }

  /// What to do next, as soon as there is something; `nil` when all is done.
  func nextWork() -> Work? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let work = state.takeOldest() { return work }
      if !state.isReading, !state.isInputDone {
        if control.isStopRequested || state.last != Int.max {
          state.isInputDone = true
          if control.isStopRequested { state.discardUnstarted() }
        } else if state.batchesInside == 0
          || state.batchesInside < mostBatches && state.bytesInside < mostBytes
        {
          state.isReading = true
          return .read
        }
      }
      if state.isInputDone, !state.isReading, state.batchesInside == 0 { return nil }
      condition.wait()
    }
  }

  /// Whether nothing more is to be read, so that waiting for a slow input makes no sense.
  var isCancelled: Bool {
    guard !control.isStopRequested else { return true }
    condition.lock()
    defer { condition.unlock() }
    return state.last != Int.max
  }

  /// Adds what was read; `nil` ends the input.
  ///
  /// - Parameter isWhole: Whether all inputs were read by now.
  func add(_ raw: RawBatch?, isComplete: Bool, steps: Int, readNanoseconds: UInt64, endsAtCheckpoint: Bool) {
    condition.lock()
    defer { condition.unlock() }
    state.isReading = false
    state.isInputWhole = isComplete
    if let raw {
      let batch = Batch(
        state.batches, raw, steps: steps, readNanoseconds: readNanoseconds, endsAtCheckpoint: endsAtCheckpoint)
      state.batches += 1
      state.documents += raw.count
      state.batchesInside += 1
      state.bytesInside += raw.byteCount
      state.ready.append(batch)
      state.discardLate()
    } else {
      state.isInputDone = true
    }
    condition.broadcast()
  }

  /// A stage has left the batch unfinished, as the run is to end: it and all after it count as not read.
  func returnUnfinished(_ batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    // In the first group no ordered stage has seen it.
    if batch.group > 0 { state.isDrained = false }
    state.last = min(state.last, batch.number - 1)
    state.removeAsUnread(batch)
    state.discardLate()
    condition.broadcast()
  }

  /// The batch has gone through its stage group, and waits for its turn at the ordered stage.
  func processed(_ batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    state.barriers[batch.group].waiting[batch.number] = batch
    state.discardLate()
    condition.broadcast()
  }

  /// The batch has passed its ordered stage: it goes on to the next group, or out.
  ///
  /// - Parameter isLast: Whether no batch after it may pass any more.
  func passed(_ batch: Batch, isLast: Bool) {
    condition.lock()
    defer { condition.unlock() }
    state.barriers[batch.group].isBusy = false
    state.barriers[batch.group].next += 1
    if isLast {
      state.last = min(state.last, batch.number)
      state.isDrained = false
    }
    if batch.group + 1 < state.barriers.count {
      batch.group += 1
      state.ready.append(batch)
    } else {
      state.abandoned += batch.abandoned
      state.leave(batch)
    }
    state.discardLate()
    condition.broadcast()
  }

  /// Nothing may pass any more.
  func fail(_ error: RunError, at batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    state.fatal = state.fatal ?? error
    state.last = -1
    state.isDrained = false
    state.abandoned += batch.count
    state.leave(batch)
    state.discardLate()
    condition.broadcast()
  }

  /// What has become of the run, whose workers are done.
  var totals: Totals {
    condition.lock()
    defer { condition.unlock() }
    return Totals(
      documents: state.documents, abandoned: state.abandoned, isComplete: state.isInputWhole && state.last == Int.max,
      isDrained: state.isDrained,
      fatal: state.fatal)
  }
}

extension BatchQueue.State {
  /// The oldest batch that can be processed or committed.
  fileprivate mutating func takeOldest() -> BatchQueue.Work? {
    let toProcess = ready.indices.min { ready[$0].number < ready[$1].number }
    let toPass = barriers.indices.filter { !barriers[$0].isBusy && barriers[$0].waiting[barriers[$0].next] != nil }
      .min { barriers[$0].next < barriers[$1].next }
    if let toPass, toProcess.map({ barriers[toPass].next < ready[$0].number }) ?? true,
      let batch = barriers[toPass].waiting.removeValue(forKey: barriers[toPass].next)
    {
      barriers[toPass].isBusy = true
      return .commit(batch)
    }
    return toProcess.map { .process(ready.remove(at: $0)) }
  }

  /// Discards the batches that may not pass any more.
  fileprivate mutating func discardLate() {
    guard last != Int.max else { return }
    let late = ready.filter { $0.number > last } + barriers.flatMap { $0.waiting.values.filter { $0.number > last } }
    ready.removeAll { $0.number > last }
    for index in barriers.indices { barriers[index].waiting = barriers[index].waiting.filter { $0.key <= last } }
    for batch in late {
      if isDrained {
        removeAsUnread(batch)
      } else {
        abandoned += batch.count
        leave(batch)
      }
    }
  }

  /// Discards the batches that no worker has started: the run is to end soon.
  fileprivate mutating func discardUnstarted() {
    guard let first = ready.filter({ $0.group == 0 }).map(\.number).min() else { return }
    last = min(last, first - 1)
    discardLate()
  }

  /// Discards a batch as if it had not been read.
  fileprivate mutating func removeAsUnread(_ batch: Batch) {
    documents -= batch.count
    leave(batch)
  }

  fileprivate mutating func leave(_ batch: Batch) {
    batchesInside -= 1
    bytesInside -= batch.raw.byteCount
  }
}
