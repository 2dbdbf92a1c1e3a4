internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Documents on their way through the stages together.
///
/// A class, so that handing it over never copies the documents.
final class Batch: @unchecked Sendable {  // One thread at a time has it; it changes hands under the queue's lock.
  /// The commit of an ordered stage, with what `prepare` gave.
  typealias PendingCommit = @Sendable (inout Document) throws -> Disposition

  enum Outcome: Sendable {
    case going
    case dropped(step: Int, reason: String, detail: String?)
    /// `step` is `nil` where the document could not be read.
    case failed(step: Int?, error: any Error)
  }

  /// One document: at first one for each record, more where a stage replaces a document by several.
  struct Slot: Sendable {
    /// The index of the record in `raw` that it came from.
    let record: Int
    var id: String?
    var document: Document?
    var pendingCommit: PendingCommit?
    var outcome = Outcome.going
    /// The document as a line, where the run responds to each.
    var response: [UInt8]?

    init(record: Int) { self.record = record }
  }

  /// From 0, in the order of the input.
  let number: Int
  var raw: RawBatch
  var slots: [Slot] = []
  /// The stage group that it goes through, or at whose barrier it waits.
  var group = 0
  /// Of each step, and of the reading before them.
  var stats: [StageStats]
  /// Whether a checkpoint is written after this batch.
  let endsAtCheckpoint: Bool
  /// For the checkpoint: the state of each ordered stage directly after this batch, by its step.
  var states: [Int: Data] = [:]
  /// Documents that were given up when the run stopped.
  var abandoned = 0
  /// Whether a stage has left a document undone, as the run is to end.
  var isUnfinished = false

  init(_ number: Int, _ raw: RawBatch, steps: Int, readNanoseconds: UInt64, endsAtCheckpoint: Bool) {
    self.number = number
    self.raw = raw
    self.endsAtCheckpoint = endsAtCheckpoint
    stats = Array(repeating: StageStats(), count: steps + 1)
    stats[0].nanoseconds = readNanoseconds
  }

  /// The number of documents that were read, whatever has become of them.
  var count: Int { raw.count }

  /// Gives up all documents after the one at `index`.
  func stop(at index: Int) {
    let kept = index + 1
    abandoned += max(0, slots.count - kept)
    slots.removeSubrange(min(kept, slots.count)...)
  }

  func failure(at index: Int, steps: [StageStep]) -> DocumentFailure? {
    let slot = slots[index]
    guard case .failed(let step, let error) = slot.outcome else { return nil }
    let (path, line) = raw.place(at: slot.record)
    return DocumentFailure(
      id: slot.id ?? raw.fallbackID(at: slot.record), path: path, line: line, stage: step.map { steps[$0].label },
      error: error)
  }
}

extension [Batch.Slot] {
  /// Puts the documents that a stage has made of one in its place.
  ///
  /// - Returns: How many slots more there are.
  mutating func replace(at index: Int, by documents: [Document]) -> Int {
    let record = self[index].record
    replaceSubrange(
      index...index,
      with: documents.map { document in
        var slot = Batch.Slot(record: record)
        slot.document = document
        return slot
      })
    return documents.count - 1
  }
}
