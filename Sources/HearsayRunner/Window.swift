internal import Foundation
internal import HearsayStreams

/// The batches between the reader and the last gate, bounded in number and in bytes, and who may do what next.
///
/// The oldest work goes first, so a batch that others wait for is never kept waiting by younger ones.
final class Window: @unchecked Sendable {  // `state` is touched with `condition` locked only.
  /// One piece of work for one worker.
  enum Work {
    /// Read the next batch, and report it with `add`.
    case read
    /// Process the batch's segment, and report it with `processed`.
    case process(Batch)
    /// Commit the batch at its segment's gate, and report it with `passed` or `fail`.
    case commit(Batch)
  }

  /// What has come of a run's input.
  struct Totals: Sendable {
    /// Documents that were read.
    var documents = 0
    /// Those of them that were given up.
    var abandoned = 0
    /// Whether the whole input has passed all gates.
    var isWhole = false
    /// Whether everything that was read has passed all gates.
    var isEven = true
    var fatal: RunError?
  }

  fileprivate struct Gate {
    /// The number of the batch whose turn it is.
    var next = 0
    var isBusy = false
    var waiting: [Int: Batch] = [:]
  }

  fileprivate struct State {
    var ready: [Batch] = []
    var gates: [Gate]
    var isReading = false
    var isInputDone = false
    /// Whether the input was read to its end.
    var isInputWhole = false
    /// Batches that were read.
    var batches = 0
    var documents = 0
    /// Batches between the reader and the last gate, and their bytes.
    var batchesInside = 0
    var bytesInside = 0
    /// The last batch that may still pass; those after it are given up.
    var last = Int.max
    /// Whether all ordered stages will have seen the same batches.
    var isEven = true
    var abandoned = 0
    var fatal: RunError?
  }

  private let condition = NSCondition()
  private var state: State
  private let mostBatches: Int
  private let mostBytes: Int
  private let control: RunControl

  init(segments: Int, workers: Int, mostBytes: Int, control: RunControl) {
    state = State(gates: Array(repeating: Gate(), count: segments))
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
          if control.isStopRequested { state.leaveUnbegun() }
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
  func add(_ raw: RawBatch?, isWhole: Bool, steps: Int, readNanoseconds: UInt64, isMarked: Bool) {
    condition.lock()
    defer { condition.unlock() }
    state.isReading = false
    state.isInputWhole = isWhole
    if let raw {
      let batch = Batch(state.batches, raw, steps: steps, readNanoseconds: readNanoseconds, isMarked: isMarked)
      state.batches += 1
      state.documents += raw.count
      state.batchesInside += 1
      state.bytesInside += raw.byteCount
      state.ready.append(batch)
      state.giveUp()
    } else {
      state.isInputDone = true
    }
    condition.broadcast()
  }

  /// A stage has left the batch undone, as the run is to end: it counts as not read, and so does all that comes after it.
  func leaveUndone(_ batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    // In the first segment no ordered stage has seen it.
    if batch.segment > 0 { state.isEven = false }
    state.last = min(state.last, batch.number - 1)
    state.leaveUnread(batch)
    state.giveUp()
    condition.broadcast()
  }

  /// The batch has gone through its segment, and waits at the gate after it.
  func processed(_ batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    state.gates[batch.segment].waiting[batch.number] = batch
    state.giveUp()
    condition.broadcast()
  }

  /// The batch has passed its gate: on to the next segment, or out.
  ///
  /// - Parameter isLast: Whether no batch behind it may pass any more.
  func passed(_ batch: Batch, isLast: Bool) {
    condition.lock()
    defer { condition.unlock() }
    state.gates[batch.segment].isBusy = false
    state.gates[batch.segment].next += 1
    if isLast {
      state.last = min(state.last, batch.number)
      state.isEven = false
    }
    if batch.segment + 1 < state.gates.count {
      batch.segment += 1
      state.ready.append(batch)
    } else {
      state.abandoned += batch.abandoned
      state.leave(batch)
    }
    state.giveUp()
    condition.broadcast()
  }

  /// Nothing may pass any more.
  func fail(_ error: RunError, at batch: Batch) {
    condition.lock()
    defer { condition.unlock() }
    state.fatal = state.fatal ?? error
    state.last = -1
    state.isEven = false
    state.abandoned += batch.count
    state.leave(batch)
    state.giveUp()
    condition.broadcast()
  }

  /// What has come of the run, whose workers are done.
  var totals: Totals {
    condition.lock()
    defer { condition.unlock() }
    return Totals(
      documents: state.documents, abandoned: state.abandoned, isWhole: state.isInputWhole && state.last == Int.max,
      isEven: state.isEven,
      fatal: state.fatal)
  }
}

extension Window.State {
  /// The oldest batch that can be processed or committed.
  fileprivate mutating func takeOldest() -> Window.Work? {
    let toProcess = ready.indices.min { ready[$0].number < ready[$1].number }
    let toPass = gates.indices.filter { !gates[$0].isBusy && gates[$0].waiting[gates[$0].next] != nil }
      .min { gates[$0].next < gates[$1].next }
    if let toPass, toProcess.map({ gates[toPass].next < ready[$0].number }) ?? true,
      let batch = gates[toPass].waiting.removeValue(forKey: gates[toPass].next)
    {
      gates[toPass].isBusy = true
      return .commit(batch)
    }
    return toProcess.map { .process(ready.remove(at: $0)) }
  }

  /// Lets go of the batches that may not pass any more.
  fileprivate mutating func giveUp() {
    guard last != Int.max else { return }
    let late = ready.filter { $0.number > last } + gates.flatMap { $0.waiting.values.filter { $0.number > last } }
    ready.removeAll { $0.number > last }
    for index in gates.indices { gates[index].waiting = gates[index].waiting.filter { $0.key <= last } }
    for batch in late {
      if isEven {
        leaveUnread(batch)
      } else {
        abandoned += batch.count
        leave(batch)
      }
    }
  }

  /// Gives up the batches that no worker has begun: the run is to end soon.
  fileprivate mutating func leaveUnbegun() {
    guard let first = ready.filter({ $0.segment == 0 }).map(\.number).min() else { return }
    last = min(last, first - 1)
    giveUp()
  }

  /// Lets go of a batch as if it had not been read.
  fileprivate mutating func leaveUnread(_ batch: Batch) {
    documents -= batch.count
    leave(batch)
  }

  fileprivate mutating func leave(_ batch: Batch) {
    batchesInside -= 1
    bytesInside -= batch.raw.byteCount
  }
}
