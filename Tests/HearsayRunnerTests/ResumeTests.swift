import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization
import Testing

/// An export that can go on: it appends to `path.part`, and breaks when a test wants it to.
final class Appender: SinkStage, ResumableStage {
  static let name = "appender"
  static let summary = "Appends to a file."
  static let examples: [Example] = []

  private struct State: Sendable {
    var bytes: [UInt8] = []
    var seen = 0
  }

  let path: String
  private let state = Mutex(State())
  /// After how many commits the stage breaks.
  private let breaksAfter: Int
  private let commits = Atomic(0)
  /// Told each checkpoint when the next one is asked for.
  private let checkpointBefore: @Sendable ([UInt8]) -> Void
  private let last = Mutex<[UInt8]?>(nil)

  init(_ path: String, breaksAfter: Int = .max, checkpointBefore: @escaping @Sendable ([UInt8]) -> Void = { _ in }) {
    self.path = path
    self.breaksAfter = breaksAfter
    self.checkpointBefore = checkpointBefore
  }
  convenience init(_ options: NoOptions) { self.init("") }

  var outputs: [String] { [path] }
  func open() { state.withLock { $0 = State() } }
  func prepare(_ document: Document) -> [UInt8] { Array("\(document.id) \(document.utf8.count)".utf8) }

  func commit(_ prepared: [UInt8], _ document: inout Document) throws -> Disposition {
    guard commits.add(1, ordering: .relaxed).newValue <= breaksAfter else { throw Broken("killed") }
    return state.withLock { state in
      // What comes out depends on all that came before.
      state.seen += 1
      state.bytes += prepared + Array(" \(state.seen)\n".utf8)
      return state.seen.isMultiple(of: 13) ? .drop(reason: "unlucky", detail: document.id) : .keep
    }
  }

  func checkpoint() throws -> [UInt8] {
    if let before = last.withLock(\.self) { checkpointBefore(before) }
    let checkpoint = try state.withLock { state in
      try Data(state.bytes).write(to: URL(fileURLWithPath: path + ".part"))
      return Array("\(state.bytes.count) \(state.seen)".utf8)
    }
    last.withLock { $0 = checkpoint }
    return checkpoint
  }

  func resume(_ context: StageContext, from checkpoint: [UInt8]) throws {
    let numbers = String(decoding: checkpoint, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path + ".part"))
    state.withLock { $0 = State(bytes: Array(bytes.prefix(numbers[0])), seen: numbers[1]) }
  }

  func close(_ outcome: RunOutcome) throws {
    // What a kill leaves after the checkpoint must not matter.
    let bytes = state.withLock(\.bytes) + (outcome == .finished ? [] : Array("torn li".utf8))
    try Data(bytes).write(to: URL(fileURLWithPath: outcome == .finished ? path : path + ".part"))
  }
}

@Suite("A run that broke off is taken up again")
struct ResumeTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let identity = RunIdentity(program: "test", pipeline: "1")

  /// - Parameter name: Of the outputs.
  private func plan(_ name: String, _ inputs: [String], breaksAfter: Int = .max, seed: UInt64) -> RunPlan {
    let frail = Doing {
      $0.counts.add(1, of: "seen")
      if chance($0, seed, outOf: 17) { throw Broken("no") }
    }
    var plan = RunPlan(
      [
        .init("frail", frail), .init("first", Appender(folder("\(name).1"))),
        .init("late", Doing { if chance($0, seed + 1, outOf: 23) { throw Broken("late") } }),
        .init("second", Appender(folder("\(name).2"), breaksAfter: breaksAfter)),
      ], inputs: inputs, onError: .quarantine(path: folder("\(name).q")))
    plan.journal = Journal(path: folder("\(name).journal"), identity: identity, interval: .bytes(0))
    return plan
  }

  private func outcome(_ name: String, _ report: RunReport) throws -> [String] {
    try ["1", "2", "q"].map { try folder.text("\(name).\($0)") } + [
      "\(report.documentsIn) \(report.documentsOut) \(report.documentsDropped) \(report.documentsFailed) \(report.bytesIn)",
      report.stages.map { "\($0.label) \($0.documents) \($0.failures) \($0.drops) \($0.bytes) \($0.counts)" }.joined(),
      "\(report.dropReasons)",
    ]
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func itEndsAsIfItHadNeverBroken(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let inputs = try [folder.documents(500, seed: seed), folder.documents(300, seed: seed + 100, longest: 20)]
    let whole = Runner(plan("whole", inputs, seed: seed)).run()
    #expect(whole.isFinished && whole.isBalanced && whole.documentsFailed > 0)
    let wanted = try outcome("whole", whole)
    var breaks = 0
    while breaks < 200 {
      var broken = plan("broken", inputs, breaksAfter: Int.random(in: 0...300, using: &random), seed: seed)
      broken.workers = Int.random(in: 1...4, using: &random)
      if case .unfinished(let checkpoint)? = broken.journal?.read() { broken.start = checkpoint }
      let report = Runner(broken).run()
      #expect(report.isBalanced)
      if report.isFinished {
        #expect(try outcome("broken", report) == wanted)
        #expect(breaks > 2)
        return
      }
      breaks += 1
    }
    Issue.record("the run does not get on")
  }

  @Test("a stage is asked for a checkpoint when the journal has the one before", arguments: [1, 4])
  func checkpointsAreKeptOneByOne(workers: Int) throws {
    let path = folder("one.journal")
    let asked = Atomic(0)
    var plan = RunPlan(
      [
        .init(
          "first",
          Appender(folder("one.1")) { before in
            asked.add(1, ordering: .relaxed)
            let journal = try? String(contentsOfFile: path + "/journal.json", encoding: .utf8)
            #expect(journal?.contains(Data(before).base64EncodedString()) == true)
          }),
        .init("second", Appender(folder("one.2"))),
      ], inputs: [try folder.documents(2_000, seed: 5)], workers: workers)
    plan.journal = Journal(path: path, identity: identity, interval: .bytes(0))
    #expect(Runner(plan).run().isFinished)
    #expect(asked.load(ordering: .relaxed) > 2)
  }

  @Test func aRequestedStopKeepsItsPlace() throws {
    let path = try folder.documents(2_000)
    let control = RunControl()
    var first = plan("run", [path], seed: 5)
    first.journal = first.journal.map { Journal(path: $0.path, identity: identity) }
    first.steps.insert(.init("stop", Doing { if $0.number == 700 { control.requestStop() } }), at: 0)
    let stopped = Runner(first, control: control).run()
    #expect(stopped.isInterrupted && stopped.isResumable)
    #expect(!FileManager.default.fileExists(atPath: folder("run.q")), "failed documents have their name at the end")
    guard case .unfinished(let checkpoint)? = first.journal?.read() else {
      Issue.record("no place is kept")
      return
    }
    #expect(checkpoint.documents == stopped.documentsIn)
    var second = plan("run", [path], seed: 5)
    second.steps.insert(.init("stop", Doing { _ in }), at: 0)
    second.start = checkpoint
    #expect(Runner(second).run().isFinished)
    var whole = plan("whole", [path], seed: 5)
    whole.steps.insert(.init("stop", Doing { _ in }), at: 0)
    #expect(Runner(whole).run().isFinished)
    for ending in ["1", "2", "q"] { #expect(try folder.text("run.\(ending)") == folder.text("whole.\(ending)")) }
  }

  @Test func aChangedInputIsRefusedBeforeAnythingIsTouched() throws {
    let path = try folder.documents(200)
    #expect(Runner(plan("run", [path], breaksAfter: 150, seed: 3)).run().fatal != nil)
    let before = try folder.text("run.1.part")
    try folder.write((path as NSString).lastPathComponent, Array("{\"text\":\"other\"}\n".utf8))
    var again = plan("run", [path], seed: 3)
    guard case .unfinished(let checkpoint)? = again.journal?.read() else {
      Issue.record("no place is kept")
      return
    }
    again.start = checkpoint
    let report = Runner(again).run()
    #expect(report.fatal?.action == .resume)
    #expect(report.fatal?.description.contains("is not what it was") == true)
    #expect(try folder.text("run.1.part") == before)
  }

  /// A named pipe, into which these bytes are written once it is read.
  private func pipe(_ bytes: Data?) throws -> String {
    signal(SIGPIPE, SIG_IGN)
    let path = folder("stream.jsonl")
    unsafe unlink(path)
    try #require(unsafe mkfifo(path, 0o600) == 0)
    if let bytes { Thread { try? FileHandle(forWritingAtPath: path)?.write(contentsOf: bytes) }.start() }
    return path
  }

  @Test func aStreamGoesOnWithTheSameBytesOnly() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.documents(400)))
    #expect(try Runner(plan("whole", [pipe(bytes)], seed: 3)).run().isFinished)
    #expect(try Runner(plan("run", [pipe(bytes)], breaksAfter: 150, seed: 3)).run().fatal != nil)
    let before = try folder.text("run.1.part")
    var again = plan("run", [folder("stream.jsonl")], seed: 3)
    guard case .unfinished(let checkpoint)? = again.journal?.read() else {
      Issue.record("no place is kept")
      return
    }
    again.start = checkpoint
    let prefix = try #require(checkpoint.position.prefix)
    #expect(prefix.byteCount > 10_000 && prefix.byteCount < bytes.count)
    var other = bytes
    other[prefix.byteCount - 1] ^= 1
    for wrong in [other, bytes.prefix(prefix.byteCount - 1), Data()] {
      _ = try pipe(wrong)
      let report = Runner(again).run()
      #expect(report.fatal?.action == .resume)
      #expect(report.fatal?.description.contains("is not what it was") == true)
      #expect(try folder.text("run.1.part") == before)
    }
    // A run that is ended while it waits for the bytes keeps its place.
    _ = try pipe(nil)
    let control = RunControl()
    control.requestStop()
    let stopped = Runner(again, control: control).run()
    #expect(stopped.isInterrupted && stopped.isResumable && stopped.isBalanced)
    #expect(try folder.text("run.1.part") == before)
    _ = try pipe(bytes)
    #expect(Runner(again).run().isFinished)
    for ending in ["1", "2", "q"] { #expect(try folder.text("run.\(ending)") == folder.text("whole.\(ending)")) }
  }

  @Test func anotherRunIsToldFromThisOne() throws {
    let path = try folder.documents(200)
    let plan = plan("run", [path], breaksAfter: 150, seed: 3)
    #expect(Runner(plan).run().fatal != nil)
    var other = identity
    other.pipeline = "2"
    other.plugins = ["libA.so": "1"]
    other.options = ["limit 3"]
    var journal = Journal(path: folder("run.journal"), identity: other)
    guard case .other(let differences) = journal.read() else {
      Issue.record("it passes for the same")
      return
    }
    #expect(differences.count == 3 && differences[0] == "the pipeline has changed")
    try folder.write("run.journal/journal.json", Array("{\"torn".utf8))
    var same = plan.journal
    guard case .damaged? = same?.read() else {
      Issue.record("half a journal is read")
      return
    }
  }

  @Test func whatCannotGoOnIsSaid() {
    let recorder = RunPlan([.init("r", Recorder())], inputs: [])
    #expect(recorder.resumeBlocker == "stage 'r' cannot go on with a run")
    #expect(RunPlan([.init("a", Appender("-"))], inputs: []).resumeBlocker?.contains("standard output") == true)
    #expect(RunPlan([.init("a", Appender("x")), .init("d", Doing { _ in })], inputs: []).resumeBlocker == nil)
  }

  @Test(arguments: [
    ("10s", CheckpointInterval.time(.seconds(10))), ("250ms", .time(.milliseconds(250))), ("2m", .time(.seconds(120))),
    ("64MB", .bytes(64_000_000)), ("1GB", .bytes(1_000_000_000)), ("0s", .time(.zero)),
  ])
  func intervalsAreRead(_ text: String, _ interval: CheckpointInterval) {
    #expect(CheckpointInterval(text) == interval)
  }

  @Test(arguments: ["", "10", "s", "-1s", "1.5s", "10 s", "99999999999999999999s", "9999999999999999GB", "5 parsecs"])
  func othersAreRefused(_ text: String) { #expect(CheckpointInterval(text) == nil) }

  @Test func metricsAreOneLineASample() throws {
    let recorder = Recorder { $0.number < 2 ? .drop(reason: "too \"small\"\n\\") : .keep }
    let counting = Doing { $0.counts.add(2, of: "repairs") }
    let report = Runner(
      RunPlan([.init("counting", counting), .init("r", recorder)], inputs: [try folder.documents(9)])
    ).run()
    let lines = report.metrics.split(separator: "\n")
    for line in [
      #"hearsay_documents_total{outcome="out"} 7"#, #"hearsay_drops_total{reason="too \"small\"\n\\"} 2"#,
      #"hearsay_stage_documents_total{stage="input"} 9"#, #"hearsay_stage_drops_total{stage="r"} 2"#,
      #"hearsay_stage_counts_total{stage="counting",kind="repairs"} 18"#, "hearsay_run_finished 1",
    ] { #expect(lines.contains(line[...]), "\(line)") }
    #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("hearsay_") })
  }
}
