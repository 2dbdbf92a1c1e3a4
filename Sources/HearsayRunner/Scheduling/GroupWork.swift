internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// The documents of a batch while a group of stages works on them, with the statistics of the stages.
struct GroupWork {
  var slots: [Batch.Slot]
  var stats: [StageStats]
  private var time = monotonicNanoseconds()

  init(slots: [Batch.Slot], stats: [StageStats]) {
    self.slots = slots
    self.stats = stats
  }

  mutating func read(_ part: Range<Int>, of raw: RawBatch) {
    for index in part {
      stats[0].documents += 1
      stats[0].bytes += raw.byteCount(at: index)
      do throws(InputError) {
        slots[index].document = try raw.document(at: index)
      } catch {
        stats[0].failures += 1
        slots[index].outcome = .failed(step: nil, error: error)
      }
      stats[0].addElapsed(&time)
    }
  }

  /// - Returns: The same part, longer where documents were replaced by several.
  mutating func run(_ part: Range<Int>, _ step: Int, _ stage: StageStep) -> Range<Int> {
    var index = part.lowerBound
    var end = part.upperBound
    while index < end {
      if var document = slots[index].document.take() {
        stats[step + 1].begin(document)
        let result = stage.run(&document)
        let added = slots.settle(index, document, result, step, &stats)
        stats[step + 1].addElapsed(&time)
        index += added
        end += added
      }
      index += 1
    }
    return part.lowerBound..<end
  }

  mutating func run(_ part: Range<Int>, _ step: Int, _ stage: any BatchStage, _ calls: CallLimit?) -> Range<Int> {
    var index = part.lowerBound
    var end = part.upperBound
    while index < end {
      var documents: [Document] = []
      var places: [Int] = []
      var bytes = 0
      while index < end, places.count < stage.batch.documents {
        if let document = slots[index].document {
          guard places.isEmpty || bytes + document.utf8.count <= stage.batch.bytes else { break }
          bytes += document.utf8.count
          stats[step + 1].begin(document)
          slots[index].document = nil
          places.append(index)
          documents.append(document)
        }
        index += 1
      }
      guard !places.isEmpty else { break }
      calls?.acquire()
      time = monotonicNanoseconds()
      let results = StageStep.run(&documents, through: stage)
      calls?.release()
      var added = 0
      for ((place, document), result) in zip(zip(places, documents), results) {
        added += slots.settle(place + added, document, result, step, &stats)
      }
      stats[step + 1].addElapsed(&time)
      index += added
      end += added
    }
    return part.lowerBound..<end
  }

  mutating func prepare(_ part: Range<Int>, _ step: Int, _ stage: any OrderedStage) {
    for index in part {
      guard let document = slots[index].document.take() else { continue }
      stats[step + 1].begin(document)
      do {
        slots[index].pendingCommit = try stage.pendingCommit(of: document)
        slots[index].document = document
      } catch {
        slots[index].fail(document.id, step, error, &stats)
      }
      stats[step + 1].addElapsed(&time)
    }
  }
}

extension OrderedStage {
  fileprivate func pendingCommit(of document: Document) throws -> Batch.PendingCommit {
    let prepared = try prepare(document)
    return { document in try commit(prepared, &document) }
  }
}

extension [Batch.Slot] {
  /// Records what a step has made of the document that was in the slot.
  ///
  /// - Returns: How many slots more there are after it.
  mutating func settle(
    _ index: Int, _ document: Document, _ result: StageStep.Result, _ step: Int, _ stats: inout [StageStats]
  ) -> Int {
    var document = document
    if case .success = result { stats[step + 1].end(&document) }
    switch result {
    case .success(.keep): self[index].document = document
    case .success(.drop(let reason, let detail)):
      self[index].id = document.id
      self[index].outcome = .dropped(step: step, reason: reason, detail: detail)
      stats[step + 1].drops += 1
    case .success(.replace(let documents)): return replace(at: index, by: documents)
    case .failure(let error): self[index].fail(document.id, step, error, &stats)
    }
    return 0
  }
}

extension Batch.Slot {
  /// Whether a stage has left the document undone, as the run is to end.
  var isUnfinished: Bool { if case .failed(_, let error) = outcome { error is RunEnded } else { false } }

  /// Encodes the document as a line.
  mutating func encodeResponse() {
    guard let document = document.take() else { return }
    var json = JSONWriter(capacity: document.utf8.count * 3 + 1024)
    do {
      try DocumentEncoder().write(document, to: &json)
      json.newline()
      response = json.bytes
    } catch {
      id = document.id
      outcome = .failed(step: nil, error: error)
    }
  }

  fileprivate mutating func fail(_ id: String, _ step: Int, _ error: any Error, _ stats: inout [StageStats]) {
    stats[step + 1].failures += 1
    self.id = id
    outcome = .failed(step: step, error: error)
  }
}

extension Array {
  /// The elements, no longer held here: changing them copies nothing.
  mutating func moved() -> Self {
    var moved: Self = []
    swap(&moved, &self)
    return moved
  }
}
