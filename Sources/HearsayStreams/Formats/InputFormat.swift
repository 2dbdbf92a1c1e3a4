internal import Hearsay

/// A format that documents are read from: how it is named, detected, split into records and decoded.
///
/// Each format is a static member, next to the `RecordFormat` that implements it, and one line of `InputFormats.all`.
/// Everything else is derived from there: the option `format` of a pipeline and of the command line, the JSON Schema,
/// detection and the fuzz targets.
public struct InputFormat: Sendable {
  /// What the option `format` calls it.
  public let name: String
  /// What is a document in this format, one sentence.
  public let summary: String
  /// The extensions of file names, in lower case and without the dot.
  public let fileExtensions: [String]
  /// Whether a file may hold several documents.
  public var hasManyRecords: Bool { layout.hasManyRecords }

  let layout: RecordLayout
  /// Whether the length of a file is about that of its documents.
  let isMostlyDocuments: Bool
  /// Whether a file that begins with these bytes looks like this format. Only one format may recognize a file.
  let recognizes: @Sendable (_ head: Swift.Span<UInt8>) -> Bool
  /// The format of a file that begins with these bytes.
  let recordFormat:
    @Sendable (_ head: Swift.Span<UInt8>, _ settings: InputSettings, _ layers: [any Layer.Type]) -> any RecordFormat

  /// - Parameters:
  ///   - recognizes: Whether a file looks like this format; never, where only its name or the user says so.
  ///   - recordFormat: Makes the format of one file.
  init<Format: RecordFormat>(
    _ name: String, extensions: [String], isMostlyDocuments: Bool = true, _ summary: String,
    recognizes: @escaping @Sendable (Swift.Span<UInt8>) -> Bool = { _ in false },
    recordFormat: @escaping @Sendable (Swift.Span<UInt8>, InputSettings, [any Layer.Type]) -> Format
  ) {
    self.name = name
    self.summary = summary
    fileExtensions = extensions
    layout = Format.layout
    self.isMostlyDocuments = isMostlyDocuments
    self.recognizes = recognizes
    self.recordFormat = recordFormat
  }
}

extension InputFormat: Hashable {
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The input formats.
public enum InputFormats {
  /// All formats, in the order in which they are listed.
  public static let all: [InputFormat] = [.text, .html, .jsonl, .csv, .warc]
  /// The name that stands for the format that is detected.
  public static let automatic = "auto"
  /// The format of a file that no format recognizes.
  static let fallback = InputFormat.text

  /// All values of the option `format`.
  public static let names = [automatic] + all.map(\.name)

  /// The format of that name; `nil` for `auto`.
  public static func format(named name: String) throws(UnknownInputFormat) -> InputFormat? {
    guard name != automatic else { return nil }
    guard let format = all.first(where: { $0.name == name }) else { throw UnknownInputFormat(name: name) }
    return format
  }

  /// The format that a file's extension names, without regard to case; that of `news.csv.gz` is `csv`.
  static func format(extensionOf path: String) -> InputFormat? {
    guard let (base, name) = path.splitAtExtension else { return nil }
    if DecompressedSource.fileExtensions.contains(name) { return format(extensionOf: String(base)) }
    return all.first { $0.fileExtensions.contains(name) }
  }

  /// The format that the first bytes of a file look like.
  static func format(lookingLike head: Swift.Span<UInt8>) -> InputFormat {
    for format in all where format.recognizes(head) { return format }
    return fallback
  }
}

/// An input format that does not exist.
public struct UnknownInputFormat: Error, Hashable, Sendable, CustomStringConvertible {
  public let name: String

  /// `there is no input format 'jsonn'; did you mean 'jsonl'?`
  public var description: String {
    let hint = InputFormats.names.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
    return "there is no input format '\(name)'\(hint)"
  }
}

extension String {
  /// What precedes the last dot, and what follows it, in lower case; `nil` where there is no dot.
  var splitAtExtension: (base: Substring, name: String)? {
    guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    return (self[..<dot], self[index(after: dot)...].lowercased())
  }
}
