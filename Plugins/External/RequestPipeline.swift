import Foundation
import Hearsay

/// Takes a batch of documents through child processes: sends them, reads the answers, and finds out which document is
/// to blame where a program fails.
///
/// Several documents are on their way at once, so when a program ends or is stuck nobody knows at which of them. Those
/// without an answer are then sent again, one at a time, and only a document that was alone with the program fails.
struct RequestPipeline: Sendable {
  /// The documents, those that are done with the program's answer in them.
  private(set) var documents: [Document]
  /// What became of each document; `keep` where it has no answer yet.
  private(set) var results: [Result<Disposition, any Error>]
  /// Whether the last child gave any answer.
  private(set) var didAnswer = false

  private let reader: AnswerReader
  private let batch: Int
  private let timeout: Double
  private let log: @Sendable (String) -> Void
  private let isCancelled: @Sendable () -> Bool
  /// The first document without an answer.
  private var next = 0
  /// When to stop waiting for answers, once the run is to end.
  private var end = Double.infinity
  /// Documents before this one are sent alone.
  private var retryOneByOneUntil = 0

  /// No more is encoded ahead of what the pipe has taken, in bytes.
  private static let mostPending = 1 << 18
  /// An answer may be this much longer than the documents sent, in bytes; see `isTooLong`.
  private static let mostGrowth = 1 << 26

  /// How often to look whether the run is to end.
  private static let pollMilliseconds = 100.0
  /// How long a program has for its answers when the run is to end, in seconds.
  private static let grace = 0.8

  init(_ documents: [Document], _ reader: AnswerReader, options: Exec.Options, _ context: StageContext) {
    self.documents = documents
    results = Array(repeating: .success(.keep), count: documents.count)
    self.reader = reader
    batch = options.batch
    timeout = options.timeout
    log = context.log
    isCancelled = context.isCancelled
  }

  var isDone: Bool { next >= documents.count }

  private func hasFailed(_ index: Int) -> Bool { if case .failure = results[index] { true } else { false } }

  /// Fails all documents that have no answer.
  mutating func giveUp(_ error: any Error) {
    for index in next..<documents.count { results[index] = .failure(error) }
    next = documents.count
  }

  // MARK: With one child

  /// Documents on their way to the child, as lines.
  private struct Outbox: ~Copyable {
    var json = JSONWriter()
    var bytes: [UInt8] = []
    /// How many of `bytes` the pipe has taken.
    var written = 0
    /// Documents before this one have been put in.
    var sent: Int
    var longest = 0

    var isEmpty: Bool { written == bytes.count }

    mutating func add(_ document: Document) throws {
      json.removeAll()
      try DocumentEncoder().write(document, to: &json)
      json.newline()
      if isEmpty {
        bytes.removeAll(keepingCapacity: true)
        written = 0
      }
      json.append(to: &bytes)
      longest = max(longest, json.count)
    }
  }

  /// Goes on until all documents are done or the child fails.
  ///
  /// - Returns: Whether the child can be used on.
  mutating func run(with child: ChildProcess) -> Bool {
    didAnswer = false
    var outbox = Outbox(sent: next)
    var received: [UInt8] = []
    swap(&received, &child.leftover)
    var takesInput = true
    var deadline = now() + timeout
    while !isDone {
      fill(&outbox)
      guard !isDone else { break }
      if end == .infinity, isCancelled() { end = now() + Self.grace }
      guard now() < end else {
        child.end()
        giveUp(RunEnded())
        return false
      }
      let left = deadline - now()
      guard left > 0 else {
        child.end()
        return fail("gave no answer within \(timeout.configValue.json) s; does it flush each line?", outbox)
      }
      let ready = child.wait(
        toWrite: takesInput && !outbox.isEmpty, milliseconds: Int32(min(left * 1000 + 1, Self.pollMilliseconds)))
      if ready.errors { _ = child.readErrors(log) }
      if ready.input {
        switch child.write(outbox.bytes, from: &outbox.written) {
        case .moved: deadline = now() + timeout
        case .waiting: break
        // What it answered before it closed its input may still be on the way.
        case .ended: takesInput = false
        }
      }
      guard ready.output else { continue }
      let scanned = received.count
      if child.read(into: &received) == .ended { return fail(child.causeOfDeath(log: log), outbox) }
      let before = next
      if let problem = takeAnswers(&received, scanned: scanned, sent: outbox.sent) {
        child.end()
        return fail(problem, outbox)
      }
      if next > before { deadline = now() + timeout }
      if received.count > 8 * outbox.longest + Self.mostGrowth {
        child.end()
        return fail("answered with a line without an end", outbox)
      }
    }
    swap(&received, &child.leftover)
    return true
  }

  /// Puts as many documents into the outbox as may be on their way.
  private mutating func fill(_ outbox: inout Outbox) {
    while outbox.sent < min(documents.count, next < retryOneByOneUntil ? next + 1 : next + batch),
      outbox.bytes.count - outbox.written < Self.mostPending
    {
      if !hasFailed(outbox.sent) {
        do {
          try outbox.add(documents[outbox.sent])
        } catch {
          results[outbox.sent] = .failure(error)
        }
      }
      outbox.sent += 1
      skipFailed(to: outbox.sent)
    }
  }

  /// Takes all whole lines of `received`, whose first `scanned` bytes hold none.
  ///
  /// - Returns: What is wrong, where the program is out of step.
  private mutating func takeAnswers(_ received: inout [UInt8], scanned: Int, sent: Int) -> String? {
    var start = 0
    var scanned = scanned
    while let end = received.span.offset(of: 0x0A, from: scanned) {
      guard next < sent else { return "answered more often than it was asked" }
      do throws(AnswerReader.Failure) {
        try take(received.span.extracting(start..<end))
      } catch {
        switch error {
        case .outOfStep(let problem): return problem
        case .document(let error): results[next] = .failure(error)
        }
      }
      next += 1
      didAnswer = true
      skipFailed(to: sent)
      start = end + 1
      scanned = start
    }
    received.removeSubrange(..<start)
    return nil
  }

  private mutating func take(_ line: Swift.Span<UInt8>) throws(AnswerReader.Failure) {
    guard !hasFailed(next) else { return }
    results[next] = .success(try reader.read(line, into: &documents[next]))
  }

  private mutating func skipFailed(to sent: Int) {
    while next < sent, hasFailed(next) { next += 1 }
  }

  private mutating func fail(_ problem: String, _ outbox: borrowing Outbox) -> Bool {
    if outbox.sent - next == 1 {
      results[next] = .failure(StageError("the program \(problem)"))
      next += 1
    } else {
      retryOneByOneUntil = max(retryOneByOneUntil, outbox.sent)
      log("the program \(problem); \(outbox.sent - next) documents are sent again, one at a time")
    }
    return false
  }
}
