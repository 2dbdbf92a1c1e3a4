import Foundation
import Hearsay
import HearsayRunner
import Synchronization
import Testing

@Suite("A run's files are its own")
struct OwnFilesTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let identity = RunIdentity(program: "test", pipeline: "1")

  // MARK: One purpose

  @Test(arguments: [
    ("o", "o"), ("o", "o.part"), ("o.part", "o"), ("o", "./o"), ("sub/../o", "o"), ("o", "O"), ("o", "hard"),
    ("o", "soft"), ("o", "o/x"), ("o/x", "o"), ("e\u{301}", "é"),
  ])
  func twoPurposesDoNotMeet(_ first: String, _ second: String) throws {
    try FileManager.default.createDirectory(atPath: folder("sub"), withIntermediateDirectories: true)
    if second == "hard" {
      try folder.write("o", [])
      try FileManager.default.linkItem(atPath: folder("o"), toPath: folder("hard"))
    }
    if second == "soft" { try FileManager.default.createSymbolicLink(atPath: folder("soft"), withDestinationPath: "o") }
    let files = RunFiles()
    try files.reserve(folder(first), step: 0, label: "export")
    let error = #expect(throws: OutputError.self) { try files.take(folder(second), as: "the quarantine file") }
    #expect(error?.description.contains("an output of stage 'export'") == true)
    try files.take(folder("other"), as: "the metrics")
  }

  @Test func whatIsReadIsNoOutput() throws {
    try folder.write("in", [])
    let files = RunFiles()
    files.protect(folder("in"), as: "an input")
    files.protect(folder("in"), as: "an input")
    #expect(throws: OutputError.self) { try files.reserve(folder("in"), step: 0, label: "export") }
    #expect(throws: OutputError.self) { try files.take(folder("in"), as: "the record") }
  }

  /// Writes a file a document, named by the document's number; makes a link before the second one, as a file system does
  /// that takes both names for one.
  private final class Namer: OrderedStage {
    static let name = "namer"
    static let summary = "Writes a file a document."
    static let examples: [Example] = []
    let names: [String]
    private let context = Mutex(StageContext(label: "namer"))

    init(_ names: [String]) { self.names = names }
    convenience init(_ options: NoOptions) { self.init([]) }
    func open(_ context: StageContext) { self.context.withLock { $0 = context } }
    func prepare(_ document: Document) {}
    func commit(_ prepared: Void, _ document: inout Document) throws -> Disposition {
      let name = names[document.number]
      if name.hasSuffix("twin") { unsafe link(names[0] + ".part", name + ".part") }
      do {
        _ = try OutputFile(new: name, in: context.withLock(\.self))
      } catch {
        throw DocumentError("\(error)")
      }
      return .keep
    }
  }

  @Test func namesThatTheFileSystemTakesForOneAreTheDocuments() throws {
    let names = ["one", "two", "twin", "one"].map { folder($0) }
    let plan = RunPlan(
      [.init("namer", Namer(names))], inputs: [try folder.documents(4)], onError: .quarantine(path: folder("q")))
    let report = Runner(plan).run()
    #expect(report.isFinished && report.documentsOut == 2 && report.documentsFailed == 2)
    let failed = try folder.text("q")
    #expect(failed.contains("the file system takes the name for"))
    #expect(failed.contains("it is an output of stage 'namer' already"))
  }

  @Test("A document that cannot be committed fails alone", arguments: [1, 4])
  func aDocumentErrorIsOfItsDocument(_ workers: Int) throws {
    let failing = Recorder { if $0.number % 3 == 1 { throw DocumentError("no such name") } else { return .keep } }
    let last = Recorder()
    let path = try folder.documents(30)
    let report = Runner(
      RunPlan([.init("a", failing), .init("b", last)], inputs: [path], onError: .skip, workers: workers)
    ).run()
    #expect(report.isFinished && report.isBalanced && report.documentsFailed == 10)
    #expect(last.ids == (0..<30).filter { $0 % 3 != 1 }.map { "d\($0)" })
    let stopping = Recorder { if $0.number == 4 { throw DocumentError("no such name") } else { return .keep } }
    let stopped = Runner(RunPlan([.init("a", stopping)], inputs: [path], onError: .stop, workers: workers)).run()
    #expect(stopped.stopping?.id == "d4" && stopping.ids == (0..<4).map { "d\($0)" } && stopped.isBalanced)
  }

  // MARK: The journal

  @Test func aFolderWithoutOurMarkIsNoJournal() throws {
    try FileManager.default.createDirectory(atPath: folder("data"), withIntermediateDirectories: true)
    var journal = Journal(path: folder("data"), identity: identity)
    guard case .none = journal.read() else { return #expect(Bool(false), "an empty folder can become one") }
    for (name, text) in [("thesis.txt", "mine"), ("run.json", "{\"kind\":\"other\"}"), ("journal.json", "{}")] {
      try folder.write("data/\(name)", Array(text.utf8))
      guard case .foreign = journal.read() else { return #expect(Bool(false), "\(name)") }
      journal.remove()
      #expect(try folder.text("data/\(name)") == text)
      try FileManager.default.removeItem(atPath: folder("data/\(name)"))
    }
    var file = Journal(path: try folder.write("file", []), identity: identity)
    guard case .foreign = file.read() else { return #expect(Bool(false), "a file is no journal") }
  }

  @Test func aJournalLeavesWhatNoRunHasMade() throws {
    let control = RunControl()
    var plan = RunPlan(
      [
        .init("stop", Doing { if $0.number == 200 { control.requestStop() } }),
        .init("first", Appender(folder("out"))),
      ], inputs: [try folder.documents(2_000)])
    plan.journal = Journal(path: folder("j"), identity: identity, interval: .bytes(0))
    #expect(Runner(plan, control: control).run().isInterrupted)
    guard case .unfinished? = plan.journal?.read() else { return #expect(Bool(false), "no place is kept") }
    try folder.write("j/notes.txt", Array("mine".utf8))
    try FileManager.default.createDirectory(atPath: folder("j/stage-x"), withIntermediateDirectories: true)
    plan.journal?.remove()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("j")).sorted() == ["notes.txt", "stage-x"])
    guard case .foreign? = plan.journal?.read() else { return #expect(Bool(false), "it is a journal no more") }
  }

  @Test("A journal that was changed is refused, and no trap", arguments: 0..<20)
  func damage(_ seed: Int) throws {
    var random = Seeded(UInt64(seed))
    let control = RunControl()
    let input = try folder.documents(2_000)
    func plan(_ name: String, stops: Bool) -> RunPlan {
      var plan = RunPlan(
        [
          .init("stop", Doing { if stops, $0.number == 150 { control.requestStop() } }),
          .init("first", Appender(folder(name))),
        ], inputs: [input])
      plan.journal = Journal(path: folder("\(name).journal"), identity: identity, interval: .bytes(0))
      return plan
    }
    #expect(Runner(plan("out", stops: true), control: control).run().isInterrupted)
    var bytes = Array(try folder.text("out.journal/journal.json").utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
    if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
    try folder.write("out.journal/journal.json", bytes)
    var again = plan("out", stops: false)
    guard case .unfinished(let checkpoint)? = again.journal?.read() else { return }
    again.start = checkpoint
    let report = Runner(again).run()
    #expect(report.isBalanced)
    guard report.isFinished else { return }
    #expect(Runner(plan("whole", stops: false)).run().isFinished)
    #expect(try folder.text("out") == folder.text("whole"))
  }

  @Test func aCheckpointOfOtherStagesIsRefused() throws {
    let control = RunControl()
    var plan = RunPlan(
      [
        .init("stop", Doing { if $0.number == 50 { control.requestStop() } }),
        .init("first", Appender(folder("out"))),
      ], inputs: [try folder.documents(2_000)])
    plan.journal = Journal(path: folder("j"), identity: identity, interval: .bytes(0))
    #expect(Runner(plan, control: control).run().isInterrupted)
    guard case .unfinished(let checkpoint)? = plan.journal?.read() else { return #expect(Bool(false)) }
    plan.start = checkpoint
    plan.steps.append(.init("second", Appender(folder("more"))))
    #expect(Runner(plan).run().fatal?.isRefusalToResume == true)
  }

  // MARK: Locks

  @Test func oneRunHoldsALock() throws {
    let path = folder("o.lock")
    let first = try RunLocks([(path: path, output: "o"), (path: path, output: "o")])
    let error = #expect(throws: FileLock.Failure.self) {
      try RunLocks([(path: folder("p.lock"), output: "p"), (path: path, output: "o")])
    }
    #expect(error?.description.contains("another run is writing 'o': pid \(getpid()), since 20") == true)
    #expect(!FileManager.default.fileExists(atPath: folder("p.lock")), "all locks, or none")
    first.release()
    #expect(!FileManager.default.fileExists(atPath: path))
    try RunLocks([(path: path, output: "o")]).release()
  }

  @Test("A file that is no lock stays", arguments: ["", "pid 12", "my own"])
  func whatIsNoLockStays(_ text: String) throws {
    let path = try folder.write("o.lock", Array(text.utf8))
    #expect(throws: FileLock.Failure.isNoLock(path)) { try RunLocks([(path: path, output: "o")]) }
    #expect(try folder.text("o.lock") == text)
    try FileManager.default.createSymbolicLink(atPath: folder("soft.lock"), withDestinationPath: "o.lock")
    #expect(throws: FileLock.Failure.self) { try RunLocks([(path: folder("soft.lock"), output: "o")]) }
    #expect(try folder.text("o.lock") == text)
  }

  @Test func aLockIsSeenThroughACrash() throws {
    // The lock of a run that is gone is a file with its name in it, and no lock of the system.
    let path = folder("o.lock")
    let lock = try RunLocks([(path: path, output: "o")])
    let text = try folder.text("o.lock")
    lock.release()
    try folder.write("o.lock", Array(text.replacing("pid \(getpid())", with: "pid 1").utf8))
    let next = try RunLocks([(path: path, output: "o")])
    #expect(try folder.text("o.lock").contains("pid \(getpid())"))
    next.release()
  }
}
