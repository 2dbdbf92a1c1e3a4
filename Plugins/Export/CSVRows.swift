import Hearsay

/// A document's quotes as rows of CSV (RFC 4180).
enum CSVRows {
  private static let columns = [
    "id", "date", "title", "source", "url", "quote", "kind", "speaker", "mention", "cue", "text", "confidence", "start",
    "end", "stances",
  ]

  static let header = Array((columns.joined(separator: ",") + "\r\n").utf8)

  /// A row a quote; nothing for a document without quotes. `start` and `end` are code points of the text.
  static func rows(of document: Document) -> [UInt8] {
    let quotes = document[Quotes.self]
    guard !quotes.isEmpty else { return [] }
    let offsets = ScalarOffsets(document.bytes)
    let stances = Dictionary(grouping: document[Stances.self]) { $0.quote }
    let about = ["date", "title", "source", "url"].map { document.metadata[$0].map(plain) ?? "" }
    var rows: [UInt8] = []
    for quote in quotes {
      let hull = quote.spans.hull ?? Span(0, 0)
      let mention = quote.speaker.map { document.text(in: $0.spans) }
      let judgements = stances[quote.id, default: []].map {
        "\($0.target): \($0.label.rawValue) \(shown($0.score))"
      }
      let start = offsets.scalarOffset(ofByte: hull.start, in: document.bytes)
      let end = offsets.scalarOffset(ofByte: hull.end, in: document.bytes)
      let cells =
        [document.id] + about + [
          String(quote.id), quote.kind.rawValue, quote.speaker?.name ?? mention ?? "", mention ?? "",
          quote.cue.map { document.text(in: $0) } ?? "", document.text(in: quote.spans), shown(quote.confidence),
          String(start), String(end), judgements.joined(separator: "; "),
        ]
      for (index, cell) in cells.enumerated() {
        if index > 0 { rows.append(UInt8(ascii: ",")) }
        append(cell, to: &rows)
      }
      rows.append(contentsOf: "\r\n".utf8)
    }
    return rows
  }

  private static func plain(_ value: JSONValue) -> String { value.stringValue ?? value.json }

  private static func shown(_ number: Double) -> String { JSONValue.number("\((number * 1000).rounded() / 1000)").json }

  /// Appends a cell, in marks where it needs them.
  static func append(_ cell: String, to rows: inout [UInt8]) {
    var cell = cell
    // A cell that a spreadsheet would run as a formula is made text, as its own apostrophe does.
    if let first = cell.utf8.first, "=+@\t".utf8.contains(first) || first == UInt8(ascii: "-") && Double(cell) == nil {
      cell = "'" + cell
    }
    guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
      rows.append(contentsOf: cell.utf8)
      return
    }
    rows.append(UInt8(ascii: "\""))
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { rows.append(byte) }
      rows.append(byte)
    }
    rows.append(UInt8(ascii: "\""))
  }
}
