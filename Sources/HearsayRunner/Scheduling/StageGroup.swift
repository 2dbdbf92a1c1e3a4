internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Stages that a batch goes through without waiting: any number of plain ones, then an ordered one, at whose barrier the
/// batch waits for its turn.
///
/// A few documents at a time go from stage to stage together: few enough that their texts stay in the processor's cache,
/// enough that a stage's code and tables are loaded once for all of them. Where a stage takes batches, it is all
/// documents of the batch.
struct StageGroup: Sendable {
  fileprivate enum Member: Sendable {
    case single(index: Int, step: StageStep)
    case batch(index: Int, stage: any BatchStage, calls: CallLimit?)
  }

  private var members: [Member] = []
  private(set) var orderedBarrier: (index: Int, stage: any OrderedStage)?
  private var isFirst = false
  /// Whether the documents become lines here, at the end of all stages.
  private var responds = false
  /// Whether a stage takes many documents at once.
  private var needsWholeBatch = false
  /// How much text goes from stage to stage together: with what is found in it, about what the cores' caches hold. The
  /// tables of a stage are loaded again for each part: with a quarter of it, runs take a twentieth longer; with twice as
  /// much, no less.
  private static let partBytes = 262_144

  /// Divides the steps of a pipeline into groups; the last one may have no ordered stage.
  ///
  /// - Parameter responds: Whether documents become lines after the last step.
  static func groups(of steps: [StageStep], responds: Bool = false) -> [StageGroup] {
    var groups: [StageGroup] = []
    var open = StageGroup()
    for (index, step) in steps.enumerated() {
      if let stage = step.stage as? any OrderedStage {
        open.orderedBarrier = (index, stage)
        groups.append(open)
        open = StageGroup()
      } else if let stage = step.stage as? any BatchStage {
        open.members.append(.batch(index: index, stage: stage, calls: CallLimit(stage.batch.concurrentCalls)))
        open.needsWholeBatch = true
      } else {
        open.members.append(.single(index: index, step: step))
      }
    }
    open.responds = responds
    if groups.isEmpty || !open.members.isEmpty || responds { groups.append(open) }
    groups[0].isFirst = true
    return groups
  }

  // MARK: Any worker, any order

  /// Takes every document of the batch through the plain stages and prepares it for the ordered one. The first group
  /// makes the documents as well.
  func process(_ batch: Batch) {
    var work = GroupWork(slots: batch.slots.moved(), stats: batch.stats.moved())
    if isFirst { work.slots = (0..<batch.raw.count).map(Batch.Slot.init(record:)) }
    var start = 0
    while start < work.slots.count {
      var part = start..<endOfPart(from: start, of: work.slots, batch.raw)
      if isFirst { work.read(part, of: batch.raw) }
      for member in members {
        switch member {
        case .single(let index, let step): part = work.run(part, index, step)
        case .batch(let index, let stage, let calls): part = work.run(part, index, stage, calls)
        }
      }
      if let orderedBarrier { work.prepare(part, orderedBarrier.index, orderedBarrier.stage) }
      if responds {
        for index in part { work.slots[index].encodeResponse() }
      }
      start = part.upperBound
    }
    batch.isUnfinished = work.slots.contains(where: \.isUnfinished)
    batch.slots = work.slots
    batch.stats = work.stats
  }

  /// The end of the documents from `start` on that go from stage to stage together.
  private func endOfPart(from start: Int, of slots: [Batch.Slot], _ raw: RawBatch) -> Int {
    if needsWholeBatch { return slots.count }
    var bytes = 0
    var end = start
    while end < slots.count, bytes < Self.partBytes {
      bytes += isFirst ? raw.byteCount(at: end) : slots[end].document?.utf8.count ?? 0
      end += 1
    }
    return end
  }

  // MARK: One worker, in order

  /// Commits the documents of the batch, whose turn it is.
  ///
  /// - Parameter stops: Whether no document after a failed one may pass.
  /// - Returns: Whether there was a failed one, and the rest of the batch was given up.
  func commit(_ batch: Batch, stops: Bool, steps: [StageStep]) throws(RunError) -> Bool {
    var time = monotonicNanoseconds()
    var index = 0
    while index < batch.slots.count {
      if stops, case .failed = batch.slots[index].outcome {
        batch.stop(at: index)
        return true
      }
      defer { index += 1 }
      guard let step = orderedBarrier?.index, let commit = batch.slots[index].pendingCommit.take(),
        var document = batch.slots[index].document.take()
      else { continue }
      let result: StageStep.Result
      do {
        result = try StageStep.commit(&document, commit)
      } catch {
        throw RunError(action: .commit(stage: steps[step].label, documentID: document.id), error: error)
      }
      let added = batch.slots.settle(index, document, result, step, &batch.stats)
      batch.stats[step + 1].addElapsed(&time)
      index += added
      if stops, case .failed = batch.slots[index].outcome {
        batch.stop(at: index)
        return true
      }
    }
    // Before the next batch passes: the state is of exactly this place.
    if batch.endsAtCheckpoint, let orderedBarrier, let stage = orderedBarrier.stage as? any ResumableStage {
      let index = orderedBarrier.index
      batch.states[index] = try stage.state(as: steps[index].label)
      batch.stats[index + 1].addElapsed(&time)
    }
    return false
  }
}

extension ResumableStage {
  /// The stage's checkpoint.
  func state(as label: String) throws(RunError) -> Data {
    do {
      return Data(try checkpoint())
    } catch {
      throw RunError(action: .checkpoint(stage: label), error: error)
    }
  }
}
