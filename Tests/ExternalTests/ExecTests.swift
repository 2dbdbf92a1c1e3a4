import External
import Foundation
import Hearsay
import Testing

@Suite("exec hands documents to a program and takes them back", .serialized)
struct ExecTests {
  @Test(arguments: [1, 2, 64])
  func everyDocumentComesBackInOrder(batch: Int) async throws {
    let texts = (0..<300).map { "\($0) é 🎈 " + String(repeating: "x", count: $0 * 7) }
    let outcomes = try await Program(["cat"], batch: batch).run(texts)
    #expect(outcomes.map(\.text) == texts)
  }

  @Test func anAnswerNeedsOnlyWhatItChanges() async throws {
    let outcomes = try await Program(python: "say({'id': d['id'], 'meta': {'n': len(d['text'])}})").run(["é1"])
    #expect(outcomes.first?.value?.json == #"{"id":"d0","text":"é1","meta":{"n":2}}"#)
  }

  @Test func aLayerOfTheFormatIsReadInCodePoints() throws {
    let program = try Program(
      python: "say({'id': d['id'], 'sentences': [[2, len(d['text'])]]})", writes: ["sentences"])
    let results = program.process([Document(id: "a", text: "é It rained.")])
    try program.stage.close(.finished)
    let document = try #require(try results.first?.get())
    #expect(document[Sentences.self].map { document.text(in: $0) } == ["It rained."])
  }

  @Test func aLayerThatNobodyKnowsIsKept() async throws {
    let outcomes = try await Program(python: "say({'id': d['id'], 'numbers': [{'span': [0, 2]}]})", writes: ["numbers"])
      .run(["12"])
    #expect(outcomes.first?.value?["numbers"]?.json == #"[{"span":[0,2]}]"#)
  }

  @Test(
    "A program can drop documents",
    arguments: [
      ("'spam'", #"drop(reason: "spam", detail: nil)"#),
      ("{'reason': 'spam', 'detail': 'twice'}", #"drop(reason: "spam", detail: Optional("twice"))"#), ("None", "keep"),
    ])
  func drops(_ dropped: String, _ expected: String) throws {
    let program = try Program(python: "say({'id': d['id'], 'dropped': \(dropped)})")
    var documents = [Document(id: "a", text: "b")]
    let results = program.stage.process(all: &documents)
    try program.stage.close(.finished)
    let disposition = try #require(results.first).get()
    #expect("\(disposition)" == expected)
  }

  @Test func anEditedTextKeepsTheWayBack() throws {
    let program = try Program(python: "say({'id': d['id'], 'text': d['text'].replace('rain', 'snowè')})")
    var document = Document(id: "a", text: "é It rained. She left.")
    document[Sentences.self] = [Span(3, 13), Span(14, 23)]
    let edited = try #require(try program.process([document]).first?.get())
    try program.stage.close(.finished)
    #expect(edited.text == "é It snowèed. She left.")
    #expect(edited[Sentences.self].map { edited.text(in: $0) } == ["It snowèed.", "She left."])
    #expect(edited[Sentences.self].map { document.text(in: edited.sourceSpan(of: $0)) } == ["It rained.", "She left."])
  }

  @Test func theProgramHasItsVariables() async throws {
    let outcomes = try await Program(
      python: "say({'id': d['id'], 'text': os.environ['HEARSAY_TEST'] + str('PATH' in os.environ)})",
      env: ["HEARSAY_TEST": "ä b"]
    ).run(["x"])
    #expect(outcomes.first?.text == "ä bTrue")
  }

  @Test func standardErrorGoesToTheLog() async throws {
    let program = try Program(
      python: "print('one\\ntwo ' + d['id'], file=sys.stderr, flush=True); time.sleep(0.05); say(d)")
    let log = program.log
    _ = try await program.run(["x"])
    #expect(log.all == ["one", "two d0"])
  }

  @Test("Nothing waits for anything where both sides write much", arguments: [1, 8])
  func bigDocumentsBothWays(batch: Int) async throws {
    let texts = (0..<4).map { String(repeating: "\($0) é ", count: 300_000) }
    let loud = "sys.stderr.write('x' * 300000 + '\\n'); say(d); sys.stderr.write('y' * 300000 + '\\n')"
    #expect(try await Program(["cat"], batch: batch).run(texts).map(\.text) == texts)
    #expect(try await Program(python: loud, batch: batch).run(texts).map(\.text) == texts)
  }

  @Test("A pipe that is closed is not waited for over and over")
  func aProgramMayCloseItsStandardError() throws {
    let program = try Program(python: "os.close(2) if d['text'] == 'first' else time.sleep(1)\nsay(d)")
    var before = timespec()
    var after = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
    let results = program.process([Document(id: "a", text: "first"), Document(id: "b", text: "b")])
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
    try program.stage.close(.finished)
    #expect(results.map { Outcome($0).text } == ["first", "b"])
    let seconds = Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
    #expect(seconds < 0.3)
  }

  @Test func noProcessStays() async throws {
    let outcomes = try await Program(
      python: "if d['text'] == 'die': os._exit(1)\nsay({'id': d['id'], 'meta': {'pid': os.getpid()}})"
    ).run(["a", "die", "b"])
    let pids = outcomes.compactMap { $0.value?["meta"]?["pid"]?.intValue }
    #expect(pids.count == 2)
    for pid in pids { #expect(kill(pid_t(pid), 0) == -1 && errno == ESRCH, "\(pid)") }
  }

  @Test func aProgramThatIsNotThereIsSaidAtOnce() {
    #expect {
      _ = try Program(["hearsay-no-such-program"])
    } throws: { "\($0)" == "cannot start 'hearsay-no-such-program': no such file or directory" }
  }

  @Test func withoutACommandItIsNotMade() {
    #expect(throws: StageError.self) { try Exec(Exec.Options()) }
  }
}
