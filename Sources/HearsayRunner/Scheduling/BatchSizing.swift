internal import Hearsay
internal import HearsayStreams
internal import Synchronization

/// How much the reader puts into a batch.
///
/// Without batch stages it is as much as takes a worker a fixed time: slow stages get small batches, so that all workers
/// have some. A batch stage gets as many documents as it asks for, more being read where earlier stages drop many.
final class BatchSizing: Sendable {
  /// How many calls of one batch stage may run at once.
  let concurrentCalls: Int
  /// No batch should be larger, in bytes.
  let mostBytes: Int
  /// The batch stage that wants most documents at a time, and its step.
  private let preference: (step: Int, batch: BatchPreference)?
  private let bytes = Atomic(firstBytes)
  /// Documents that were read, and those of them that came to the batch stage.
  private let documentsRead = Atomic(0)
  private let documentsArrived = Atomic(0)

  private static let firstBytes = 32_768
  private static let usualMostBytes = 262_144
  /// How long a batch should take a worker, in nanoseconds.
  private static let batchTime = 20_000_000.0
  /// At most this many times the wanted documents are read at a time, however many earlier stages drop.
  private static let mostReadAhead = 16

  init(_ steps: [StageStep]) {
    let batches = steps.enumerated().compactMap { index, step in
      (step.stage as? any BatchStage).map { (step: index, batch: $0.batch) }
    }
    // After an ordered stage a batch is as the reader has made it, too.
    preference = batches.max { $0.batch.documents < $1.batch.documents }
    concurrentCalls = batches.compactMap(\.batch.concurrentCalls).max() ?? 1
    mostBytes = max(Self.usualMostBytes, batches.map(\.batch.bytes).max() ?? 0)
  }

  /// How large the next batch should be.
  var next: BatchSize {
    var size = BatchSize(bytes: bytes.load(ordering: .relaxed))
    if let preference {
      let read = documentsRead.load(ordering: .relaxed)
      let arrived = max(documentsArrived.load(ordering: .relaxed), 1)
      let factor = read == 0 ? 1 : min(max(Double(read) / Double(arrived), 1), Double(Self.mostReadAhead))
      size.wantedDocuments = Int(Double(preference.batch.documents) * factor)
      size.wantedBytes = preference.batch.bytes
    }
    return size
  }

  /// Learns from a batch that has gone through the first group of stages.
  func record(_ batch: Batch, nanoseconds: UInt64) {
    let rate = Double(batch.raw.byteCount) / Double(max(nanoseconds, 1))
    bytes.store(Int(min(max(rate * Self.batchTime, 1), Double(Self.usualMostBytes))), ordering: .relaxed)
    if let preference, batch.stats[preference.step + 1].documents > 0 {
      documentsRead.wrappingAdd(batch.count, ordering: .relaxed)
      documentsArrived.wrappingAdd(batch.stats[preference.step + 1].documents, ordering: .relaxed)
    }
  }
}
