internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// Documents on their way through the stages together.
///
/// A class, so that handing it over never copies the documents.
final class Batch: @unchecked Sendable {  // One thread at a time has it; it changes hands under the window's lock.
  /// The commit of an ordered stage, with what `prepare` gave.
  typealias Turn = @Sendable (inout Document) throws -> Disposition

  enum Outcome: Sendable {
    case going
    case dropped(step: Int, reason: String, detail: String?)
    /// `step` is `nil` where the document could not be read.
    case failed(step: Int?, error: any Error)
  }

  struct Slot: Sendable {
    var id: String?
    var document: Document?
    var turn: Turn?
    var outcome = Outcome.going
    /// The document as a line, where the run answers each.
    var answer: [UInt8]?
  }

  /// From 0, in the order of the input.
  let number: Int
  var raw: RawBatch
  var slots: [Slot] = []
  /// The segment that it goes through, or waits behind.
  var segment = 0
  /// Of each step, and of the reading in front of them.
  var tallies: [Tally]
  /// Whether a checkpoint stands behind this batch.
  let isMarked: Bool
  /// For the checkpoint: what each ordered stage was right behind this batch, by its step.
  var states: [Int: Data] = [:]
  /// Slots that were given up when the run stopped.
  var abandoned = 0
  /// Whether a stage has left a document undone, as the run is to end.
  var isLeftUndone = false

  init(_ number: Int, _ raw: RawBatch, steps: Int, readNanoseconds: UInt64, isMarked: Bool) {
    self.number = number
    self.raw = raw
    self.isMarked = isMarked
    tallies = Array(repeating: Tally(), count: steps + 1)
    tallies[0].nanoseconds = readNanoseconds
  }

  /// The number of documents, whatever has become of them.
  var count: Int { raw.count }

  /// Gives up all documents after the one at `index`.
  func stop(at index: Int) {
    let kept = index + 1
    abandoned += max(0, slots.count - kept)
    slots.removeSubrange(min(kept, slots.count)...)
  }

  func failure(at index: Int, steps: [RunPlan.Step]) -> DocumentFailure? {
    guard case .failed(let step, let error) = slots[index].outcome else { return nil }
    let (path, line) = raw.place(at: index)
    return DocumentFailure(
      id: slots[index].id ?? raw.fallbackID(at: index), path: path, line: line, stage: step.map { steps[$0].label },
      error: error)
  }
}
