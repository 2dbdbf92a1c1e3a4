public import Hearsay
import Synchronization

/// Leaves out documents whose text was seen before, exactly or nearly.
///
/// Two texts are compared by their words: case, punctuation and spacing do not matter. Near ones share most
/// of their runs of five words, which is estimated from MinHash signatures, and looked up by parts of them. Signatures
/// are computed on the workers; what is a duplicate of what is decided in document order, so it is the same for any
/// number of workers.
public final class Deduplicate: ResumableStage {
  public struct Options: StageOptions {
    public var similarity = 0.8
    public var window = 100_000
    public var action = Action.drop
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "similarity", \.similarity, in: 0.5...1,
        "How much two texts must share of their runs of five words; 1 takes the same words in the same order."),
      Field(
        "window", \.window, in: 1...10_000_000,
        "How many documents to look back and remember, at under 1 KB each."),
      Field("action", \.action, "Leave duplicates out, or name the first one in `meta.duplicate_of`."),
    ]
  }

  /// What becomes of a duplicate.
  public enum Action: String, OptionEnum { case drop, mark }

  public static let name = "deduplicate"
  public static let summary = "Leaves out documents whose text was there before, word for word or nearly."
  public static let examples = [
    Example(
      "the first document of its kind stays", "It rained. She left.",
      expect: ["text": "It rained. She left.", "meta": ["duplicate_of": nil]], options: ["action": "mark"])
  ]

  private let options: Options
  private let state: Mutex<State>

  private struct State: Sendable {
    var memory: Memory
    /// Where the run keeps a journal.
    var log: MemoryLog?
  }

  public init(_ options: Options) {
    self.options = options
    state = Mutex(State(memory: Memory(window: options.window, similarity: options.similarity)))
  }

  public func open() { open(StageContext(label: Self.name)) }

  public func open(_ context: StageContext) {
    state.withLock { state in
      state.memory = Memory(window: options.window, similarity: options.similarity)
      state.log = context.folder.map { MemoryLog(folder: $0, window: options.window) }
    }
  }

  public func prepare(_ document: Document) -> Signature { Signature(of: document.bytes) }

  public func commit(_ signature: Signature, _ document: inout Document) -> Disposition {
    let match = state.withLock { $0.memory.remember(signature, id: document.id) }
    guard let match else { return .keep }
    switch options.action {
    case .drop: return .drop(reason: match.isExact ? "duplicate" : "near duplicate", detail: "of \(match.id)")
    case .mark:
      document.metadata["duplicate_of"] = .string(match.id)
      return .keep
    }
  }

  /// All that is remembered; where the run keeps a journal, in a file of its folder.
  public func checkpoint() throws -> [UInt8] {
    try state.withLock { state in try state.log?.checkpoint(state.memory) ?? state.memory.encoded(from: 0) }
  }

  public func resume(_ context: StageContext, from checkpoint: [UInt8]) throws {
    open(context)
    try state.withLock { state in
      if state.log != nil {
        try state.log?.restore(&state.memory, from: checkpoint[...])
      } else if !state.memory.restore(checkpoint) {
        throw StageError("the checkpoint makes no sense; start the run anew")
      }
    }
  }

  public func close(_ outcome: RunOutcome) {
    state.withLock { $0 = State(memory: Memory(window: 1, similarity: 1)) }
  }
}
