import External
import Foundation
import Hearsay
import Synchronization
import Testing

/// A way in which a program can fail at the document whose text is `bad`.
struct Fault: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var python: String
  var message: String
  var timeout = 20.0

  private static let outside = "has a span outside the text"

  init(_ name: String, _ python: String, _ message: String, timeout: Double = 20) {
    self.testDescription = name
    self.python = python
    self.message = message
    self.timeout = timeout
  }

  static let all = [
    Fault("crash", "os.kill(os.getpid(), 11)", "the program was ended by signal 11"),
    Fault("exit with a word", "sys.exit('no more')", "the program ended with status 1: no more"),
    Fault("early exit", "sys.exit(0)", "the program ended with status 0"),
    Fault("closed output", "os.close(1); time.sleep(60)", "the program was ended by signal 9"),
    Fault("hang", "time.sleep(60)", "the program gave no answer within 2 s; does it flush each line?", timeout: 2),
    Fault(
      "hang with its ears shut", "os.close(0); time.sleep(60)",
      "the program gave no answer within 2 s; does it flush each line?", timeout: 2),
    Fault(
      "no JSON", "print('Loading…', flush=True); say(d)",
      "the program answered with something else than a JSON object: expected a JSON object at byte 0"),
    Fault(
      "half a line", "print('{\"id\":', flush=True)",
      "the program answered with something else than a JSON object: the JSON ends too early at byte 6"),
    Fault("wrong id", "say({'id': 'other'})", "the program answered for document 'other' instead"),
    Fault("no id", "say({'text': 'x'})", "the program answered without an 'id'"),
    Fault("bad offset", "say({'id': d['id'], 'sentences': [[0, 99]]})", "layer 'sentences' \(outside)"),
    Fault("bad offset in a new layer", "say({'id': d['id'], 'new': [[3, 1]]})", "layer 'new' \(outside)"),
    Fault(
      "offsets that are text", "say({'id': d['id'], 'new': [{'span': ['a', 1]}]})",
      "layer 'new' \(outside)"),
    Fault(
      "a layer that it does not declare", "say({'id': d['id'], 'newer': []})",
      "the program wrote 'newer', which is not among its 'writes'"),
    Fault("an error of its own", "say({'id': d['id'], 'error': 'too dull'})", "too dull"),
  ]
}

@Suite("A program that fails takes one document with it", .serialized)
struct FailureTests {
  @Test(arguments: Fault.all, [1, 7])
  func onlyThatDocumentFails(_ fault: Fault, batch: Int) async throws {
    let body = """
      if d['text'] == 'bad':
          \(fault.python)
      else:
          say(d)
      """
    let program = try Program(python: body, batch: batch, timeout: fault.timeout, writes: ["sentences", "new"])
    let outcomes = try await program.run(["a", "b", "bad", "c", "d", "bad", "e"])
    #expect(outcomes.map(\.text) == ["a", "b", nil, "c", "d", nil, "e"])
    #expect(outcomes.compactMap(\.error) == [fault.message, fault.message])
  }

  @Test func aProgramThatNeverAnswersIsGivenUp() async throws {
    let program = try Program(python: "sys.exit(3)", restarts: 3)
    let outcomes = try await program.run((0..<50).map { "\($0)" })
    let message = "the program was started 4 times in a row without an answer, and is given up"
    #expect(outcomes.allSatisfy { $0.error != nil })
    #expect(outcomes.last?.error == message)
    #expect(outcomes.count { $0.error != message } == 3)
  }

  @Test func anAnswerTooManyIsFound() async throws {
    let program = try Program(python: "say(d)\nif d['text'] == 'twice': say(d)", batch: 1)
    let outcomes = try await program.run(["a", "twice", "b", "c"])
    #expect(outcomes[0].text == "a" && outcomes[1].text == "twice" && outcomes[3].text == "c")
  }

  @Test func killedAtRandomItLosesNothingSilently() async throws {
    let program = try Program(python: "print(os.getpid(), file=sys.stderr)\nsay(d)", batch: 16)
    let log = program.log
    let isOver = Atomic(false)
    let killer = Thread {
      var random = SystemRandomNumberGenerator()
      while !isOver.load(ordering: .relaxed) {
        usleep(UInt32.random(in: 1_000...30_000, using: &random))
        if let pid = log.all.last(where: { Int($0) != nil }).flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
      }
    }
    killer.start()
    let texts = (0..<2_000).map { "\($0)" }
    let outcomes = try await program.run(texts)
    isOver.store(true, ordering: .relaxed)
    #expect(outcomes.count == texts.count)
    for (index, outcome) in outcomes.enumerated() {
      #expect(outcome.text == texts[index] || outcome.error?.contains("was ended by signal 9") == true, "\(outcome)")
    }
    #expect(outcomes.count { $0.error != nil } < 200)
  }

  @Test("When the run is to end, a program that hangs is given up, and its documents are left undone")
  func anEndIsNotWaitedFor() async throws {
    let isCancelled = Atomic(false)
    let program = try Program(python: "if d['text'] == 'bad': time.sleep(600)\nsay(d)", batch: 4, timeout: 100) {
      isCancelled.load(ordering: .relaxed)
    }
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 1)
      isCancelled.store(true, ordering: .relaxed)
    }
    let start = Date()
    let outcomes = try await program.run(["a", "bad", "b", "c", "d", "e"])
    #expect(Date().timeIntervalSince(start) < 20)
    #expect(outcomes[0].text == "a")
    #expect(outcomes.dropFirst().allSatisfy { $0.error == "\(RunEnded())" })
  }
}
