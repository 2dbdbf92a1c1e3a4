import Foundation
public import Hearsay
import Synchronization

/// Hands documents to a program in any language and takes them back, as JSON Lines.
///
/// There is at most one child process for each worker; it is kept for the whole run. What it writes to standard error goes
/// to the run's log.
public final class Exec: BatchStage {
  public struct Options: StageOptions {
    public var command = Command.program([])
    public var timeout = 60.0
    public var batch = 64
    public var env: [String: String] = [:]
    public var reads: [String] = []
    public var writes: [String] = []
    public var restarts = 20
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("command", \.command, "The program to run. It must be given."),
      Field("timeout", \.timeout, in: 0.01...86_400, "How long the program may take for a document, in seconds."),
      Field("batch", \.batch, in: 1...10_000, "How many documents may be on their way through a program at once."),
      Field("env", \.env, "Variables to set for the program, beside those that Hearsay itself has."),
      Field("reads", \.reads, "Layers that must have been written before it."),
      Field("writes", \.writes, "Layers that the program writes; it may also change the text and the metadata."),
      Field("restarts", \.restarts, in: 0...1_000_000, "How often in a row it is started anew without an answer."),
    ]
  }

  public static let name = "exec"
  public static let summary = "Runs a program of your own in any language over the documents, as JSON Lines."
  public static let examples = [
    Example(
      "a program that hands each document back unchanged", "It rained.", becomes: "It rained.",
      options: ["command": "cat"]),
    Example(
      "an editor of streams", "It rained in the hills.", becomes: "It snowed in the hills.",
      options: ["command": ["sed", "-u", "s/rain/snow/"]]),
  ]

  private let options: Options
  private let pool: Mutex<ProcessPool>
  private let context = Mutex<StageContext?>(nil)

  public init(_ options: Options) throws {
    if options.command.isEmpty { throw StageError("'command' is not given; name the program to run") }
    self.options = options
    pool = Mutex(ProcessPool(command: options.command.arguments, environment: options.env, restarts: options.restarts))
  }

  public var layers: LayerUse { LayerUse(readsNamed: options.reads, writesNamed: options.writes) }
  public var batch: BatchPreference { BatchPreference(documents: options.batch) }

  public func open(_ context: StageContext) throws {
    // A program that ends while it is written to causes an error of that write, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    self.context.withLock { $0 = context }
    // The first one is started here, so that a missing program ends the run before it begins.
    try pool.withLock { $0.release(try $0.acquire()) }
  }

  public func process(all documents: inout [Document]) -> [Result<Disposition, any Error>] {
    let context = context.withLock { $0 } ?? StageContext(label: Self.name)
    // Moved, so that the documents are changed in place.
    var sent: [Document] = []
    swap(&sent, &documents)
    var exchange = RequestPipeline(
      sent, AnswerReader(writes: options.writes, layers: context.layers), options: options, context)
    while !exchange.isDone {
      do throws(StageError) {
        let child = try pool.withLock { pool throws(StageError) in try pool.acquire() }
        let isSound = exchange.run(with: child)
        let didAnswer = exchange.didAnswer
        pool.withLock { if isSound { $0.release(child) } else { $0.recordFailure(didAnswer: didAnswer) } }
      } catch {
        exchange.giveUp(error)
      }
    }
    documents = exchange.documents
    return exchange.results
  }

  public func close(_ outcome: RunOutcome) throws {
    let context = context.withLock { $0 } ?? StageContext(label: Self.name)
    let children = pool.withLock { $0.removeAll() }
    // All at once: together they take no longer than the slowest.
    for child in children { child.closeInput() }
    let start = now()
    for child in children {
      child.finish(
        unless: { now() > start + (outcome == .finished && !context.isCancelled() ? 10 : 0.3) }, log: context.log)
    }
  }
}
