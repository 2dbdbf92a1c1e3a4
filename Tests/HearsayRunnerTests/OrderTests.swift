import Foundation
import Hearsay
import HearsayRunner
import Synchronization
import Testing

@Suite("What comes out does not depend on the number of workers")
struct OrderTests {
  /// What one run of a pipeline with three ordered stages, failures, drops and delays gives.
  private struct Outcome: Equatable {
    var ids: [[String]]
    var bytes: [[UInt8]]
    var counts: [Int]
    var failures: [String]
    var perStage: [[Int]]
  }

  private func run(_ path: String, seed: UInt64, workers: Int, together: Bool = false) -> Outcome {
    let first = Recorder { chance($0, seed + 1, outOf: 9) ? .drop(reason: "odd") : .keep }
    // Its decisions depend on all that came before: the order of commits shows in them.
    let seen = Box(0)
    let middle = Recorder { document in
      seen.update { $0 += 1 }
      document.metadata["seen"] = .number("\(seen.value)")
      return seen.value.isMultiple(of: 7) ? .drop(reason: "the seventh") : .keep
    }
    let last = Recorder()
    func doing(_ work: @escaping @Sendable (inout Document) throws -> Void) -> any Stage {
      together ? DoingTogether(work) : Doing(work)
    }
    let slow = doing { document in
      if chance(document, seed, outOf: 40) { Thread.sleep(forTimeInterval: 0.002) }
      if chance(document, seed + 2, outOf: 25) { throw Broken() }
      document.metadata["length"] = .number("\(document.utf8.count)")
    }
    let late = doing { if chance($0, seed + 3, outOf: 30) { throw Broken("late") } }
    let plan = RunPlan(
      [
        .init("slow", slow), .init("first", first), .init("middle", middle), .init("late", late), .init("last", last),
        .init("end", Doing { if chance($0, seed + 4, outOf: 50) { throw Broken("end") } }),
      ], inputs: [path], onError: .skip, workers: workers)
    let report = Runner(plan).run()
    #expect(report.isFinished)
    #expect(report.isBalanced)
    #expect([first, middle, last].allSatisfy { $0.log.withLock { $0.overlaps == 0 && $0.outcomes == [.finished] } })
    return Outcome(
      ids: [first.ids, middle.ids, last.ids], bytes: [first, middle, last].map { $0.log.withLock(\.bytes) },
      counts: [
        report.documentsIn, report.documentsOut, report.documentsDropped, report.documentsFailed, report.bytesIn,
      ],
      failures: report.failures.map(\.description),
      perStage: report.stages.map { [$0.documents, $0.failures, $0.drops] })
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func sameForAnyNumber(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(700, seed: seed)
    let alone = run(path, seed: seed, workers: 1)
    #expect(alone.counts[0] == 700)
    #expect(alone.counts[2] > 0 && alone.counts[3] > 0)
    let numbers = alone.ids[0].compactMap { Int($0.dropFirst()) }
    #expect(numbers == numbers.sorted())
    for workers in [2, 3, 8] { #expect(run(path, seed: seed, workers: workers) == alone) }
    #expect(run(path, seed: seed, workers: 3, together: true) == alone, "many documents at once")
  }

  /// Documents, failures, drops and those given up add up, whatever happens.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func theLedgerBalances(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let folder = try TemporaryFolder()
    let count = Int.random(in: 0...400, using: &random)
    let path = try folder.documents(count, seed: seed)
    let sides = UInt64.random(in: 2...400, using: &random)
    let policy = [FailurePolicy.skip, .stop, .quarantine(path: folder("q"))].randomElement(using: &random) ?? .skip
    let commitFailsAt = Bool.random(using: &random) ? Int.random(in: 0...800, using: &random) : -1
    let recorder = Recorder { document in
      if document.number == commitFailsAt { throw Broken() }
      return chance(document, seed, outOf: 5) ? .drop(reason: "x") : .keep
    }
    let plan = RunPlan(
      [
        .init("a", Doing { if chance($0, seed &+ 9, outOf: sides) { throw Broken() } }), .init("b", recorder),
        .init("c", Doing { if chance($0, seed &+ 8, outOf: sides) { throw Broken() } }),
      ], inputs: [path], onError: policy, workers: Int.random(in: 1...4, using: &random))
    let report = Runner(plan).run()
    #expect(report.isBalanced)
    if report.isFinished {
      #expect(report.documentsIn == count)
      #expect(report.documentsAbandoned == 0)
      #expect(report.documentsFailed == report.stages.map(\.failures).reduce(0, +))
      #expect(report.documentsDropped == report.stages.map(\.drops).reduce(0, +))
    }
  }

  @Test(arguments: [1, 4])
  func noDocumentsAtAll(_ workers: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("empty.jsonl", [])
    let recorder = Recorder()
    let report = Runner(RunPlan([.init("r", recorder)], inputs: [path], workers: workers)).run()
    #expect(report.isFinished && report.isBalanced)
    #expect(report.documentsIn == 0)
    #expect(recorder.log.withLock { $0.opened == 1 && $0.outcomes == [.finished] })
    #expect(Runner(RunPlan([], inputs: [path])).run().isFinished)
  }

  @Test func hugeDocumentsPass() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "words ", count: 1_500_000)
    let lines = (0..<5).map { "{\"id\":\"d\($0)\",\"text\":\"\($0 % 2 == 0 ? long : "short")\"}\n" }
    let path = try folder.write("huge.jsonl", lines.joined().utf8)
    let recorder = Recorder()
    let report = Runner(RunPlan([.init("r", recorder)], inputs: [path], workers: 3)).run()
    #expect(report.documentsOut == 5)
    #expect(recorder.ids == ["d0", "d1", "d2", "d3", "d4"])
    #expect(recorder.log.withLock(\.bytes).count == lines.joined().utf8.count)
  }
}
