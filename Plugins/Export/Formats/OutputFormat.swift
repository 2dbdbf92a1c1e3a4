import Hearsay
import HearsayText

/// A format that `export` writes. To add one, write a type in a file of its own, and add it to `OutputFormatName.formats`.
protocol OutputFormat: Sendable {
  /// The format's name in a pipeline file.
  static var name: String { get }
  /// The endings of file names that select the format, in lower case with the dot.
  static var endings: [String] { get }
  /// What is written, as a phrase after the name in the reference: `a document a line`.
  static var summary: String { get }
  /// Replaces what could control a terminal that the output is shown on.
  static var terminalFilter: TerminalFilter { get }
  /// Whether documents become rows of a database, which has one file of its own, rather than bytes.
  static var isDatabase: Bool { get }

  init(_ options: FormatOptions)
  /// What each file begins with.
  var header: [UInt8] { get }
  /// Encodes a document. Called on the workers.
  func encode(_ document: Document) throws -> EncodedDocument
}

extension OutputFormat {
  static var terminalFilter: TerminalFilter { .text }
  static var isDatabase: Bool { false }
  var header: [UInt8] { [] }
}

/// A document in an output format.
enum EncodedDocument: Sendable {
  case json(DocumentJSON)
  case bytes([UInt8])
  case rows(DocumentRows)
}

/// The options of `export` that concern the formats; a format takes those that it has a use for.
struct FormatOptions: Sendable {
  /// What a row of CSV is.
  var rowKind = RowKind.quotes
  /// Whether JSON says where each finding stands in the raw input.
  var provenance = false
  /// Whether text has terminal colours.
  var isColored = false
  /// Whether a CSV file begins with a byte order mark.
  var hasByteOrderMark = true
  /// Whether CSV cells that a spreadsheet would run as a formula are made text.
  var escapesFormulas = true
}
