internal import Hearsay
internal import HearsayStreams

/// Stages that a batch goes through at a stretch: any number of plain ones, then an ordered one, at whose gate the
/// batch waits for its turn.
struct Segment: Sendable {
  private var plain: [(step: Int, stage: any Stage)] = []
  private var gate: (step: Int, stage: any OrderedStage)?
  private var isFirst = false

  /// Cuts the steps of a pipeline into segments; the last one's gate may have no stage.
  static func segments(of steps: [RunPlan.Step]) -> [Segment] {
    var segments: [Segment] = []
    var open = Segment()
    for (index, step) in steps.enumerated() {
      if let stage = step.stage as? any OrderedStage {
        open.gate = (index, stage)
        segments.append(open)
        open = Segment()
      } else {
        open.plain.append((index, step.stage))
      }
    }
    if segments.isEmpty || !open.plain.isEmpty { segments.append(open) }
    segments[0].isFirst = true
    return segments
  }

  // MARK: Any worker, any order

  /// Takes every document of the batch through the plain stages and prepares it for the gate. The first segment makes
  /// the documents as well.
  func process(_ batch: Batch) {
    var time = monotonicNanoseconds()
    var slots = batch.slots.moved()
    var tallies = batch.tallies.moved()
    if isFirst {
      slots.reserveCapacity(batch.raw.count)
      for index in 0..<batch.raw.count {
        slots.append(Batch.Slot())
        read(index, of: batch.raw, into: &slots[index], &tallies[0], &time)
        process(&slots[index], &tallies, &time)
      }
    } else {
      for index in slots.indices { process(&slots[index], &tallies, &time) }
    }
    batch.slots = slots
    batch.tallies = tallies
  }

  private func read(
    _ index: Int, of raw: RawBatch, into slot: inout Batch.Slot, _ tally: inout Tally, _ time: inout UInt64
  ) {
    tally.documents += 1
    tally.bytes += raw.byteCount(at: index)
    do throws(InputError) {
      slot.document = try raw.document(at: index)
    } catch {
      tally.failures += 1
      slot.outcome = .failed(step: nil, error: error)
    }
    tally.lap(&time)
  }

  private func process(_ slot: inout Batch.Slot, _ tallies: inout [Tally], _ time: inout UInt64) {
    guard var document = slot.document.take() else { return }
    var step = 0
    do {
      for (index, stage) in plain {
        step = index
        tallies[step + 1].enter(document)
        try stage.process(&document)
        tallies[step + 1].lap(&time)
      }
      if let gate {
        step = gate.step
        tallies[step + 1].enter(document)
        slot.turn = try prepared(document, for: gate.stage)
        tallies[step + 1].lap(&time)
      }
      slot.document = document
    } catch {
      tallies[step + 1].lap(&time)
      tallies[step + 1].failures += 1
      slot.id = document.id
      slot.outcome = .failed(step: step, error: error)
    }
  }

  private func prepared<S: OrderedStage>(_ document: Document, for stage: S) throws -> Batch.Turn {
    let prepared = try stage.prepare(document)
    return { document in try stage.commit(prepared, &document) }
  }

  // MARK: One worker, in order

  /// Commits the documents of the batch, whose turn it is.
  ///
  /// - Parameter stops: Whether no document behind a failed one may pass.
  /// - Returns: Whether there was a failed one, and the rest of the batch was given up.
  func commit(_ batch: Batch, stops: Bool, steps: [RunPlan.Step]) throws(RunError) -> Bool {
    var time = monotonicNanoseconds()
    for index in batch.slots.indices {
      if stops, case .failed = batch.slots[index].outcome {
        batch.stop(at: index)
        return true
      }
      guard let gate, let turn = batch.slots[index].turn.take(), var document = batch.slots[index].document.take()
      else { continue }
      do {
        switch try turn(&document) {
        case .keep: batch.slots[index].document = document
        case .drop(let reason):
          batch.slots[index].outcome = .dropped(reason: reason)
          batch.tallies[gate.step + 1].drops += 1
        }
      } catch {
        throw RunError(action: .commit(stage: steps[gate.step].label, documentID: document.id), error: error)
      }
      batch.tallies[gate.step + 1].lap(&time)
    }
    return false
  }
}

extension Array {
  /// The elements, no longer held here: changing them copies nothing.
  fileprivate mutating func moved() -> Self {
    var moved: Self = []
    swap(&moved, &self)
    return moved
  }
}

extension Tally {
  fileprivate mutating func enter(_ document: Document) {
    documents += 1
    bytes += document.utf8.count
  }

  /// Adds the time since `time`, which becomes now.
  fileprivate mutating func lap(_ time: inout UInt64) {
    let now = monotonicNanoseconds()
    nanoseconds &+= now &- time
    time = now
  }
}
