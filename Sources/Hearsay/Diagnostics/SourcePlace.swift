/// A place in a file that a person wrote: where a mistake is shown.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1, in code points.
  public var column: Int
  /// How many code points of the line the place covers; 1 or more.
  public var width: Int
  /// The line's text.
  public var text: String

  public init(file: String, line: Int = 1, column: Int = 1, width: Int = 1, text: String = "") {
    self.file = file
    self.line = max(line, 1)
    self.column = max(column, 1)
    self.width = max(width, 1)
    self.text = text
  }

  /// `file:line:column`
  public var description: String { "\(file):\(line):\(column)" }
}
