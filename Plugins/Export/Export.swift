public import Hearsay
import Synchronization

/// Writes each document, in order, to a file or to standard output.
///
/// The bytes are made on the workers; only the writing waits for its turn.
public final class Export: OrderedStage {
  public struct Options: StageOptions {
    public var format = Format.jsonl
    public var path = "-"
    public var provenance = false
    public var color = Color.auto
    public var byteOrderMark = true
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("format", \.format, "What to write: `jsonl`, a document a line; `csv`, a row a quote; `text`, to be read."),
      Field("path", \.path, "The file to write; `-` is standard output. It appears when the run is done."),
      Field("provenance", \.provenance, "Add where each finding stands in the raw input, in bytes (`jsonl`)."),
      Field("color", \.color, "Colour the `text` format: `auto` does on a terminal."),
      Field("byte_order_mark", \.byteOrderMark, "Begin a `csv` with the mark by which spreadsheets know UTF-8."),
    ]
  }

  /// The ways to write a document.
  public enum Format: String, OptionEnum { case jsonl, csv, text }
  /// When to colour.
  public enum Color: String, OptionEnum { case auto, always, never }

  public static let name = "export"
  public static let summary = "Writes each document as JSON Lines, as CSV rows of quotes, or as text to read."
  public static let reads: [any Layer.Type] = []
  public static let readsIfPresent: [any Layer.Type] = [Sentences.self, Quotes.self, Stances.self, Warnings.self]
  public static let writes: [any Layer.Type] = []
  public static let examples = [
    Example("the document goes on unchanged", "It rained.", becomes: "It rained.", options: ["path": "/dev/null"])
  ]

  private let options: Options
  private let isColored: Bool
  private let sink = Mutex<OpenSink>(OpenSink())

  private struct OpenSink: ~Copyable {
    var sink: ByteSink?
  }

  public init(_ options: Options) throws {
    if options.path.isEmpty { throw StageError("path is empty; give a file, or '-' for standard output") }
    self.options = options
    isColored = options.color == .always || options.color == .auto && options.path == "-" && isTerminal()
  }

  /// Where the export goes; `-` for standard output.
  public var path: String { options.path }

  public func open() throws {
    try sink.withLock { state in
      var sink = try ByteSink(path: options.path)
      if options.format == .csv {
        if options.byteOrderMark { try sink.write([0xEF, 0xBB, 0xBF]) }
        try sink.write(CSVRows.header)
      }
      state.sink = consume sink
    }
  }

  public func prepare(_ document: Document) throws -> [UInt8] {
    switch options.format {
    case .jsonl:
      var json = JSONWriter(capacity: document.utf8.count * 3 + 1024)
      try DocumentEncoder(provenance: options.provenance).write(document, to: &json)
      json.newline()
      return json.bytes
    case .csv: return CSVRows.rows(of: document)
    case .text: return Array(ReadableText(isColored: isColored).render(document).utf8)
    }
  }

  public func commit(_ prepared: [UInt8], _ document: inout Document) throws -> Disposition {
    try sink.withLock { state in
      try state.sink?.write(prepared)
    }
    return .keep
  }

  public func close(_ outcome: RunOutcome) throws {
    try sink.withLock { state in
      if let sink = state.sink.take() { try sink.close(outcome) }
    }
  }
}
