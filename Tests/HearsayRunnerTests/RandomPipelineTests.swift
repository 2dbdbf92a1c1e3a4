import Foundation
import Hearsay
import HearsayRunner
import Synchronization
import Testing

@Suite("Any pipeline, any failures, any number of workers")
struct RandomPipelineTests {
  /// What a run comes to, as far as it must be the same for any number of workers.
  private struct Outcome: Equatable {
    var counts: [Int]
    var reasons: [String]
    var lastOutput: [UInt8]
    var quarantine: String?
    var answers: String
    var ending: String
  }

  /// A pipeline that depends on the seed alone, run with so many workers.
  private func run(_ seed: UInt64, workers: Int, in folder: TemporaryFolder, _ path: String) throws -> Outcome {
    var random = Seeded(seed)
    var steps: [StageStep] = []
    for index in 0..<Int.random(in: 0...5, using: &random) {
      let salt = UInt64.random(in: 0 ... .max, using: &random)
      let sides = UInt64.random(in: 2...300, using: &random)
      let work: @Sendable (inout Document) throws -> Void = { document in
        if chance(document, salt, outOf: 60) { Thread.sleep(forTimeInterval: 0.000_5) }
        if chance(document, salt &+ 1, outOf: sides) { throw Broken("at \(index)") }
        document.counts.add(1, of: "passed")
      }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: steps.append(.init("together-\(index)", DoingTogether(work)))
      case 1:
        steps.append(
          .init(
            "ordered-\(index)",
            Recorder { chance($0, salt, outOf: sides) ? .drop(reason: "for \(index)", detail: $0.id) : .keep }))
      default: steps.append(.init("each-\(index)", Doing(work)))
      }
    }
    let last = Recorder()
    steps.append(.init("last", last))
    let quarantine = folder("q-\(seed)-\(workers)")
    let policies = [FailurePolicy.skip, .stop, .quarantine(path: quarantine)]
    var plan = RunPlan(
      steps, inputs: [path, folder("none.txt"), path], onError: policies.randomElement(using: &random) ?? .skip,
      workers: workers)
    let answers = folder("a-\(seed)-\(workers)")
    try Data().write(to: URL(fileURLWithPath: answers))
    let file = try #require(FileHandle(forWritingAtPath: answers))
    plan.responseDescriptor = file.fileDescriptor
    let report = Runner(plan).run()
    try file.close()
    #expect(report.isBalanced)
    #expect(report.documentsDropped == report.dropReasons.map(\.documents).reduce(0, +))
    let text = try String(contentsOfFile: answers, encoding: .utf8)
    let done = report.documentsOut + report.documentsDropped + report.documentsFailed
    #expect(text.split(separator: "\n").count == done, "a line for each document that is done")
    if report.isFinished { #expect(report.documentsAbandoned == 0 && report.documentsIn == done) }
    return Outcome(
      counts: [report.documentsOut, report.documentsDropped, report.documentsFailed, report.bytesIn],
      reasons: report.dropReasons.map { "\($0.documents) \($0.reason)" },
      lastOutput: last.log.withLock(\.bytes), quarantine: try? String(contentsOfFile: quarantine, encoding: .utf8),
      answers: text, ending: report.stopping.map { "\($0)" } ?? "\(report.isFinished)")
  }

  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func theLedgerBalancesAndNothingDependsOnTheWorkers(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(Int(seed * 37 % 300), seed: seed, longest: 400)
    let alone = try run(seed, workers: 1, in: folder, path)
    for workers in [2, 3, 7] { #expect(try run(seed, workers: workers, in: folder, path) == alone) }
  }
}
