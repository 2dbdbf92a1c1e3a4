import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization
import Testing

@Suite("Runs begin, go on and end")
struct LifecycleTests {
  /// A stage that fails to open or to close.
  struct Faulty: Stage {
    static let name = "faulty"
    static let summary = "Fails."
    static let examples: [Example] = []
    var failsToOpen = false
    init(failsToOpen: Bool) { self.failsToOpen = failsToOpen }
    init(_ options: NoOptions) {}
    func open() throws { if failsToOpen { throw Broken("no such file") } }
    func process(_ document: inout Document) -> Disposition { .keep }
    func close(_ outcome: RunOutcome) throws { throw Broken("disk full") }
  }

  @Test func aStageThatDoesNotOpenEndsTheRun() throws {
    let folder = try TemporaryFolder()
    let (before, after) = (Recorder(), Recorder())
    let plan = RunPlan(
      [.init("before", before), .init("faulty", Faulty(failsToOpen: true)), .init("behind", after)],
      inputs: [try folder.documents(5)])
    let report = Runner(plan).run()
    #expect(report.fatal?.description == "stage 'faulty' cannot begin: no such file")
    #expect(before.log.withLock { $0.ids.isEmpty && $0.outcomes == [.interrupted] })
    #expect(after.log.withLock { $0.opened == 0 && $0.outcomes.isEmpty })
  }

  @Test func aStageThatDoesNotCloseIsAnError() throws {
    let folder = try TemporaryFolder()
    let after = Recorder()
    let plan = RunPlan(
      [.init("faulty", Faulty(failsToOpen: false)), .init("behind", after)], inputs: [try folder.documents(5)])
    let report = Runner(plan).run()
    #expect(report.fatal?.action == .close(stage: "faulty"))
    #expect(report.documentsOut == 5)
    #expect(after.log.withLock(\.outcomes) == [.finished])
  }

  @Test(arguments: [1, 2, 4])
  func aFailingCommitIsFatal(_ workers: Int) throws {
    let folder = try TemporaryFolder()
    let recorder = Recorder { if $0.number == 70 { throw POSIXError(.ENOSPC) } else { return .keep } }
    let plan = RunPlan(
      [.init("export", recorder)], inputs: [try folder.documents(500)], onError: .skip, workers: workers)
    let report = Runner(plan).run()
    #expect(report.fatal?.action == .commit(stage: "export", documentID: "d70"))
    #expect(
      report.fatal?.description == "stage 'export' cannot go on at document 'd70': no space left on device")
    #expect(report.fatal?.isClosedPipe == false)
    #expect(recorder.ids == (0..<70).map { "d\($0)" })
    #expect(recorder.log.withLock(\.outcomes) == [.interrupted])
    #expect(report.isBalanced)
  }

  @Test func aClosedPipeIsToldFromOtherErrors() throws {
    signal(SIGPIPE, SIG_IGN)
    let folder = try TemporaryFolder()
    let path = try folder.documents(5)
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let byFoundation = Recorder { _ in
      try pipe.fileHandleForWriting.write(contentsOf: Data([1]))
      return .keep
    }
    let bySystem = Recorder { _ in throw POSIXError(.EPIPE) }
    for recorder in [byFoundation, bySystem] {
      let report = Runner(RunPlan([.init("export", recorder)], inputs: [path])).run()
      #expect(report.fatal?.isClosedPipe == true, "\(String(describing: report.fatal?.error))")
    }
  }

  @Test(arguments: [1, 3])
  func aRequestedStopFinishesWhatIsInFlight(_ workers: Int) throws {
    let folder = try TemporaryFolder()
    let control = RunControl()
    let recorder = Recorder {
      if $0.number == 100 { control.requestStop() }; return .keep
    }
    let plan = RunPlan([.init("r", recorder)], inputs: [try folder.documents(5000)], workers: workers)
    let report = Runner(plan, control: control).run()
    #expect(report.isInterrupted && report.isBalanced)
    #expect(report.documentsIn > 100 && report.documentsIn < 5000)
    #expect(recorder.ids == (0..<report.documentsIn).map { "d\($0)" })
    #expect(recorder.log.withLock(\.outcomes) == [.interrupted])
    #expect(report.documentsAbandoned == 0)
  }

  /// Ways to end a run from within.
  enum Way: CaseIterable { case request, failure, commit }

  @Test(arguments: Way.allCases)
  func nothingWaitsForASilentPipe(_ way: Way) throws {
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    let control = RunControl()
    let recorder = Recorder { _ in
      switch way {
      case .request: control.requestStop()
      case .failure: break
      case .commit: throw Broken()
      }
      return .keep
    }
    let frail = Doing { if way == .failure, $0.text == "two" { throw Broken() } }
    let path = folder("pipe")
    let release = DispatchSemaphore(value: 0)
    Thread {
      let handle = FileHandle(forWritingAtPath: path)
      try? handle?.write(contentsOf: Data("{\"text\":\"one\"}\n{\"text\":\"two\"}\n".utf8))
      release.wait()
      try? handle?.close()
    }.start()
    // The lines go through though the pipe stays open, and the wait for more ends.
    let plan = RunPlan([.init("frail", frail), .init("r", recorder)], inputs: [path], workers: 2)
    let report = Runner(plan, control: control).run()
    release.signal()
    #expect(report.isBalanced)
    switch way {
    case .request: #expect(report.isInterrupted && report.documentsOut == 2)
    case .failure: #expect(report.stopping?.id == "\(path)#1" && report.documentsOut == 1)
    case .commit: #expect(report.fatal != nil)
    }
  }

  /// A stage that takes no document lets no more through the pipe than the window holds.
  @Test func theReaderWaitsForSlowStages() throws {
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    let path = folder("pipe")
    let writerIsDone = DispatchSemaphore(value: 0)
    let counter = Box(0)
    Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      let line = Data(("{\"text\":\"" + String(repeating: "x", count: 1000) + "\"}\n").utf8)
      for _ in 0..<40_000 {
        try? handle.write(contentsOf: line)
        counter.update { $0 += line.count }
      }
      try? handle.close()
      writerIsDone.signal()
    }.start()
    let gate = DispatchSemaphore(value: 0)
    let recorder = Recorder { _ in
      gate.wait(); gate.signal(); return .keep
    }
    let plan = RunPlan([.init("r", recorder)], inputs: [path], workers: 2)
    let isDone = DispatchSemaphore(value: 0)
    let results = Box<RunReport?>(nil)
    Thread {
      let report = Runner(plan).run()
      results.update { $0 = report }
      isDone.signal()
    }.start()
    var before = -1
    while counter.value != before || before <= 0 {
      before = counter.value
      Thread.sleep(forTimeInterval: 0.3)
    }
    #expect(before < 6_000_000)
    gate.signal()
    isDone.wait()
    writerIsDone.wait()
    #expect(results.value?.documentsOut == 40_000)
  }

  @Test func progressIsTold() throws {
    let folder = try TemporaryFolder()
    let told = Mutex<[RunObserver.Progress]>([])
    let notices = Mutex<[String]>([])
    var observer = RunObserver()
    observer.progress = { progress in told.withLock { $0.append(progress) } }
    observer.notice = { notice in notices.withLock { $0.append(notice.message) } }
    try folder.write("z.txt", [])
    let slow = Doing { _ in Thread.sleep(forTimeInterval: 0.02) }
    let plan = RunPlan(
      [.init("slow", slow)], inputs: [try folder.documents(50, longest: 20_000), folder("z.txt")], workers: 2)
    let report = Runner(plan, observer: observer).run()
    let all = told.withLock(\.self)
    #expect(all.last?.documents == 51)
    #expect(all.last?.bytes == report.bytesIn)
    #expect(all.count < 8)
    #expect(all.map(\.documents) == all.map(\.documents).sorted())
    #expect(notices.withLock(\.self) == ["the file is empty"])
    #expect(report.stages.first.map { $0.time >= .seconds(1) } == true)
  }

  @Test("what stages of each kind report is summed and shown", arguments: [1, 4])
  func countsAreSummed(workers: Int) throws {
    let folder = try TemporaryFolder()
    let count: @Sendable (inout Document) -> Void = { document in
      document.counts.add(1, of: "seen")
      document.counts.add(document.number % 2, of: "odd")
    }
    let recorder = Recorder { document in
      count(&document)
      return document.number < 3 ? .drop(reason: "too small") : .keep
    }
    let failing = Doing { document in
      count(&document)
      if document.number == 7 { throw Broken() }
    }
    let steps: [StageStep] = [
      .init("plain", Doing { count(&$0) }), .init("together", DoingTogether { count(&$0) }), .init("failing", failing),
      .init("ordered", recorder), .init("quiet", Doing { _ in }),
    ]
    let plan = RunPlan(steps, inputs: [try folder.documents(100)], onError: .skip, workers: workers)
    let report = Runner(plan).run()
    #expect(report.stages.map { $0.counts["seen"] } == [100, 100, 99, 99, 0])
    #expect(report.stages.map { $0.counts["odd"] } == [50, 50, 49, 49, 0])
    let lines = report.table.split(separator: "\n")
    #expect(lines[2].hasPrefix("plain") && lines[3] == "  odd 50, seen 100" && lines[4].hasPrefix("together"))
  }

  @Test func theTableIsAligned() throws {
    let folder = try TemporaryFolder()
    let recorder = Recorder { $0.number < 3 ? .drop(reason: "too small") : .keep }
    let report = Runner(
      RunPlan([.init("a-long-stage-name", Doing { _ in }), .init("r", recorder)], inputs: [try folder.documents(1234)])
    ).run()
    let lines = report.table.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(Set(lines[..<4].map(\.count)).count == 1)
    #expect(lines[1].hasPrefix("input                  1,234       0        0"))
    #expect(lines[4] == "dropped 3: too small")
    #expect(lines[5].hasPrefix("1,234 documents in, 1,231 out, 3 dropped, 0 failed in "))
  }
}

/// A value shared with a thread.
final class Box<Value: Sendable>: Sendable {
  private let content: Mutex<Value>
  init(_ value: Value) { content = Mutex(value) }
  func update(_ change: @Sendable (inout Value) -> Void) { content.withLock { change(&$0) } }
  var value: Value { content.withLock { $0 } }
}
