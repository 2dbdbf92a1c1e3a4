import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization
import Testing

@Suite("A failing document does what the policy says")
struct PolicyTests {
  private func failing(_ numbers: Set<Int>) -> StageStep {
    .init("frail", Doing { if numbers.contains($0.number) { throw Broken("no \($0.number)") } })
  }

  @Test(arguments: [1, 2, 3, 8], [[50], [123, 124, 300], [0], [399]])
  func stopEndsInDocumentOrder(_ workers: Int, _ numbers: [Int]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(400)
    let recorder = Recorder()
    // The failing document is quick and those before it are slow: it is found out of order.
    let slow = Doing { if $0.number < 3 { Thread.sleep(forTimeInterval: 0.01) } }
    let plan = RunPlan(
      [.init("slow", slow), failing(Set(numbers)), .init("recorder", recorder)], inputs: [path], workers: workers)
    let report = Runner(plan).run()
    let first = try #require(numbers.first)
    #expect(
      report.stopping?.description == "\(path):\(first + 1): document 'd\(first)': stage 'frail': no \(first)")
    #expect(recorder.ids == (0..<first).map { "d\($0)" })
    #expect(recorder.log.withLock(\.outcomes) == [.interrupted])
    #expect(report.documentsOut == first)
    #expect(report.documentsFailed == 1)
    #expect(report.isBalanced)
  }

  @Test(arguments: [1, 2, 5])
  func stopBehindAnOrderedStage(_ workers: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(300)
    let (first, last) = (Recorder(), Recorder())
    // Document 90 fails early and 40 late: 40 is the first of the two.
    let plan = RunPlan(
      [
        failing([90]), .init("first", first),
        .init("late", Doing { if $0.number == 40 { throw Broken() } }), .init("last", last),
      ], inputs: [path], workers: workers)
    let report = Runner(plan).run()
    #expect(report.stopping?.id == "d40")
    #expect(last.ids == (0..<40).map { "d\($0)" })
    #expect(Array(first.ids.prefix(41)) == (0...40).map { "d\($0)" })
    #expect(first.ids.count <= 90)
    #expect(report.isBalanced)
  }

  @Test(arguments: [1, 3])
  func stopAtALineThatCannotBeRead(_ workers: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.jsonl", "{\"text\":\"a\"}\nnot json\n{\"text\":\"b\"}\n".utf8)
    let recorder = Recorder()
    let report = Runner(RunPlan([.init("r", recorder)], inputs: [path], workers: workers)).run()
    #expect(report.stopping?.description == "\(path):2: expected a JSON object at byte 0")
    #expect(recorder.ids == ["\(path)#0"])
  }

  @Test func skipGoesOnAndTells() throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(200)
    let told = Mutex<[String]>([])
    var observer = RunObserver()
    observer.failure = { failure in told.withLock { $0.append(failure.id) } }
    let recorder = Recorder()
    let plan = RunPlan(
      [failing([3, 150]), .init("r", recorder)], inputs: [folder("gone.txt"), path], onError: .skip, workers: 4)
    let report = Runner(plan, observer: observer).run()
    #expect(report.isFinished && report.isBalanced)
    #expect(report.documentsOut == 198)
    #expect(report.documentsFailed == 3)
    #expect(told.withLock(\.self) == [folder("gone.txt"), "d3", "d150"])
    #expect(recorder.ids == (0..<200).filter { ![3, 150].contains($0) }.map { "d\($0)" })
    #expect(report.table.contains("201 documents in, 198 out, 0 dropped, 3 failed"))
  }

  @Test func quarantineKeepsTheDocumentsAsTheyCame() throws {
    let folder = try TemporaryFolder()
    let path = try folder.documents(60)
    try folder.write("b.csv", "id;text\nd7;x\nd8;y\n".utf8)
    try folder.write("c.jsonl", Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}\n".utf8))
    let inputs = [path, folder("b.csv"), folder("c.jsonl"), folder("gone")]
    let plan = RunPlan([failing([7])], inputs: inputs, onError: .quarantine(path: folder("q.jsonl")), workers: 3)
    let report = Runner(plan).run()
    #expect(report.isFinished)
    #expect(report.quarantinePath == folder("q.jsonl"))
    let records = try folder.text("q.jsonl").split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
    #expect(records.map { $0["id"]?.stringValue } == ["d7", "d7", "\(folder("c.jsonl"))#0", folder("gone")])
    #expect(records.map { $0["stage"] } == ["frail", "frail", .null, .null])
    #expect(records.map { $0["error"]?.stringValue }[..<2] == ["no 7", "no 7"])
    #expect(records[0]["line"] == 8)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(records[0]["raw"]?.stringValue == lines[7] + "\n")
    #expect(records[1]["raw"]?.stringValue == "id;text\nd7;x\n")
    #expect(
      records[2]["raw_base64"]?.stringValue
        == Data(Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}\n".utf8)).base64EncodedString())
    #expect(records[3]["raw"] == .null)
    #expect(!FileManager.default.fileExists(atPath: folder("q.jsonl.part")))
  }

  @Test func noFailureMakesNoQuarantineFile() throws {
    let folder = try TemporaryFolder()
    let plan = RunPlan([], inputs: [try folder.documents(5)], onError: .quarantine(path: folder("q.jsonl")))
    let report = Runner(plan).run()
    #expect(report.isFinished && report.quarantinePath == nil)
    #expect(!FileManager.default.fileExists(atPath: folder("q.jsonl")))
  }

  @Test func aQuarantineThatCannotBeWrittenEndsTheRun() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", []) + "/q.jsonl"
    let plan = RunPlan([failing([2])], inputs: [try folder.documents(5)], onError: .quarantine(path: path))
    let report = Runner(plan).run()
    #expect(report.fatal?.action == .quarantine(path: path))
    #expect(
      report.fatal?.description
        == "\(path): cannot write failed documents: cannot open '\(path)': not a directory")
    #expect(report.isBalanced)
  }
}
