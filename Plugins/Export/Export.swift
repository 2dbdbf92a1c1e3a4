public import Hearsay
import HearsayText
import Synchronization

/// Writes each document, in order, to files, a database or standard output.
///
/// Documents are encoded on the workers; only the writing is ordered. Files are written aside and take their names when
/// the run is finished. A run that broke off can be resumed, and ends with the same bytes.
public final class Export: SinkStage, ResumableStage {
  public struct Options: StageOptions {
    public var format = OutputFormatName.auto
    public var path = "-"
    public var rows = RowKind.quotes
    public var provenance = false
    public var color = Color.auto
    public var byteOrderMark = true
    public var escapeFormulas = true
    public var shardBytes = 0
    public var shardDocuments = 0
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("format", \.format, OutputFormatName.summary),
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
        "Begin the next file of `{shard}` after this many documents; 0 for never."),
    ]
  }

  /// When text has colours.
  public enum Color: String, OptionEnum { case auto, always, never }

  /// An encoded document, and the path of its file with `{shard}` unresolved.
  public struct Prepared: Sendable {
    let content: EncodedDocument
    let partition: String
  }

  public static let name = "export"
  public static let summary =
    "Writes documents as JSON Lines, CSV rows, text to read or an SQLite database: one file, or parted and compressed."
  public static let layers = LayerUse(optionalReads: [Sentences.self, Quotes.self, Stances.self, Warnings.self])
  public static let examples = [
    Example("the document is not changed", "It rained.", becomes: "It rained.", options: ["path": "/dev/null"])
  ]

  private let options: Options
  private let format: any OutputFormat
  private let template: PathTemplate
  private let compression: OutputCompression
  private let isOnTerminal: Bool
  private let output = Mutex<Output>(Output())

  private struct Output: ~Copyable {
    var files: FileOutput?
    var database: DatabaseOutput?
    var kept = KeptState(folder: nil)
  }

  public init(_ options: Options) throws {
    var options = options
    options.path = try OutputPlace.normalized(options.path)
    self.options = options
    template = try PathTemplate(options.path)
    compression = OutputCompression(path: options.path)
    let isColored = options.color == .always || options.color == .auto && options.path == "-" && Terminal.wantsColor
    format = options.format.format(of: options.path).init(
      FormatOptions(
        rowKind: options.rows, provenance: options.provenance, isColored: isColored,
        hasByteOrderMark: options.byteOrderMark, escapesFormulas: options.escapeFormulas))
    isOnTerminal = Terminal.isAt(options.path)
    let isCut = options.shardBytes > 0 || options.shardDocuments > 0
    if template.hasShards, !isCut {
      throw StageError("path has '{shard}', but neither 'shard_bytes' nor 'shard_documents' says where to cut")
    }
    if isCut, !template.hasShards { throw StageError("a file that is cut needs '{shard}' in its path") }
    if isDatabase {
      if template.hasShards || template.dependsOnDocument {
        throw StageError("a database is one file: no '{…}' in its path")
      }
      if compression != .none || options.path == "-" { throw StageError("a database needs a file of its own") }
    }
  }

  /// An export to a path in the format of its ending, `-` being standard output: what `-o` writes.
  public static func writer(to path: String, provenance: Bool = false) throws -> Export {
    var options = Options()
    options.path = path
    options.provenance = provenance
    return try Export(options)
  }

  private var isDatabase: Bool { type(of: format).isDatabase }

  public var outputs: [String] { [options.path] }

  // MARK: The run

  public func open() throws { try open(StageContext(label: Self.name)) }

  public func open(_ context: StageContext) throws {
    try output.withLock { output in
      output.kept = KeptState(folder: context.folder)
      if isDatabase {
        output.database = try DatabaseOutput(new: options.path, in: context)
      } else {
        var files = newFiles(context)
        if !template.dependsOnDocument { try files.begin(options.path) }
        output.files = consume files
      }
    }
  }

  public func prepare(_ document: Document) throws -> Prepared {
    Prepared(content: shown(try format.encode(document)), partition: template.partition(of: document))
  }

  public func commit(_ prepared: Prepared, _ document: inout Document) throws -> Disposition {
    try output.withLock { output in
      switch prepared.content {
      case .json(let json): try output.files?.write(json.line, to: prepared.partition)
      case .bytes(let bytes): try output.files?.write(bytes.span, to: prepared.partition)
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
      if isDatabase {
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
      compression: compression, header: format.header,
      limits: FileOutput.ShardLimits(documents: options.shardDocuments, bytes: options.shardBytes),
      isNamedByDocuments: template.dependsOnDocument, context: context)
  }

  /// The document as it may be shown on a terminal; files and pipes get it unchanged.
  private func shown(_ content: EncodedDocument) -> EncodedDocument {
    guard isOnTerminal else { return content }
    let filter = type(of: format).terminalFilter
    switch content {
    case .json(let json): return .bytes(filter.filtered(json.line.bytes.span) ?? json.line.bytes)
    case .bytes(let bytes): return .bytes(filter.filtered(bytes.span) ?? bytes)
    case .rows: return content
    }
  }
}
