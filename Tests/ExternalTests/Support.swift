import External
import Foundation
import Hearsay
import Synchronization

/// An `exec` stage over a program in Python, opened.
struct Program {
  let stage: Exec
  /// What came on standard error, and what the stage said itself.
  let log = Lines()

  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// - Parameter body: What the program does with `line`, a line of input, and `d`, the document in it.
  init(
    python body: String, batch: Int = 64, timeout: Double = 20, writes: [String] = [], restarts: Int = 20,
    env: [String: String] = [:], isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    let head = """
      import sys, os, json, time
      def say(o): print(json.dumps(o), flush=True)
      for line in sys.stdin:
          d = json.loads(line)

      """
    try self.init(
      ["python3", "-c", head + lines.joined(separator: "\n")], batch: batch, timeout: timeout, writes: writes,
      restarts: restarts, env: env, isCancelled: isCancelled)
  }

  init(
    _ command: [String], batch: Int = 64, timeout: Double = 20, writes: [String] = [], restarts: Int = 20,
    env: [String: String] = [:], isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws {
    var options = Exec.Options()
    options.command = .program(command)
    options.batch = batch
    options.timeout = timeout
    options.writes = writes
    options.restarts = restarts
    options.env = env
    stage = try Exec(options)
    let log = log
    var context = StageContext(label: "exec") { log.add($0) }
    context.isCancelled = isCancelled
    try stage.open(context)
  }

  /// Runs these documents through the stage, which stays open.
  func process(_ documents: [Document]) -> [Result<Document, any Error>] {
    var documents = documents
    let results = stage.process(all: &documents)
    return zip(documents, results).map { document, result in result.map { _ in document } }
  }

  /// Runs documents `d0`, `d1`, … of these texts through the stage, and closes it.
  ///
  /// On a thread of its own: while a program hangs, no other test must wait for it.
  func run(_ texts: [String]) async throws -> [Outcome] {
    let stage = stage
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            var documents = texts.enumerated().map { Document(id: "d\($0)", text: $1) }
            let results = stage.process(all: &documents)
            try stage.close(.finished)
            return zip(documents, results).map { document, result in Outcome(result.map { _ in document }) }
          })
      }
    }
  }
}

/// What became of a document: its JSON, or its error.
enum Outcome: Equatable, Sendable, CustomStringConvertible {
  case done(JSONValue)
  case failed(String)

  init(_ result: Result<Document, any Error>) {
    do {
      self = .done(try DocumentEncoder().value(of: result.get()))
    } catch {
      self = .failed("\(error)")
    }
  }

  var text: String? { value?["text"]?.stringValue }
  var value: JSONValue? { if case .done(let value) = self { value } else { nil } }
  var error: String? { if case .failed(let error) = self { error } else { nil } }
  var description: String { value?.json ?? error ?? "" }
}
