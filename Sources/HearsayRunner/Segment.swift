internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Stages that a batch goes through at a stretch: any number of plain ones, then an ordered one, at whose gate the
/// batch waits for its turn.
///
/// A few documents at a time go from stage to stage together: few enough that their texts stay at hand, enough that a
/// stage's code and tables are fetched once for all of them. Where a stage takes many documents at once, it is the batch.
struct Segment: Sendable {
  private var legs: [Leg] = []
  private var gate: (step: Int, stage: any OrderedStage)?
  private var isFirst = false
  /// Whether the documents become lines here, at the end of all stages.
  private var answers = false
  /// Whether a stage takes the whole batch at once.
  private var takesAll = false
  /// How much text goes from stage to stage together: with what is found in it, about what the cores' caches hold. The
  /// tables of a stage are fetched anew for each group: of a quarter of it, runs take a twentieth longer, of twice, no less.
  private static let groupBytes = 262_144

  private enum Leg: Sendable {
    case each(step: Int, stage: any Stage)
    case together(step: Int, stage: any BatchStage)
  }

  /// Cuts the steps of a pipeline into segments; the last one's gate may have no stage.
  ///
  /// - Parameter answers: Whether documents become lines behind the last step.
  static func segments(of steps: [RunPlan.Step], answers: Bool = false) -> [Segment] {
    var segments: [Segment] = []
    var open = Segment()
    for (index, step) in steps.enumerated() {
      if let stage = step.stage as? any OrderedStage {
        open.gate = (index, stage)
        segments.append(open)
        open = Segment()
      } else {
        open.append(index, step.stage)
      }
    }
    open.answers = answers
    if segments.isEmpty || !open.legs.isEmpty || answers { segments.append(open) }
    segments[0].isFirst = true
    return segments
  }

  private mutating func append(_ step: Int, _ stage: any Stage) {
    if let stage = stage as? any BatchStage {
      legs.append(.together(step: step, stage: stage))
      takesAll = true
    } else {
      legs.append(.each(step: step, stage: stage))
    }
  }

  // MARK: Any worker, any order

  /// Takes every document of the batch through the plain stages and prepares it for the gate. The first segment makes
  /// the documents as well.
  func process(_ batch: Batch) {
    var time = monotonicNanoseconds()
    var slots = batch.slots.moved()
    var tallies = batch.tallies.moved()
    if isFirst { slots = Array(repeating: Batch.Slot(), count: batch.raw.count) }
    var start = 0
    while start < slots.count {
      let group = start..<endOfGroup(from: start, of: slots, batch.raw)
      if isFirst {
        for index in group { read(index, of: batch.raw, into: &slots[index], &tallies[0], &time) }
      }
      for leg in legs {
        switch leg {
        case .each(let step, let stage):
          for index in group { process(&slots[index], step, stage, &tallies, &time) }
        case .together(let step, let stage): process(&slots, step, stage, &tallies, &time)
        }
      }
      if let gate {
        for index in group { prepare(&slots[index], gate.step, gate.stage, &tallies, &time) }
      }
      if answers {
        for index in group { slots[index].becomeAnswer() }
      }
      start = group.upperBound
    }
    batch.isLeftUndone = slots.contains(where: \.isLeftUndone)
    batch.slots = slots
    batch.tallies = tallies
  }

  /// The documents from `start` on that go from stage to stage together.
  private func endOfGroup(from start: Int, of slots: [Batch.Slot], _ raw: RawBatch) -> Int {
    if takesAll { return slots.count }
    var bytes = 0
    var end = start
    while end < slots.count, bytes < Self.groupBytes {
      bytes += isFirst ? raw.byteCount(at: end) : slots[end].document?.utf8.count ?? 0
      end += 1
    }
    return end
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

  private func process(
    _ slot: inout Batch.Slot, _ step: Int, _ stage: any Stage, _ tallies: inout [Tally], _ time: inout UInt64
  ) {
    guard var document = slot.document.take() else { return }
    tallies[step + 1].enter(document)
    do {
      try stage.process(&document)
    } catch {
      tallies[step + 1].lap(&time)
      return slot.fail(document.id, step, error, &tallies)
    }
    tallies[step + 1].leave(&document)
    tallies[step + 1].lap(&time)
    slot.document = document
  }

  private func process(
    _ slots: inout [Batch.Slot], _ step: Int, _ stage: any BatchStage, _ tallies: inout [Tally], _ time: inout UInt64
  ) {
    var documents: [Document] = []
    var places: [(index: Int, id: String)] = []
    for index in slots.indices {
      guard let document = slots[index].document.take() else { continue }
      tallies[step + 1].enter(document)
      places.append((index, document.id))
      documents.append(document)
    }
    guard !documents.isEmpty else { return }
    var results = stage.process(all: documents)[...]
    tallies[step + 1].lap(&time)
    for (index, id) in places {
      switch results.popFirst() {
      case .success(var document):
        tallies[step + 1].leave(&document)
        slots[index].document = document
      case .failure(let error): slots[index].fail(id, step, error, &tallies)
      case nil: slots[index].fail(id, step, StageError("gave no result for this document"), &tallies)
      }
    }
  }

  private func prepare(
    _ slot: inout Batch.Slot, _ step: Int, _ stage: any OrderedStage, _ tallies: inout [Tally], _ time: inout UInt64
  ) {
    guard let document = slot.document.take() else { return }
    tallies[step + 1].enter(document)
    do {
      slot.turn = try prepared(document, for: stage)
    } catch {
      tallies[step + 1].lap(&time)
      return slot.fail(document.id, step, error, &tallies)
    }
    tallies[step + 1].lap(&time)
    slot.document = document
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
        let disposition = try turn(&document)
        batch.tallies[gate.step + 1].leave(&document)
        switch disposition {
        case .keep: batch.slots[index].document = document
        case .drop(let reason, let detail):
          batch.slots[index].id = document.id
          batch.slots[index].outcome = .dropped(step: gate.step, reason: reason, detail: detail)
          batch.tallies[gate.step + 1].drops += 1
        }
      } catch let error as DocumentError {
        batch.slots[index].fail(document.id, gate.step, error, &batch.tallies)
        if stops {
          batch.stop(at: index)
          return true
        }
      } catch {
        throw RunError(action: .commit(stage: steps[gate.step].label, documentID: document.id), error: error)
      }
      batch.tallies[gate.step + 1].lap(&time)
    }
    // Before the batch behind it passes: the state is of exactly this place.
    if batch.isMarked, let gate, let stage = gate.stage as? any ResumableStage {
      batch.states[gate.step] = try stage.state(as: steps[gate.step].label)
      batch.tallies[gate.step + 1].lap(&time)
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

extension Batch.Slot {
  /// Whether a stage has left the document undone, as the run is to end.
  fileprivate var isLeftUndone: Bool { if case .failed(_, let error) = outcome { error is RunEnded } else { false } }

  /// Makes a line of the document.
  fileprivate mutating func becomeAnswer() {
    guard let document = document.take() else { return }
    var json = JSONWriter(capacity: document.utf8.count * 3 + 1024)
    do {
      try DocumentEncoder().write(document, to: &json)
      json.newline()
      answer = json.bytes
    } catch {
      id = document.id
      outcome = .failed(step: nil, error: error)
    }
  }

  fileprivate mutating func fail(_ id: String, _ step: Int, _ error: any Error, _ tallies: inout [Tally]) {
    tallies[step + 1].failures += 1
    self.id = id
    outcome = .failed(step: step, error: error)
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

  /// Takes what the stage reports of its work on the document.
  fileprivate mutating func leave(_ document: inout Document) {
    if !document.counts.isEmpty { counts += document.counts.drain() }
  }

  /// Adds the time since `time`, which becomes now.
  fileprivate mutating func lap(_ time: inout UInt64) {
    let now = monotonicNanoseconds()
    nanoseconds &+= now &- time
    time = now
  }
}
