import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization
import Testing

/// Replaces each document by as many as its number says, drops those of number 0.
private struct Multiply: Stage {
  static let name = "multiply"
  static let summary = "Replaces a document by several."
  static let examples: [Example] = []
  init(_ options: NoOptions) {}
  func process(_ document: inout Document) -> Disposition {
    let count = document.number % 4
    guard count != 1 else { return .keep }
    return .replace((0..<count).map { Document(id: "\(document.id).\($0)", text: "part \($0)") })
  }
}

/// A batch stage that writes down how large its batches are and how many calls overlap.
private final class Batches: BatchStage {
  static let name = "batches"
  static let summary = "Counts."
  static let examples: [Example] = []
  struct Log: Sendable {
    var sizes: [Int] = []
    var running = 0
    var mostRunning = 0
  }
  let log = Mutex(Log())
  let batch: BatchPreference
  init(_ options: NoOptions) { batch = BatchPreference(documents: 1) }
  init(_ batch: BatchPreference) { self.batch = batch }
  func process(all documents: inout [Document]) -> [Result<Disposition, any Error>] {
    let count = documents.count
    log.withLock {
      $0.sizes.append(count)
      $0.running += 1
      $0.mostRunning = max($0.mostRunning, $0.running)
    }
    usleep(20_000)
    log.withLock { $0.running -= 1 }
    return documents.map { _ in .success(.keep) }
  }
}

@Suite("What becomes of a document, in a run")
struct DispositionTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// What `Multiply` makes of 41 documents, and what comes out when it is run on that again.
  private static let once = (0..<41).flatMap { number in
    number % 4 == 1 ? ["d\(number)"] : (0..<number % 4).map { "d\(number).\($0)" }
  }

  @Test("Documents are replaced in place, for any number of workers", arguments: [1, 2, 7])
  func replaced(workers: Int) throws {
    let recorder = Recorder()
    let plan = RunPlan(
      [.init("multiply", Multiply(NoOptions())), .init("recorder", recorder)], inputs: [try folder.documents(41)],
      workers: workers)
    let report = Runner(plan).run()
    #expect(recorder.ids == Self.once)
    #expect(report.isFinished && report.isBalanced)
    #expect(report.documentsIn == 41 && report.documentsOut == Self.once.count && report.documentsDropped == 11)
    #expect(report.documentsAdded == report.documentsOut + report.documentsDropped - 41)
    #expect(report.summary.contains("added by stages"))
  }

  @Test("An ordered stage can replace documents, too", arguments: [1, 3])
  func replacedInOrder(workers: Int) throws {
    let first = Recorder { document in
      guard document.number % 2 == 0 else { return .keep }
      return .replace([Document(id: "\(document.id)a", text: "a"), Document(id: "\(document.id)b", text: "b")])
    }
    let second = Recorder()
    let plan = RunPlan(
      [.init("first", first), .init("second", second)], inputs: [try folder.documents(5)], workers: workers)
    #expect(Runner(plan).run().isFinished)
    #expect(second.ids == ["d0a", "d0b", "d1", "d2a", "d2b", "d3", "d4a", "d4b"])
  }

  @Test("Batches are as full as the stage wants them", arguments: [1, 2])
  func batchesAreFull(workers: Int) throws {
    let stage = Batches(BatchPreference(documents: 64))
    let plan = RunPlan([.init("batches", stage)], inputs: [try folder.documents(640)], workers: workers)
    #expect(Runner(plan).run().isFinished)
    let sizes = stage.log.withLock(\.sizes)
    #expect(sizes.max() == 64 && sizes.reduce(0, +) == 640)
    #expect(sizes.count <= 13, "\(sizes)")
  }

  @Test("Batches stay full after a stage that drops most documents")
  func batchesAreFullAfterAFilter() throws {
    let stage = Batches(BatchPreference(documents: 32))
    let plan = RunPlan(
      [.init("sift", EveryEighth(NoOptions())), .init("batches", stage)],
      inputs: [try folder.documents(8_000, longest: 300)],
      workers: 1)
    #expect(Runner(plan).run().isFinished)
    let sizes = stage.log.withLock(\.sizes)
    #expect(sizes.reduce(0, +) == 1000)
    #expect(sizes.count <= 50, "\(sizes)")
  }

  @Test(
    "A batch stage that removes documents, or answers for few, fails them and loses none", arguments: [false, true])
  func noDocumentIsLost(removes: Bool) throws {
    let plan = RunPlan(
      [.init("careless", Careless(removes: removes))], inputs: [try folder.documents(40)], onError: .skip, workers: 1)
    let report = Runner(plan).run()
    #expect(report.isBalanced && report.documentsIn == 40)
    #expect(report.documentsOut > 0 && report.documentsFailed > 0)
    #expect(report.failures.allSatisfy { $0.id.hasPrefix("d") && "\($0.error)".contains("no result") })
  }

  @Test("A batch is bounded in bytes")
  func batchesAreBounded() throws {
    let stage = Batches(BatchPreference(documents: 1_000, bytes: 10_000))
    let plan = RunPlan([.init("batches", stage)], inputs: [try folder.documents(100, longest: 900)], workers: 1)
    #expect(Runner(plan).run().isFinished)
    #expect(stage.log.withLock(\.sizes).count >= 3)
  }

  @Test("Concurrent calls are as many as the stage wants", arguments: [1, 2, 6])
  func concurrentCalls(_ calls: Int) throws {
    let stage = Batches(BatchPreference(documents: 4, concurrentCalls: calls))
    let plan = RunPlan([.init("batches", stage)], inputs: [try folder.documents(120)], workers: 2)
    #expect(Runner(plan).run().isFinished)
    let most = stage.log.withLock(\.mostRunning)
    #expect(most <= calls && (calls == 1 || most > 1))
  }
}

/// A faulty batch stage: gives up the last half of its documents without a result.
private struct Careless: BatchStage {
  static let name = "careless"
  static let summary = "Forgets documents."
  static let examples: [Example] = []
  let removes: Bool
  let batch = BatchPreference(documents: 8)
  init(_ options: NoOptions) { removes = false }
  init(removes: Bool) { self.removes = removes }
  func process(all documents: inout [Document]) -> [Result<Disposition, any Error>] {
    let kept = documents.count / 2
    if removes { documents.removeSubrange(kept...) }
    return Array(repeating: .success(.keep), count: kept)
  }
}

/// Drops all documents but every eighth.
private struct EveryEighth: Stage {
  static let name = "every-eighth"
  static let summary = "Drops most."
  static let examples: [Example] = []
  init(_ options: NoOptions) {}
  func process(_ document: inout Document) -> Disposition {
    document.number % 8 == 0 ? .keep : .drop(reason: "number")
  }
}
