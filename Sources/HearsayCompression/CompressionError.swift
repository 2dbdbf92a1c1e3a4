/// Why bytes cannot be compressed or decompressed.
public struct CompressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as a clause.
  public var problem: String

  init(_ problem: String) { self.problem = problem }

  public var description: String { problem }

  /// The input ends within a member or a frame.
  public static func truncated(_ kind: String) -> Self { Self("the \(kind) data ends too early: it was cut off") }
  static func corrupt(_ kind: String, _ reason: String) -> Self { Self("the \(kind) data is damaged (\(reason))") }
  static var noMemory: Self { Self("there is no memory for a compressor") }
}
