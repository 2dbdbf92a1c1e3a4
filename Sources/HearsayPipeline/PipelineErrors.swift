public import Hearsay

/// All that is wrong with a pipeline file, in order of place.
public struct PipelineErrors: Error, Hashable, Sendable, CustomStringConvertible {
  public let diagnostics: [Diagnostic]
  private static let mostShown = 50

  public init(_ diagnostics: [Diagnostic]) {
    // Overrides come after the file's own mistakes; a stable order keeps the checks' own order at one place.
    self.diagnostics = diagnostics.enumerated().sorted { a, b in
      let (x, y) = (a.element.place, b.element.place)
      if x.file != y.file, x.file == Override.file || y.file == Override.file { return y.file == Override.file }
      return (x.line, x.column, a.offset) < (y.line, y.column, b.offset)
    }.map(\.element)
  }

  /// The messages, each with its line and caret, at most fifty.
  public var description: String {
    var shown = diagnostics.prefix(Self.mostShown).map(\.description)
    if diagnostics.count > Self.mostShown { shown.append("and \(diagnostics.count - Self.mostShown) more mistakes") }
    return shown.joined(separator: "\n")
  }
}
