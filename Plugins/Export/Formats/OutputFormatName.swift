public import Hearsay

/// The option `format` of `export`: the name of an output format, or `auto`.
public struct OutputFormatName: OptionEnum, Hashable {
  public let rawValue: String

  /// The formats that there are, in the order of the reference.
  static let formats: [any OutputFormat.Type] = [JSONLines.self, CSVRows.self, ReadableText.self, SQLiteRows.self]

  /// The format is chosen by the ending of the path.
  public static let auto = Self("auto")
  public static let allCases = [auto] + formats.map { Self($0.name) }

  public init?(rawValue: String) {
    guard let name = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = name
  }

  init(_ rawValue: String) { self.rawValue = rawValue }

  /// The format whose ending a path has, before that of a compression; `nil` for an ending of no format.
  public init?(endingOf path: String) {
    guard let format = Self.format(endingOf: path) else { return nil }
    self.init(format.name)
  }

  /// The format of a path: the named one, or for `auto` that of the path's ending, JSON Lines for any other ending.
  func format(of path: String) -> any OutputFormat.Type {
    Self.formats.first { $0.name == rawValue } ?? Self.format(endingOf: path) ?? JSONLines.self
  }

  private static func format(endingOf path: String) -> (any OutputFormat.Type)? {
    let name = OutputCompression(path: path).stripped(path).lowercased()
    return formats.first { $0.endings.contains(where: name.hasSuffix) }
  }

  /// The option in the reference.
  static var summary: String {
    let formats = formats.map { "`\($0.name)`, \($0.summary)" }.joined(separator: "; ")
    let others = Self.formats.flatMap { $0.endings }.filter { !JSONLines.endings.contains($0) }
    let endings = others.map { "`\($0)`" }
    return "What to write: \(formats). `auto` decides by the path's ending: "
      + "\(endings.dropLast().joined(separator: ", ")) or \(endings.last ?? ""); JSON Lines for any other."
  }
}
