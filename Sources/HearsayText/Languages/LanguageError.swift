/// A mistake in a file of a language: `sv/words.txt:12: no class is named 'verb'`.
public struct LanguageError: Error, Hashable, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1; 0 where the file itself is at fault.
  public var line: Int
  public var message: String

  public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
