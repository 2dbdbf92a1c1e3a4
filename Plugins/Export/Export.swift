public import Hearsay
import HearsayText
import Synchronization

/// Writes each document, in order, to files, a database or standard output.
///
/// The bytes are made on the workers; only the writing waits for its turn. Everything is written aside and takes its name
/// when the run is done, and a run that broke off can be taken up again with the same bytes in the end.
public final class Export: SinkStage, ResumableStage {
  public struct Options: StageOptions {
    public var format = Format.auto
    public var path = "-"
    public var rows = Rows.quotes
    public var provenance = false
    public var color = Color.auto
    public var byteOrderMark = true
    public var escapeFormulas = true
    public var shardBytes = 0
    public var shardDocuments = 0
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "format", \.format,
        "What to write: `jsonl`, a document a line; `csv`, a row a finding; `text`, to be read; `sqlite`, a database to "
          + "query. `auto` tells by the path's ending: `.csv`, `.txt`, `.sqlite` or `.db`; JSON Lines for any other."),
      Field(
        "path", \.path,
        "The file to write; `-` is standard output. It appears when the run is done. `{source}`, `{date}`, `{month}`, "
          + "`{year}` or the name of any metadata in braces makes a file for each value, `{shard}` numbers files that "
          + "are cut; with the ending `.gz` or `.zst` it is compressed."),
      Field("rows", \.rows, "What a row of a `csv` is."),
      Field("provenance", \.provenance, "Add where each finding stands in the raw input, in bytes (`jsonl`)."),
      Field("color", \.color, "Colour the `text` format: `auto` does on a terminal."),
      Field("byte_order_mark", \.byteOrderMark, "Begin a `csv` with the mark by which spreadsheets know UTF-8."),
      Field(
        "escape_formulas", \.escapeFormulas,
        "Put an apostrophe before what a spreadsheet would run as a formula (`csv`)."),
      Field(
        "shard_bytes", \.shardBytes, in: 0...(1 << 50),
        "Begin the next file of `{shard}` where this one would grow longer, before compression; 0 for never."),
      Field(
        "shard_documents", \.shardDocuments, in: 0...(1 << 50),
        "Begin the next file of `{shard}` after so many documents; 0 for never."),
    ]
  }

  /// The ways to write a document.
  public enum Format: String, OptionEnum { case auto, jsonl, csv, text, sqlite }
  /// What a row of CSV is.
  public enum Rows: String, OptionEnum { case quotes, sentences, stances }
  /// When to colour.
  public enum Color: String, OptionEnum { case auto, always, never }

  /// What a worker makes of a document.
  public struct Prepared: Sendable {
    enum Content: Sendable {
      case json(DocumentJSON, partition: String)
      case bytes([UInt8], partition: String)
      case rows(DocumentRows)
    }
    let content: Content
  }

  public static let name = "export"
  public static let summary =
    "Writes documents as JSON Lines, CSV rows, text to read or an SQLite database: one file, or parted and compressed."
  public static let layers = LayerUse(optionalReads: [Sentences.self, Quotes.self, Stances.self, Warnings.self])
  public static let examples = [
    Example("the document goes on unchanged", "It rained.", becomes: "It rained.", options: ["path": "/dev/null"])
  ]

  private let options: Options
  private let format: Format
  private let template: PathTemplate
  private let compression: OutputCompression
  private let isColored: Bool
  private let isOnTerminal: Bool
  private let output = Mutex<Output>(Output())

  private struct Output: ~Copyable {
    var files: FileOutput?
    var database: DatabaseOutput?
    var kept = KeptState(folder: nil)
  }

  public init(_ options: Options) throws {
    if options.path.isEmpty { throw StageError("path is empty; give a file, or '-' for standard output") }
    var options = options
    // `/dev/stdout` and its like are standard output, not a file of that name.
    if OutputPlace(options.path) == .standardOutput { options.path = "-" }
    self.options = options
    template = try PathTemplate(options.path)
    compression = OutputCompression(path: options.path)
    format = options.format == .auto ? Format(path: compression.stripped(options.path)) : options.format
    isColored = options.color == .always || options.color == .auto && options.path == "-" && Terminal.wantsColor
    isOnTerminal = Terminal.isAt(options.path)
    let isCut = options.shardBytes > 0 || options.shardDocuments > 0
    if template.hasShards, !isCut {
      throw StageError("path has '{shard}', but neither 'shard_bytes' nor 'shard_documents' says where to cut")
    }
    if isCut, !template.hasShards { throw StageError("a file that is cut needs '{shard}' in its path") }
    if format == .sqlite {
      if template.hasShards || template.dependsOnDocument {
        throw StageError("a database is one file: no '{…}' in its path")
      }
      if compression != .none || options.path == "-" { throw StageError("a database needs a file of its own") }
    }
  }

  public var outputs: [String] { [options.path] }

  // MARK: The run

  public func open() throws { try open(StageContext(label: Self.name)) }

  public func open(_ context: StageContext) throws {
    try output.withLock { output in
      output.kept = KeptState(folder: context.folder)
      if format == .sqlite {
        output.database = try DatabaseOutput(new: options.path, in: context)
      } else {
        var files = newFiles(context)
        if !template.dependsOnDocument { try files.begin(options.path) }
        output.files = consume files
      }
    }
  }

  public func prepare(_ document: Document) throws -> Prepared {
    Prepared(content: try content(of: document, partition: template.partition(of: document)))
  }

  public func commit(_ prepared: Prepared, _ document: inout Document) throws -> Disposition {
    try output.withLock { output in
      switch prepared.content {
      case .json(let json, let partition): try output.files?.write(json.line, to: partition)
      case .bytes(let bytes, let partition): try output.files?.write(bytes.span, to: partition)
      case .rows(let rows): try output.database?.insert(rows)
      }
    }
    return .keep
  }

  public func checkpoint() throws -> [UInt8] {
    try output.withLock { output in
      let state = try output.files?.checkpoint() ?? output.database?.checkpoint() ?? []
      return try output.kept.keep(state)
    }
  }

  public func resume(_ context: StageContext, from checkpoint: [UInt8]) throws {
    try output.withLock { output in
      output.kept = KeptState(folder: context.folder)
      let state = try output.kept.state(from: checkpoint)
      if format == .sqlite {
        output.database = try DatabaseOutput(resuming: options.path, from: state, in: context)
      } else {
        var files = newFiles(context)
        try files.resume(from: state)
        output.files = consume files
      }
    }
  }

  public func close(_ outcome: RunOutcome) throws {
    try output.withLock { output in
      if var files = output.files.take() { try files.close(outcome) }
      if var database = output.database.take() { try database.close(outcome) }
    }
  }

  // MARK: Bytes

  private func newFiles(_ context: StageContext) -> FileOutput {
    FileOutput(
      compression: compression, header: format == .csv ? csv.header : [],
      limits: FileOutput.ShardLimits(documents: options.shardDocuments, bytes: options.shardBytes),
      isNamedByDocuments: template.dependsOnDocument, context: context)
  }

  private var csv: CSVRows {
    CSVRows(rows: options.rows, escapesFormulas: options.escapeFormulas, hasByteOrderMark: options.byteOrderMark)
  }

  private func content(of document: Document, partition: String) throws -> Prepared.Content {
    switch format {
    case .csv:
      return .bytes(shown(csv.rows(of: document), .csv), partition: partition)
    case .text:
      // Of the document's own control characters it has none.
      return .bytes(shown(ReadableText.render(document, isColored: isColored), .colored), partition: partition)
    case .sqlite:
      return .rows(DocumentRows(of: document))
    case .auto, .jsonl:
      let json = try DocumentJSON(document, provenance: options.provenance)
      guard isOnTerminal else { return .json(json, partition: partition) }
      return .bytes(shown(json.line.bytes, .json), partition: partition)
    }
  }

  /// The bytes as they may be shown: a file or a pipe gets them as they are.
  private func shown(_ bytes: [UInt8], _ filter: TerminalFilter) -> [UInt8] {
    isOnTerminal ? filter.filtered(bytes.span) ?? bytes : bytes
  }
}

extension Export.Format {
  /// The format that a file's name says.
  fileprivate init(path: Substring) {
    let name = path.lowercased()
    self =
      if name.hasSuffix(".csv") {
        .csv
      } else if name.hasSuffix(".txt") {
        .text
      } else if name.hasSuffix(".sqlite") || name.hasSuffix(".sqlite3") || name.hasSuffix(".db") {
        .sqlite
      } else {
        .jsonl
      }
  }
}
