import Hearsay
import HearsayText

/// A document's quotes, sentences or stances as rows of CSV (RFC 4180). Offsets are code points of the text.
struct CSVRows: OutputFormat {
  static let name = "csv"
  static let endings = [".csv"]
  static let summary = "a row a finding"
  static let terminalFilter = TerminalFilter.csv

  private let rowKind: RowKind
  private let escapesFormulas: Bool
  private let hasByteOrderMark: Bool

  init(_ options: FormatOptions) {
    rowKind = options.rowKind
    escapesFormulas = options.escapesFormulas
    hasByteOrderMark = options.hasByteOrderMark
  }

  /// The metadata that each row begins with, after the document's id.
  private static let about = ["date", "title", "source", "url"]

  private var columns: [String] {
    let own =
      switch rowKind {
      case .quotes:
        ["quote", "kind", "speaker", "mention", "cue", "text", "confidence", "start", "end", "stances"]
      case .sentences: ["sentence", "text", "start", "end"]
      case .stances:
        ["target", "mention", "holder", "label", "score", "quote", "sentence", "evidence", "text", "start", "end"]
      }
    return ["id"] + Self.about + own
  }

  /// The names of the columns.
  var header: [UInt8] {
    (hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + Array((columns.joined(separator: ",") + "\r\n").utf8)
  }

  /// A row for each quote, sentence or stance; nothing for a document without any.
  func encode(_ document: Document) -> EncodedDocument {
    var table = Table(document, escapesFormulas: escapesFormulas)
    switch rowKind {
    case .quotes: addQuotes(of: document, to: &table)
    case .sentences:
      for (index, sentence) in document[Sentences.self].enumerated() {
        table.add([String(index), document.text(in: sentence)] + table.ends(of: sentence))
      }
    case .stances: addStances(of: document, to: &table)
    }
    return .bytes(table.bytes)
  }

  private func addQuotes(of document: Document, to table: inout Table) {
    let stances = Dictionary(grouping: document[Stances.self]) { $0.quote }
    for quote in document[Quotes.self] {
      let mention = quote.speaker.map { document.text(in: $0.spans) }
      let judgements = stances[quote.id, default: []].map {
        "\($0.target): \($0.label.rawValue) \(shown($0.score))"
      }
      table.add(
        [
          String(quote.id), quote.kind.rawValue, quote.speaker?.name ?? mention ?? "", mention ?? "",
          quote.cue.map { document.text(in: $0) } ?? "", document.text(in: quote.spans), shown(quote.confidence),
        ] + table.ends(of: quote.spans.boundingSpan) + [judgements.joined(separator: "; ")])
    }
  }

  private func addStances(of document: Document, to table: inout Table) {
    let sentences = document[Sentences.self]
    for stance in document[Stances.self] {
      let sentence = stance.sentence.flatMap { sentences.indices.contains($0) ? document.text(in: sentences[$0]) : nil }
      table.add(
        [
          stance.target, document.text(in: stance.spans), stance.holder ?? "", stance.label.rawValue,
          shown(stance.score), stance.quote.map(String.init) ?? "", stance.sentence.map(String.init) ?? "",
          stance.evidence.map { document.text(in: $0) }.joined(separator: "; "), sentence ?? "",
        ] + table.ends(of: stance.spans.boundingSpan))
    }
  }

  private func shown(_ number: Double) -> String {
    var json = JSONWriter()
    json.decimal(number)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// The rows of one document.
  private struct Table {
    private(set) var bytes: [UInt8] = []
    private let document: Document
    private let offsets: CodePointOffsets
    private let escapesFormulas: Bool
    /// The first cells of each row, as they are written.
    private var prefix: [UInt8] = []

    init(_ document: Document, escapesFormulas: Bool) {
      self.document = document
      self.escapesFormulas = escapesFormulas
      offsets = CodePointOffsets(document.bytes)
      let about = CSVRows.about.map { document.metadata[$0].map { $0.stringValue ?? $0.json } ?? "" }
      for cell in [document.id] + about {
        prefix.append(csv: cell, escapesFormulas: escapesFormulas)
        prefix.append(UInt8(ascii: ","))
      }
    }

    func ends(of span: Span?) -> [String] {
      let span = span ?? Span(0, 0)
      return [span.start, span.end].map { String(offsets.codePointOffset(ofByte: $0, in: document.bytes)) }
    }

    mutating func add(_ cells: [String]) {
      bytes += prefix
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(csv: cell, escapesFormulas: escapesFormulas)
      }
      bytes += [0x0D, 0x0A]
    }
  }
}

extension OutputFormatName {
  public static let csv = Self(CSVRows.name)
}
